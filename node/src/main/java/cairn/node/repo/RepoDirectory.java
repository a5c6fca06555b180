package cairn.node.repo;

import cairn.blockstore.rocks.RocksStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/// The folder of a repo and the files in it that aren't the store's: `version`, `config`,
/// `repo.lock`, `identity`, and those in `keystore`. All are for their owner only.
///
/// **Invariant:** `version` is written last, so a folder that has one is a whole repo. It stands
/// aside from the first, so a folder that has neither of the two isn't a repo that is being made.
///
/// @param path of the folder
public record RepoDirectory(Path path) {
    /// The layout that this program reads and writes.
    public static final int VERSION = 2;

    private static final String VERSION_FILE = "version";
    private static final int MAX_VERSION_BYTES = 32;

    public Path configFile() {
        return path.resolve("config");
    }

    /// What the settings were before they were replaced as a whole.
    public Path oldConfigFile() {
        return path.resolve("config.old");
    }

    /// What the file of settings holds; empty when that is no text, or too long.
    public String configTextIfReadable() throws IOException {
        try {
            return Config.readText(configFile());
        } catch (RepoException e) {
            return "";
        }
    }

    /// Keeps the settings as they are beside themselves.
    public void keepOldConfig() throws IOException {
        if (!Files.exists(configFile())) return;
        Path aside = aside(oldConfigFile());
        boolean copied = false;
        try {
            Files.copy(configFile(), aside, StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel copy = FileChannel.open(aside, StandardOpenOption.WRITE)) {
                copy.force(true);
            }
            copied = true;
        } catch (FileSystemException e) {
            throw notWritten(oldConfigFile(), e);
        } finally {
            if (!copied) Files.deleteIfExists(aside);
        }
        takeName(oldConfigFile());
    }

    /// The private key that makes the node who it is.
    public Path identityFile() {
        return path.resolve("identity");
    }

    /// The folder of the keys that have names.
    public Path keystore() {
        return path.resolve("keystore");
    }

    /// The key of the private network that the node belongs to, if it does.
    public Path swarmKeyFile() {
        return path.resolve("swarm.key");
    }

    /// What the node knows of peers.
    public Path peerFile() {
        return path.resolve("peers");
    }

    /// Where the control API of the repo's daemon listens.
    public ApiFile apiFile() {
        return new ApiFile(path.resolve("api"));
    }

    /// A file whose time is that of the last automatic collection.
    public Path collectionStamp() {
        return path.resolve("last-collection");
    }

    /// Room on the disk for when it is full.
    public Ballast ballast() {
        return new Ballast(path.resolve("ballast"));
    }

    public Path store() {
        return path.resolve("store");
    }

    public boolean exists() {
        return Files.exists(path.resolve(VERSION_FILE));
    }

    /// @throws RepoException when there is what a repo has, but no version: it was lost, or the
    ///   folder is somebody else's
    public void checkNotTorn() throws RepoException {
        // The version last: somebody may be making the repo at this moment.
        if (Files.exists(aside(path.resolve(VERSION_FILE)))) return;
        for (Path part : List.of(store(), configFile())) {
            if (!Files.exists(part) || exists()) continue;
            throw new RepoException(
                    path
                            + " holds \""
                            + part.getFileName()
                            + "\" but no file \"version\", so it is not known to be a repo, and"
                            + " is left as it is. If it was one, its version got lost: write the"
                            + " line "
                            + VERSION
                            + " into "
                            + path.resolve(VERSION_FILE)
                            + " and all of it is back. If not, name another folder with"
                            + " --repo-dir or CAIRN_PATH");
        }
    }

    /// Makes the folder, with its parents, durably.
    public void create() throws IOException {
        try {
            createPrivateFolder(path);
        } catch (java.nio.file.FileAlreadyExistsException e) {
            if (!Files.isDirectory(path))
                throw new RepoException("can't make a repo at " + path + ": not a folder", e);
        } catch (AccessDeniedException e) {
            throw new RepoException(
                    "can't make a repo at "
                            + path
                            + ": no permission; choose another folder with CAIRN_PATH or"
                            + " --repo-dir",
                    e);
        }
    }

    /// Makes a folder that its owner alone may look into, with its parents, durably. One that is
    /// there stays.
    public static void createPrivateFolder(Path folder) throws IOException {
        if (isPosix())
            RocksStore.createFolder(
                    folder,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
        else RocksStore.createFolder(folder);
    }

    /// The version of the repo, from 1 to [#VERSION].
    ///
    /// @throws RepoException when the repo is of another version
    public int checkVersion() throws IOException {
        String text = readVersion();
        int version;
        try {
            version = Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new RepoException(
                    path.resolve(VERSION_FILE)
                            + " is damaged: it should hold the repo's version, "
                            + VERSION,
                    e);
        }
        if (version > VERSION)
            throw new RepoException(
                    "the repo "
                            + path
                            + " has version "
                            + version
                            + ", made by a newer Cairn; this one knows version "
                            + VERSION
                            + " and leaves it alone. Update Cairn, or use another repo with"
                            + " --repo-dir");
        if (version < 1)
            throw new RepoException("the repo " + path + " has the impossible version " + version);
        return version;
    }

    /// Says that the repo has a version now; durable on return.
    public void setVersion(int version) throws IOException {
        replace(path.resolve(VERSION_FILE), version + "\n");
    }

    /// @throws RepoException when the repo's blocks are elsewhere or gone: a new store in their
    ///   place would look as if nothing had been added
    public void checkStore() throws RepoException {
        if (RocksStore.exists(store())) return;
        if (Files.exists(repairedStore()) || hasTables())
            throw new RepoException(
                    "the repo "
                            + path
                            + " is damaged: "
                            + store()
                            + " isn't whole. \"cairn repo repair\" saves all that can be read, and"
                            + " keeps the damaged files");
        throw new RepoException(
                "the repo "
                        + path
                        + " has lost its blocks: there is no store in "
                        + store()
                        + ". If it is on another disk, mount that. If it is gone for good, move "
                        + path
                        + " away and begin anew");
    }

    /// A store that a repair has made and that has not taken the place of the damaged one yet.
    public Path repairedStore() {
        return path.resolve("store.repaired");
    }

    /// Whether there is anything of a store.
    public boolean hasTables() {
        String[] names = store().toFile().list((dir, name) -> name.matches(".*\\.(sst|log)"));
        return names != null && names.length > 0;
    }

    private String readVersion() throws IOException {
        Path file = path.resolve(VERSION_FILE);
        try {
            if (Files.size(file) > MAX_VERSION_BYTES) return "";
            return Files.readString(file).strip();
        } catch (java.nio.charset.MalformedInputException e) {
            return "";
        } catch (NoSuchFileException e) {
            throw new RepoException(
                    "there is no repo at "
                            + path
                            + "; adding something makes one there, \"cairn init\" does so too, and"
                            + " --repo-dir or CAIRN_PATH names another",
                    e);
        } catch (AccessDeniedException e) {
            throw denied(e);
        }
    }

    /// @throws RepoException when this user may not look into the folder
    public void checkPermission() throws IOException {
        if (!Files.isDirectory(path)) return;
        if (!Files.isExecutable(path)) throw denied(new AccessDeniedException(path.toString()));
    }

    /// Says whose the repo is.
    RepoException denied(AccessDeniedException e) throws IOException {
        return new RepoException(
                "no permission for "
                        + e.getFile()
                        + ": the repo belongs to "
                        + Files.getOwner(path).getName()
                        + ". Run the command as that user, or name a repo of your own with"
                        + " --repo-dir or CAIRN_PATH",
                e);
    }

    /// Notes that the repo is being made.
    public void begin() throws IOException {
        Path version = path.resolve(VERSION_FILE);
        writeAside(version, (VERSION + "\n").getBytes(StandardCharsets.UTF_8));
        syncFolder(version);
    }

    /// Notes that the repo is whole.
    public void complete() throws IOException {
        takeName(path.resolve(VERSION_FILE));
    }

    /// Replaces a file's content in one step that survives a power cut.
    public static void replace(Path file, String content) throws IOException {
        replace(file, content.getBytes(StandardCharsets.UTF_8));
    }

    /// Replaces a file's content in one step that survives a power cut. Its owner alone may read
    /// it.
    public static void replace(Path file, byte[] content) throws IOException {
        writeAside(file, content);
        takeName(file);
    }

    /// Gives a file another name in its folder, in place of what has that name, in one step that
    /// survives a power cut.
    public static void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        syncFolder(to);
    }

    /// Deletes a file, durably.
    public static void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
        syncFolder(file);
    }

    private static Path aside(Path file) {
        return file.resolveSibling(file.getFileName() + ".new");
    }

    private static void writeAside(Path file, byte[] content) throws IOException {
        Path aside = aside(file);
        Files.deleteIfExists(aside);
        if (isPosix())
            Files.createFile(
                    aside,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
        boolean written = false;
        try (FileChannel out =
                FileChannel.open(aside, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            write(out, content, file);
            written = true;
        } finally {
            if (!written) Files.deleteIfExists(aside);
        }
    }

    /// Writes a small file from its beginning, and brings it to the disk itself.
    ///
    /// @throws RepoException which names the file, as the channel's own errors don't
    private static void write(FileChannel out, byte[] content, Path file) throws RepoException {
        try {
            ByteBuffer left = ByteBuffer.wrap(content);
            while (left.hasRemaining()) out.write(left, left.position());
            out.force(true);
        } catch (IOException e) {
            throw notWritten(file, e);
        }
    }

    /// What is told when a small file of a repo can't be written.
    static RepoException notWritten(Path file, IOException e) {
        boolean full = String.valueOf(e.getMessage()).contains("No space left");
        return new RepoException(
                "can't write "
                        + file
                        + (full
                                ? ": the disk is full; \"cairn repo gc\" deletes what no pin"
                                        + " keeps. Nothing was changed"
                                : ": " + e.getMessage()),
                e);
    }

    private static void takeName(Path file) throws IOException {
        try {
            Files.move(aside(file), file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            throw new RepoException("the file system of " + file + " can't rename in one step", e);
        }
        syncFolder(file);
    }

    private static void syncFolder(Path file) throws IOException {
        try (FileChannel folder =
                FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    private static boolean isPosix() {
        return java.nio.file.FileSystems.getDefault()
                .supportedFileAttributeViews()
                .contains("posix");
    }
}
