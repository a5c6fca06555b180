package cairn.cli.cid;

import cairn.cli.console.UsageException;
import cairn.multiformats.Cid;
import cairn.multiformats.Multibase;
import cairn.multiformats.Multicodec;
import cairn.multiformats.Multihash;
import cairn.node.text.RawText;
import java.nio.charset.StandardCharsets;

/// A text in which verbs such as `%s` stand for parts of a CID, as in C's `printf`. The verbs are
/// Kubo's.
///
/// @param text whose verbs are known
record CidFormat(String text) {
    private static final String VERBS = "%bBvVcChHLmMdDsSP";

    /// The CID alone.
    static final CidFormat CID = new CidFormat("%s");

    /// @throws UsageException in Kubo's words
    static CidFormat parse(String text) throws UsageException {
        if (text.indexOf('%') < 0)
            throw new UsageException(
                    "invalid format string: \""
                            + text
                            + "\"; it has no verb such as %s for the CID");
        for (int i = text.indexOf('%'); i >= 0; i = text.indexOf('%', i + 2)) {
            if (i + 1 == text.length())
                throw new UsageException(
                        "premature end of format string; write %% for a percent sign");
            if (VERBS.indexOf(text.charAt(i + 1)) < 0)
                throw new UsageException(
                        "unrecognized specifier in format string: %"
                                + Character.toString(text.codePointAt(i + 1))
                                + "; cairn cid format --help lists them");
        }
        return new CidFormat(text);
    }

    /// The text for a CID, whose binary parts are written in a base.
    String format(Cid cid, Multibase base) {
        StringBuilder out = new StringBuilder();
        int at = 0;
        for (int i = text.indexOf('%'); i >= 0; i = text.indexOf('%', at)) {
            out.append(text, at, i).append(value(text.charAt(i + 1), cid, base));
            at = i + 2;
        }
        return out.append(text, at, text.length()).toString();
    }

    private static String value(char verb, Cid cid, Multibase base) {
        Multihash hash = cid.hash();
        return switch (verb) {
            case '%' -> "%";
            case 'b' -> base.label();
            case 'B' -> Character.toString(base.prefix());
            case 'v' -> "cidv" + cid.version();
            case 'V' -> Integer.toString(cid.version());
            case 'c' -> codec(cid);
            case 'C' -> Long.toString(cid.codec().code());
            case 'h' -> function(hash);
            case 'H' -> Long.toString(hash.function().code());
            case 'L' -> Integer.toString(hash.digestSize());
            case 'm' -> encode(hash.bytes(), base);
            case 'M' -> bare(encode(hash.bytes(), base));
            case 'd' -> encode(hash.digest(), base);
            case 'D' -> bare(encode(hash.digest(), base));
            case 's' -> cid.version() == 0 ? cid.toString() : encode(cid.bytes(), base);
            case 'S' -> bare(encode(cid.bytes(), base));
            case 'P' ->
                    "cidv"
                            + cid.version()
                            + "-"
                            + codec(cid)
                            + "-"
                            + function(hash)
                            + "-"
                            + hash.digestSize();
            default -> throw new IllegalStateException("verb " + verb + " was checked");
        };
    }

    private static String codec(Cid cid) {
        return cid.codec().name().orElse("Code(" + cid.codec().code() + ")");
    }

    private static String function(Multihash hash) {
        Multicodec function = hash.function();
        return Multicodec.ofHashes().contains(function)
                ? function.toString()
                : "hash?" + function.code();
    }

    /// The raw text of some bytes; in the base identity it is those bytes.
    private static String encode(byte[] bytes, Multibase base) {
        String text = base.encode(bytes);
        return base == Multibase.IDENTITY
                ? RawText.decode(text.getBytes(StandardCharsets.ISO_8859_1))
                : text;
    }

    /// Without the base's prefix, which is one character of one or two code units.
    private static String bare(String text) {
        return text.substring(text.offsetByCodePoints(0, 1));
    }
}
