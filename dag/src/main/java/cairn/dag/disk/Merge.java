package cairn.dag.disk;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// Moves a whole directory into another that has entries of its own.
///
/// First it looks whether every entry can go where it must, and moves nothing when one can't. Then
/// it moves entry by entry: a cut in between leaves whole files, some of them still aside.
final class Merge {
    private static final LinkOption NOFOLLOW = LinkOption.NOFOLLOW_LINKS;

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
        if (depth > DirectoryWriter.MAX_DEPTH)
            throw new DiskException(DiskNames.shown(source) + " is nested too deep");
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(source)) {
            for (Path entry : entries) {
                Path there = target.resolve(entry.getFileName());
                if (!Files.exists(there, NOFOLLOW)) continue;
                boolean directory = Files.isDirectory(entry, NOFOLLOW);
                if (directory != Files.isDirectory(there, NOFOLLOW))
                    throw new DiskException(
                            DiskNames.shown(there)
                                    + " is in the way of a "
                                    + (directory ? "directory" : "file")
                                    + "; all of it waits in "
                                    + DiskNames.shown(from));
                if (directory) check(entry, there, depth + 1);
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private static void move(Path source, Path target) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(source)) {
            for (Path entry : entries) {
                Path there = target.resolve(entry.getFileName());
                if (Files.isDirectory(entry, NOFOLLOW) && Files.isDirectory(there, NOFOLLOW))
                    move(entry, there);
                else Files.move(entry, there, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        Files.delete(source);
    }
}
