package cairn.node.repo;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.atomic.AtomicLong;

/// How much a repo holds.
///
/// @param blocks the number of blocks
/// @param bytes of all files in its folder but the ballast, which is none of what it holds
/// @param storageMax bytes that it may take: the setting `Datastore.StorageMax`, or without one
///   what it takes and the free disk, but for the reserve
/// @param path of its folder
/// @param version of its layout
public record RepoStat(long blocks, long bytes, long storageMax, Path path, int version) {
    public static RepoStat of(RepoDirectory repo, Config config, long blocks) throws IOException {
        long bytes = bytes(repo.path(), repo.ballast().file());
        StorageSettings settings = StorageSettings.of(config);
        long most = settings.max().orElse(bytes + free(repo.path(), settings));
        return new RepoStat(
                blocks, bytes, most, repo.path().toAbsolutePath().normalize(), repo.checkVersion());
    }

    private static long bytes(Path folder, Path ballast) throws IOException {
        AtomicLong bytes = new AtomicLong();
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        if (attributes.isRegularFile() && !file.equals(ballast))
                            bytes.addAndGet(attributes.size());
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException e)
                            throws IOException {
                        // A writer beside may have deleted it.
                        if (e instanceof java.nio.file.NoSuchFileException && !file.equals(folder))
                            return FileVisitResult.CONTINUE;
                        throw e;
                    }
                });
        return bytes.get();
    }

    /// What may be taken of the free disk.
    private static long free(Path folder, StorageSettings settings) throws IOException {
        long usable = Files.getFileStore(folder).getUsableSpace();
        return Math.max(0, usable - settings.limits(folder).reserve());
    }
}
