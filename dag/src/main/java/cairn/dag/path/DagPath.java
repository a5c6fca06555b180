package cairn.dag.path;

import cairn.dag.LinkName;
import cairn.multiformats.Cid;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A path names a node by a root CID and the names of the links that lead from it.
///
/// Written as `CID/a/b`, `/ipfs/CID/a/b`, or `ipfs://CID/a/b`; the last is percent-decoded, so that
/// it can hold names of any bytes. Empty segments and slashes at the end are passed over. `.` and
/// `..` are names like any other: no directory holds them, so they lead nowhere.
///
/// **Limit:** at most 1024 segments.
///
/// @param names none of them empty
public record DagPath(Cid root, List<LinkName> names) {
    /// The most segments that a path may have.
    public static final int MAX_NAMES = 1024;

    private static final String IPFS = "/ipfs/";
    private static final String IPNS = "/ipns/";
    private static final String SCHEME = "ipfs://";

    public DagPath {
        names = List.copyOf(names);
        if (names.size() > MAX_NAMES)
            throw new IllegalArgumentException(
                    "a path of " + names.size() + " segments; at most " + MAX_NAMES);
        if (names.contains(LinkName.EMPTY))
            throw new IllegalArgumentException("an empty name in a path");
    }

    /// The path to a root itself.
    public static DagPath of(Cid root) {
        return new DagPath(root, List.of());
    }

    /// Reads a path.
    ///
    /// @throws MalformedPathException when it is none
    public static DagPath parse(String text) throws MalformedPathException {
        boolean uri = text.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
        if (text.startsWith(IPNS) || text.regionMatches(true, 0, "ipns://", 0, 7))
            throw new MalformedPathException(
                    "invalid path " + quoted(text) + ": names (/ipns) need a network; give a CID");
        String rest =
                uri
                        ? text.substring(SCHEME.length())
                        : text.startsWith(IPFS) ? text.substring(IPFS.length()) : text;
        if (!uri && rest.startsWith("/"))
            throw new MalformedPathException(
                    "invalid path " + quoted(text) + ": it must begin with a CID or /ipfs/");
        int end = rest.indexOf('/');
        String root = end < 0 ? rest : rest.substring(0, end);
        if (root.isEmpty())
            throw new MalformedPathException("invalid path " + quoted(text) + ": no CID in it");
        List<LinkName> names = new ArrayList<>();
        for (int from = end; from >= 0; ) {
            int slash = rest.indexOf('/', from + 1);
            String name = slash < 0 ? rest.substring(from + 1) : rest.substring(from + 1, slash);
            if (!name.isEmpty()) names.add(uri ? decoded(name, text) : encoded(name, text));
            if (names.size() > MAX_NAMES)
                throw new MalformedPathException(
                        "invalid path: more than " + MAX_NAMES + " segments");
            from = slash;
        }
        return new DagPath(root(root, text), names);
    }

    private static Cid root(String root, String text) throws MalformedPathException {
        try {
            return Cid.parse(root);
        } catch (IOException e) {
            throw new MalformedPathException(
                    "invalid path " + quoted(text) + ": " + e.getMessage(), e);
        }
    }

    private static LinkName encoded(String name, String text) throws MalformedPathException {
        try {
            ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(name));
            return LinkName.of(bytes);
        } catch (CharacterCodingException e) {
            throw new MalformedPathException(
                    "invalid path " + quoted(text) + ": a name in it is not text", e);
        }
    }

    private static LinkName decoded(String name, String text) throws MalformedPathException {
        if (name.indexOf('%') < 0) return encoded(name, text);
        ByteArrayOutputStream out = new ByteArrayOutputStream(name.length());
        for (int at = 0; at < name.length(); ) {
            int percent = name.indexOf('%', at);
            int end = percent < 0 ? name.length() : percent;
            out.writeBytes(encoded(name.substring(at, end), text).bytes());
            at = end;
            if (percent < 0) continue;
            int high = percent + 1 < name.length() ? digit(name.charAt(percent + 1)) : -1;
            int low = percent + 2 < name.length() ? digit(name.charAt(percent + 2)) : -1;
            if (high < 0 || low < 0)
                throw new MalformedPathException(
                        "invalid path "
                                + quoted(text)
                                + ": % must be followed by two hexadecimal digits");
            out.write(high << 4 | low);
            at = percent + 3;
        }
        return LinkName.of(out.toByteArray());
    }

    private static int digit(char c) {
        return c < 128 ? Character.digit(c, 16) : -1;
    }

    private static String quoted(String text) {
        return LinkName.of(text).quoted();
    }

    /// The path as `/ipfs/CID/a/b`, with what can't be printed escaped.
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder(IPFS).append(root);
        for (LinkName name : names) out.append('/').append(name.escaped());
        return out.toString();
    }
}
