package cairn.dag.disk;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.Set;

/// Moves a whole directory into another that has entries of its own.
///
/// First it looks whether every entry can go where it must, and moves nothing when one can't. Then
/// it moves entry by entry: a cut in between leaves whole files, some of them still aside.
///
/// Directories that are there keep their mode, and one that is read-only for the user stays so: it
/// is an error, as it is for Kubo. Those that are moved may be read-only, by the modes that the DAG
/// holds; what that needs of rights is given to them for as long as it takes.
final class Merge {
    private static final LinkOption NOFOLLOW = LinkOption.NOFOLLOW_LINKS;
    private static final Set<PosixFilePermission> OWNERS =
            Set.of(
                    PosixFilePermission.OWNER_READ,
                    PosixFilePermission.OWNER_WRITE,
                    PosixFilePermission.OWNER_EXECUTE);

    /// How deep folders that both sides have may nest: each level holds one open.
    private static final int MAX_DEPTH = 256;

    private final Path from;
    private final Path to;

    Merge(Path from, Path to) {
        this.from = from;
        this.to = to;
    }

    void run() throws IOException {
        check(from, to, 0);
        move(from, to);
    }

    private void check(Path source, Path target, int depth) throws IOException {
        if (depth > MAX_DEPTH)
            throw new DiskException(DiskNames.shown(source) + " is nested too deep");
        // It is emptied and then deleted, so that nobody misses its mode.
        giveRights(source);
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(source)) {
            for (Path entry : entries) {
                Path there = target.resolve(entry.getFileName());
                boolean directory = Files.isDirectory(entry, NOFOLLOW);
                if (directory && Files.isDirectory(there, NOFOLLOW)) {
                    check(entry, there, depth + 1);
                    continue;
                }
                if (!Files.isWritable(target) || !Files.isExecutable(target))
                    throw new DiskException(
                            "the folder "
                                    + DiskNames.shown(target)
                                    + " is read-only for this user, so nothing was moved into it."
                                    + " Make it writable (chmod u+wx) and try again; all of it"
                                    + " waits in "
                                    + DiskNames.shown(from));
                if (Files.exists(there, NOFOLLOW)
                        && directory != Files.isDirectory(there, NOFOLLOW))
                    throw new DiskException(
                            DiskNames.shown(there)
                                    + " is in the way of a "
                                    + (directory ? "directory" : "file")
                                    + "; all of it waits in "
                                    + DiskNames.shown(from));
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private static void move(Path source, Path target) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(source)) {
            for (Path entry : entries) {
                Path there = target.resolve(entry.getFileName());
                if (!Files.isDirectory(entry, NOFOLLOW))
                    Files.move(entry, there, StandardCopyOption.ATOMIC_MOVE);
                else if (Files.isDirectory(there, NOFOLLOW)) move(entry, there);
                else moveDirectory(entry, there);
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        Files.delete(source);
    }

    /// Moves a directory to where there is none. It gets a new parent, for which systems demand the
    /// right to write into it.
    private static void moveDirectory(Path source, Path target) throws IOException {
        Optional<Set<PosixFilePermission>> mode = giveRights(source);
        Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);
        if (mode.isPresent()) permissions(target).setPermissions(mode.get());
    }

    /// Gives the owner all rights in a directory that lacks some, and nobody else any.
    ///
    /// @return the permissions that it had; empty where it lacked none
    private static Optional<Set<PosixFilePermission>> giveRights(Path directory)
            throws IOException {
        PosixFileAttributeView view = permissions(directory);
        if (view == null) return Optional.empty();
        Set<PosixFilePermission> before = view.readAttributes().permissions();
        if (before.containsAll(OWNERS)) return Optional.empty();
        // The view, which follows no links, would need the right to read.
        Files.setPosixFilePermissions(directory, OWNERS);
        return Optional.of(before);
    }

    /// Where the permissions of a file are read and set; null where the system has none.
    private static PosixFileAttributeView permissions(Path path) {
        return Files.getFileAttributeView(path, PosixFileAttributeView.class, NOFOLLOW);
    }
}
