package cairn.dag.importer;

import cairn.dag.LinkName;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HexFormat;

/// File names as bytes. A [Path] holds the bytes of a name, but shows them as text in the
/// platform's charset, with U+FFFD for what isn't text in it; its URI shows them all.
final class FileNames {
    private static final boolean UTF_8_PLATFORM =
            "UTF-8".equalsIgnoreCase(System.getProperty("sun.jnu.encoding"));

    private FileNames() {}

    /// The last name of a path; empty for a root.
    static LinkName of(Path path) {
        Path last = path.getFileName();
        if (last == null) return LinkName.EMPTY;
        String text = last.toString();
        if (isExact(text)) return LinkName.of(text);
        String uri = path.toUri().getRawPath();
        int end = uri.endsWith("/") ? uri.length() - 1 : uri.length();
        return decode(uri, uri.lastIndexOf('/', end - 1) + 1, end);
    }

    /// A whole path as it was given, or, where its text doesn't show its bytes, from the root on.
    static LinkName whole(Path path) {
        String text = path.toString();
        if (isExact(text)) return LinkName.of(text);
        String uri = path.toUri().getRawPath();
        return decode(uri, 0, uri.length());
    }

    /// What a symbolic link says.
    static LinkName target(Path target) {
        String text = target.toString();
        if (isExact(text)) return LinkName.of(text);
        LinkName all = LinkName.EMPTY;
        for (Path name : target) all = all.isEmpty() ? of(name) : join(all, of(name));
        return target.isAbsolute() ? join(LinkName.EMPTY, all) : all;
    }

    /// Two names with a `/` between them.
    static LinkName join(LinkName folder, LinkName name) {
        ByteBuffer joined = ByteBuffer.allocate(folder.size() + 1 + name.size());
        folder.writeTo(joined);
        joined.put((byte) '/');
        name.writeTo(joined);
        return LinkName.of(joined.flip());
    }

    /// The path of a name in a folder.
    static Path resolve(Path folder, LinkName name) {
        String text = name.toString();
        if (isExact(text)) return folder.resolve(text);
        String uri = folder.toUri().toASCIIString();
        StringBuilder child = new StringBuilder(uri);
        if (!uri.endsWith("/")) child.append('/');
        for (int i = 0; i < name.size(); i++)
            child.append('%').append(HexFormat.of().toHexDigits(name.byteAt(i)));
        return Path.of(URI.create(child.toString()));
    }

    /// Whether a name's text and its bytes are the same to this platform.
    private static boolean isExact(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\uFFFD' || (c >= 0x80 && !UTF_8_PLATFORM)) return false;
        }
        return true;
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
