package cairn.dag.disk;

import cairn.dag.LinkName;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/// Turns names of a DAG, which may be any bytes, into names on a disk and back.
///
/// **Invariant:** a path that [#child] makes lies directly in its directory.
final class DiskNames {
    private DiskNames() {}

    /// The path of an entry in a directory.
    ///
    /// @throws DiskException when the name can't be one on the disk
    static Path child(Path directory, LinkName name) throws DiskException {
        String text = checked(directory, name);
        try {
            Path child = isPlain(text) ? directory.resolve(text) : bytesChild(directory, name);
            if (child.getNameCount() != directory.getNameCount() + 1)
                throw new DiskException(refused(directory, name, "it is more than one name"));
            return child;
        } catch (InvalidPathException e) {
            throw new DiskException(refused(directory, name, e.getReason()), e);
        }
    }

    private static String checked(Path directory, LinkName name) throws DiskException {
        Optional<String> fault = fault(name);
        if (fault.isPresent()) throw new DiskException(refused(directory, name, fault.get()));
        String separator = directory.getFileSystem().getSeparator();
        if (name.toString().contains(separator))
            throw new DiskException(refused(directory, name, "it contains a separator"));
        return name.toString();
    }

    /// Why a name can't be one of an entry anywhere; empty when it can.
    static Optional<String> fault(LinkName name) {
        String text = name.toString();
        if (text.isEmpty()) return Optional.of("it is empty");
        if (text.equals(".") || text.equals("..")) return Optional.of("it would lead elsewhere");
        if (text.indexOf('/') >= 0) return Optional.of("it contains a slash");
        if (text.indexOf('\0') >= 0) return Optional.of("it contains NUL");
        return Optional.empty();
    }

    private static Path bytesChild(Path directory, LinkName name) throws DiskException {
        if (!directory.getFileSystem().getSeparator().equals("/")) {
            if (!name.isUtf8())
                throw new DiskException(refused(directory, name, "it is not UTF-8"));
            return directory.resolve(name.toString());
        }
        StringBuilder uri = new StringBuilder("file:///");
        for (byte b : name.bytes()) uri.append(String.format("%%%02X", b));
        return directory.resolve(Path.of(URI.create(uri.toString())).getFileName());
    }

    /// Whether a name is the same in every character set that a JVM may take names to be in.
    private static boolean isPlain(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    private static String refused(Path directory, LinkName name, String why) {
        return "the name "
                + name.quoted()
                + " can't be written in "
                + shown(directory)
                + ": "
                + why;
    }

    /// A path as its bytes on the disk.
    static byte[] bytes(Path path) {
        String uri = path.toAbsolutePath().toUri().getRawPath();
        ByteArrayOutputStream out = new ByteArrayOutputStream(uri.length());
        for (int i = 0; i < uri.length(); i++) {
            char c = uri.charAt(i);
            if (c == '%') {
                out.write(Integer.parseInt(uri, i + 1, i + 3, 16));
                i += 2;
            } else {
                out.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
            }
        }
        return out.toByteArray();
    }

    /// The last name of a path.
    static byte[] nameBytes(Path path) {
        byte[] whole = bytes(path);
        int end =
                whole.length > 1 && whole[whole.length - 1] == '/'
                        ? whole.length - 1
                        : whole.length;
        int start = end;
        while (start > 0 && whole[start - 1] != '/') start--;
        return java.util.Arrays.copyOfRange(whole, start, end);
    }

    /// A path, safe to print.
    static String shown(Path path) {
        return LinkName.of(path.toString()).escaped();
    }
}
