package cairn.node.repo;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// How much a repo holds.
///
/// @param blocks the number of blocks
/// @param bytes of the files of its store: what the limit of a store counts
/// @param beside bytes of stores that repairs keep, each file once that several of them share, and
///   none that the store shares with them
/// @param storageMax bytes that it may take: the setting `Datastore.StorageMax`, or without one
///   what it takes and the free disk, but for the reserve
/// @param path of its folder
/// @param version of its layout
public record RepoStat(
        long blocks, long bytes, long beside, long storageMax, Path path, int version) {
    /// @param bytes of the store
    public static RepoStat of(RepoDirectory repo, Config config, long blocks, long bytes)
            throws IOException {
        StorageSettings settings = StorageSettings.of(config);
        long most = settings.max().orElse(bytes + free(repo.path(), settings));
        return new RepoStat(
                blocks,
                bytes,
                beside(repo),
                most,
                repo.path().toAbsolutePath().normalize(),
                repo.checkVersion());
    }

    private static long beside(RepoDirectory repo) throws IOException {
        List<Path> damaged = Repaired.kept(repo);
        if (damaged.isEmpty()) return 0;
        Set<Object> counted = new HashSet<>();
        add(repo.store(), counted);
        long bytes = 0;
        for (Path store : damaged) bytes += add(store, counted);
        return bytes;
    }

    /// The bytes of the files of a folder which weren't counted before.
    private static long add(Path folder, Set<Object> counted) throws IOException {
        long bytes = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) bytes += addFile(file, counted);
        }
        return bytes;
    }

    private static long addFile(Path file, Set<Object> counted) throws IOException {
        try {
            BasicFileAttributes about =
                    Files.readAttributes(
                            file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            Object key = about.fileKey() == null ? file : about.fileKey();
            return about.isRegularFile() && counted.add(key) ? about.size() : 0;
        } catch (NoSuchFileException _) {
            return 0; // a writer beside has deleted it
        }
    }

    /// What may be taken of the free disk.
    private static long free(Path folder, StorageSettings settings) throws IOException {
        long usable = Files.getFileStore(folder).getUsableSpace();
        return Math.max(0, usable - settings.limits(folder).reserve());
    }
}
