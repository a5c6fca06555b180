package cairn.bench.compare;

import cairn.testkit.Folders;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/// What is done to the disk around a run.
final class Disk {
    private static final int BUFFER = 1 << 20;

    private Disk() {}

    /// Writes to disk whatever any process has written.
    static void sync() throws IOException, InterruptedException {
        Command.of("sync").read();
    }

    /// Reads a file, or all files of a folder, so that they are in the page cache.
    static void warm(Path path) throws IOException {
        byte[] buffer = new byte[BUFFER];
        Files.walkFileTree(
                path,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        if (!attributes.isRegularFile()) return FileVisitResult.CONTINUE;
                        try (InputStream in = Files.newInputStream(file)) {
                            int read = 0;
                            while (read >= 0) read = in.read(buffer);
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    /// Deletes a file or a folder with all that is in it, if it is there.
    static void delete(Path path) throws IOException {
        Folders.delete(path);
    }
}
