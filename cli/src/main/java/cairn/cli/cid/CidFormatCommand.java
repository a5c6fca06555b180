package cairn.cli.cid;

import cairn.cli.console.CallParser;
import cairn.cli.console.Command;
import cairn.cli.console.Invocation;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.multiformats.Multibase;
import cairn.multiformats.Multicodec;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/// Converts CIDs, and prints them or parts of them.
public final class CidFormatCommand implements Command {
    private static final Pattern NUMBER = Pattern.compile("0[xX][0-9a-fA-F]{1,15}|\\d{1,18}");

    /// Numbers that are for anyone's use, as the registry says.
    private static final long RESERVED_FIRST = 0x300000;

    private static final long RESERVED_LAST = 0x3fffff;

    @Override
    public Usage usage() {
        return Usage.of("cid format", "Convert CIDs, and print them or parts of them")
                .arguments("[<cid>...]", 0, Integer.MAX_VALUE)
                .served(Usage.Runs.VALUES)
                .reads(Usage.Input.LINES)
                .text("-f", "format", "What to print of each CID. Default: %s, the CID.")
                .text("-v", "version", "Convert to this version, 0 or 1.")
                .text("--mc", "codec", "Convert to this codec: a name, or its number.")
                .text("-b", "base", "Write in this multibase, which makes the version 1.")
                .explain(
                        "Without arguments, the CIDs are the lines of standard input. What isn't a"
                                + " CID is told on standard error and the rest printed; the exit code"
                                + " is 1 then.")
                .explain(
                        "In a format, %s is the CID, %b %B the name and prefix of its base, %v %V"
                                + " its version as cidv1 and as 1, %c %C the name and number of its"
                                + " codec, %h %H those of its hash function, %L the length of the"
                                + " digest in bytes, %d the digest, %m the multihash, %P"
                                + " version-codec-function-length, and %% a percent sign. %S %D %M"
                                + " are %s %d %m without the prefix of the base.")
                .example("cairn cid format -b base36 CID", "prints the CID in base36")
                .example("cairn cid format -v 0 CID", "prints the CID that begins with Qm")
                .example(
                        "cairn cid format -f '%c %h' CID", "prints the codec and the hash function")
                .example("cairn pin ls -q | cairn cid format -b base16", "converts each line");
    }

    @Override
    public void run(Invocation call) throws IOException, UsageException {
        CidFormat format = CidFormat.parse(call.text("-f").orElse("%s"));
        String codecName = call.text("--mc").orElse("");
        Optional<Multicodec> codec =
                codecName.isEmpty() ? Optional.empty() : Optional.of(codec(codecName));
        String baseName = call.text("-b").orElse("");
        Optional<Multibase> base =
                baseName.isEmpty() ? Optional.empty() : Optional.of(CallParser.multibase(baseName));
        OptionalInt version = version(call.text("-v").orElse(""), codec, base);
        new CidConversion(format, base, version, codec).convertAll(call);
    }

    private static OptionalInt version(
            String text, Optional<Multicodec> codec, Optional<Multibase> base)
            throws UsageException {
        return switch (text) {
            case "" -> base.isPresent() ? OptionalInt.of(1) : OptionalInt.empty();
            case "1" -> OptionalInt.of(1);
            case "0" -> {
                if (codec.isPresent() && !codec.get().equals(Multicodec.DAG_PB))
                    throw new UsageException(
                            "cannot convert to CIDv0 with any codec other than dag-pb");
                if (base.isPresent() && base.get() != Multibase.BASE58_BTC)
                    throw new UsageException(
                            "cannot convert to CIDv0 with any multibase other than the implicit"
                                    + " base58btc");
                yield OptionalInt.of(0);
            }
            default ->
                    throw new UsageException("invalid cid version: \"" + text + "\"; use 0 or 1");
        };
    }

    private static Multicodec codec(String text) throws UsageException {
        Optional<Multicodec> codec = Multicodec.named(text).or(() -> numbered(text));
        return codec.orElseThrow(
                () ->
                        new UsageException(
                                "unknown multicodec: \""
                                        + text
                                        + "\"; cairn cid codecs lists them"));
    }

    private static Optional<Multicodec> numbered(String text) {
        if (!NUMBER.matcher(text).matches()) return Optional.empty();
        try {
            long code = Long.decode(text);
            boolean known = code >= RESERVED_FIRST && code <= RESERVED_LAST;
            return Optional.of(Multicodec.of(code)).filter(c -> known || c.name().isPresent());
        } catch (NumberFormatException _) {
            return Optional.empty(); // 08: octal that isn't
        }
    }
}
