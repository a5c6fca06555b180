package cairn.dag.disk;

import cairn.dag.LinkName;
import cairn.dag.PathBytes;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/// Turns names of a DAG, which may be any bytes, into names on a disk.
///
/// **Invariant:** a path that [#child] makes lies directly in its directory.
final class DiskNames {
    /// Far more bytes than a name may have on any file system, which says itself what it takes.
    private static final int MAX_NAME = 4096;

    private DiskNames() {}

    /// The path of an entry in a directory.
    ///
    /// @throws DiskException when the name can't be one on the disk
    static Path child(Path directory, LinkName name) throws DiskException {
        check(directory, name);
        try {
            Path child = PathBytes.resolve(directory, name);
            if (child.getNameCount() != directory.getNameCount() + 1)
                throw new DiskException(refused(directory, name, "it is more than one name"));
            return child;
        } catch (InvalidPathException e) {
            throw new DiskException(refused(directory, name, e.getReason()), e);
        }
    }

    private static void check(Path directory, LinkName name) throws DiskException {
        Optional<String> fault = fault(name);
        if (fault.isPresent()) throw new DiskException(refused(directory, name, fault.get()));
        String separator = directory.getFileSystem().getSeparator();
        if (name.toString().contains(separator))
            throw new DiskException(refused(directory, name, "it contains a separator"));
    }

    /// Why a name can't be one of an entry anywhere; empty when it can.
    static Optional<String> fault(LinkName name) {
        if (name.size() > MAX_NAME)
            return Optional.of("it has " + name.size() + " bytes, more than any path");
        String text = name.toString();
        if (text.isEmpty()) return Optional.of("it is empty");
        if (text.equals(".") || text.equals("..")) return Optional.of("it would lead elsewhere");
        if (text.indexOf('/') >= 0) return Optional.of("it contains a slash");
        if (text.indexOf('\0') >= 0) return Optional.of("it contains NUL");
        return Optional.empty();
    }

    private static String refused(Path directory, LinkName name, String why) {
        return "the name "
                + name.quoted()
                + " can't be written in "
                + shown(directory)
                + ": "
                + why;
    }

    /// A path, safe to print.
    static String shown(Path path) {
        return PathBytes.of(path).escaped();
    }
}
