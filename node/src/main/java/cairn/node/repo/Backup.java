package cairn.node.repo;

import cairn.blockstore.upkeep.StoreCopy;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;

/// Copies a repo, also one that another process writes to. The copy is made aside and gets its name
/// when it is whole and on disk.
public final class Backup {
    private Backup() {}

    /// @param patience how long to wait for a writer to leave a moment in which the copy can be
    ///   made
    /// @return the bytes of the copy
    public static long run(
            RepoDirectory repo, Path target, Duration patience, StoreCopy.Listener listener)
            throws IOException {
        Path folder = target.toAbsolutePath().normalize();
        checkTarget(repo, target, folder);
        RepoDirectory aside =
                new RepoDirectory(folder.resolveSibling("." + folder.getFileName() + ".partial"));
        FolderTree.remove(aside.path());
        boolean done = false;
        try {
            aside.create();
            long bytes = StoreCopy.run(repo.store(), aside.store(), patience, listener);
            Config.read(repo.configFile()).write(aside.configFile());
            aside.setVersion(repo.checkVersion());
            Files.deleteIfExists(folder);
            FolderTree.rename(aside.path(), folder);
            done = true;
            return bytes;
        } finally {
            if (!done) FolderTree.remove(aside.path());
        }
    }

    private static void checkTarget(RepoDirectory repo, Path target, Path folder)
            throws IOException {
        if (folder.getParent() == null)
            throw new RepoException("can't make a backup at " + target + ": name a new folder");
        if (!Files.isDirectory(folder.getParent()))
            throw new RepoException(
                    "can't make a backup at "
                            + target
                            + ": there is no folder "
                            + folder.getParent());
        if (folder.getParent()
                .toRealPath()
                .resolve(folder.getFileName())
                .startsWith(repo.path().toRealPath()))
            throw new RepoException(
                    "can't make a backup at "
                            + target
                            + ": it is within the repo; name a folder elsewhere");
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) return;
        boolean empty = false;
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS))
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
                empty = !entries.iterator().hasNext();
            }
        if (!empty)
            throw new RepoException(
                    "can't make a backup at "
                            + target
                            + ": it is there already and isn't an empty folder; name a new one");
    }
}
