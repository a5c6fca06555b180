package cairn.node.repo;

import cairn.blockstore.upkeep.StoreCopy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Objects;

/// Copies a repo, also one that another process writes to. The copy is made aside, in a folder of
/// its own that is locked as a repo is, and gets its name when it is whole and on disk. What a copy
/// left that was broken off goes with the next one to the same place.
public final class Backup {
    private static final String PURPOSE = "repo backup";

    /// More than any private key has.
    private static final int MAX_KEY_BYTES = 16 << 10;

    private Backup() {}

    /// @param patience how long to wait for a writer to leave a moment in which the copy can be
    ///   made
    /// @return the bytes of the copy
    /// @throws RepoException when the target is taken, or a repair has replaced the store meanwhile
    public static long run(
            RepoDirectory repo, Path target, Duration patience, StoreCopy.Listener listener)
            throws IOException {
        Path folder = target.toAbsolutePath().normalize();
        checkTarget(repo, target, folder);
        String prefix = "." + folder.getFileName() + ".partial-";
        removeLeft(folder.getParent(), prefix);
        String random = HexFormat.of().toHexDigits(new SecureRandom().nextLong());
        RepoDirectory aside = new RepoDirectory(folder.resolveSibling(prefix + random));
        aside.create();
        boolean done = false;
        try (RepoLock _ = RepoLock.take(aside.path(), PURPOSE, patience, owner -> {})) {
            long bytes = copyStore(repo, aside, patience, listener);
            Config.read(repo.configFile()).write(aside.configFile());
            copyKeys(repo, aside);
            aside.setVersion(repo.checkVersion());
            RepoLock.forget(aside.path());
            checkTarget(repo, target, folder); // which another copy may have taken
            Files.deleteIfExists(folder);
            FolderTree.rename(aside.path(), folder);
            done = true;
            return bytes;
        } finally {
            if (!done) FolderTree.remove(aside.path());
        }
    }

    /// Removes what copies left that were broken off. What one is being made is locked.
    private static void removeLeft(Path parent, String prefix) throws IOException {
        try (DirectoryStream<Path> left =
                Files.newDirectoryStream(
                        parent, path -> path.getFileName().toString().startsWith(prefix))) {
            for (Path folder : left)
                if (RepoLock.isFree(folder, PURPOSE)) FolderTree.remove(folder);
        }
    }

    private static long copyStore(
            RepoDirectory repo, RepoDirectory aside, Duration patience, StoreCopy.Listener listener)
            throws IOException {
        Object before = key(repo);
        long bytes;
        try {
            bytes = StoreCopy.run(repo.store(), aside.store(), patience, listener);
        } catch (IOException e) {
            if (Objects.equals(before, key(repo))) throw e;
            throw repaired(repo, e);
        }
        if (!Objects.equals(before, key(repo))) throw repaired(repo, null);
        return bytes;
    }

    /// Copies the private keys: without them nobody could publish under their names again.
    private static void copyKeys(RepoDirectory repo, RepoDirectory aside) throws IOException {
        if (Files.exists(repo.identityFile())) copyKey(repo.identityFile(), aside.identityFile());
        if (!Files.isDirectory(repo.keystore())) return;
        RepoDirectory.createPrivateFolder(aside.keystore());
        try (DirectoryStream<Path> keys = Files.newDirectoryStream(repo.keystore())) {
            for (Path key : keys)
                if (Files.isRegularFile(key, LinkOption.NOFOLLOW_LINKS))
                    copyKey(key, aside.keystore().resolve(key.getFileName()));
        }
    }

    /// Copies a file, unless it was deleted meanwhile. What is too large to be a key isn't one.
    private static void copyKey(Path from, Path to) throws IOException {
        byte[] key;
        try (InputStream in = Files.newInputStream(from)) {
            key = in.readNBytes(MAX_KEY_BYTES + 1);
        } catch (NoSuchFileException e) {
            return;
        }
        if (key.length <= MAX_KEY_BYTES) RepoDirectory.replace(to, key);
    }

    /// What tells the folder of the store from another one of the same name, or null. A repair
    /// keeps the old folder, so that no other one gets its key.
    private static Object key(RepoDirectory repo) throws IOException {
        try {
            return Files.readAttributes(repo.store(), BasicFileAttributes.class).fileKey();
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private static RepoException repaired(RepoDirectory repo, IOException cause) {
        return new RepoException(
                "the repo "
                        + repo.path()
                        + " was repaired while it was copied, so that the copy is of no one store;"
                        + " make the backup again",
                cause);
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
