package cairn.dag;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HexFormat;

/// The bytes of paths, and paths of bytes. A [Path] holds the bytes that the file system has, but
/// shows them as text in the platform's charset, with U+FFFD for what isn't text in it, and takes
/// only text in it; its URI shows and takes them all.
///
/// Where file names are text, as on Windows, their bytes are UTF-8.
public final class PathBytes {
    private static final boolean UTF_8_PLATFORM =
            "UTF-8".equalsIgnoreCase(System.getProperty("sun.jnu.encoding"));

    private PathBytes() {}

    /// A path as it is, relative or absolute.
    public static LinkName of(Path path) {
        String text = path.toString();
        if (isExact(text) || isText(path)) return LinkName.of(text);
        // Only an absolute path has a URI of its own. A folder's ends with a slash, always.
        int start = path.isAbsolute() ? 0 : 1;
        Path absolute = path.isAbsolute() ? path : root(path).resolve(path);
        String uri = absolute.toUri().getRawPath();
        boolean folder = uri.endsWith("/") && !text.endsWith("/");
        return decode(uri, start, folder ? uri.length() - 1 : uri.length());
    }

    /// The last name of a path; empty for a root.
    public static LinkName name(Path path) {
        Path last = path.getFileName();
        return last == null ? LinkName.EMPTY : of(last);
    }

    /// The path that bytes say, relative or absolute, without doubled and trailing slashes.
    ///
    /// @throws InvalidPathException when there is none, as with a NUL
    public static Path path(LinkName bytes) {
        return resolve(Path.of(""), bytes);
    }

    /// The path of a name in a folder.
    ///
    /// @param name may be several, with slashes between them; an absolute one leaves the folder
    /// @throws InvalidPathException when no file can have it, as one with a NUL
    public static Path resolve(Path folder, LinkName name) {
        String text = name.toString();
        if (isExact(text)) return folder.resolve(text);
        if (isText(folder)) {
            if (!name.isUtf8()) throw new InvalidPathException(text, "it is not UTF-8");
            return folder.resolve(text);
        }
        StringBuilder uri = new StringBuilder("file:///");
        byte before = '/';
        for (byte b : name.bytes()) {
            if (b == 0) throw new InvalidPathException(text, "Nul character not allowed");
            if (b != '/') uri.append('%').append(HexFormat.of().toHexDigits(b));
            else if (before != '/') uri.append('/');
            before = b;
        }
        Path absolute = Path.of(URI.create(uri.toString()));
        if (name.byteAt(0) == '/') return absolute;
        return folder.resolve(absolute.subpath(0, absolute.getNameCount()));
    }

    /// Whether a text and its bytes are the same to this platform.
    private static boolean isExact(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\uFFFD' || (c >= 0x80 && !UTF_8_PLATFORM)) return false;
        }
        return true;
    }

    /// Whether names are text where a path leads.
    private static boolean isText(Path path) {
        return !path.getFileSystem().getSeparator().equals("/");
    }

    private static Path root(Path path) {
        return path.getFileSystem().getPath("/");
    }

    private static LinkName decode(String uri, int from, int to) {
        byte[] bytes = new byte[to - from];
        int length = 0;
        for (int i = from; i < to; i++) {
            if (uri.charAt(i) == '%') {
                bytes[length++] = (byte) HexFormat.fromHexDigits(uri, i + 1, i + 3);
                i += 2;
            } else {
                bytes[length++] = (byte) uri.charAt(i);
            }
        }
        return LinkName.of(ByteBuffer.wrap(bytes, 0, length));
    }
}
