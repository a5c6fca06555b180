package cairn.node;

import cairn.blockstore.RocksStore;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/// The folder of a repo and the files in it that aren't the store's: `version`, `config`,
/// `repo.lock`. All are for their owner only.
///
/// **Invariant:** `version` is written last, so a folder that has one is a whole repo.
///
/// @param path of the folder
record RepoDirectory(Path path) {
    /// The layout that this program reads and writes.
    static final int VERSION = 1;

    private static final String VERSION_FILE = "version";
    private static final int MAX_VERSION_BYTES = 32;

    Path configFile() {
        return path.resolve("config");
    }

    Path store() {
        return path.resolve("store");
    }

    boolean exists() {
        return Files.exists(path.resolve(VERSION_FILE));
    }

    /// Makes the folder, with its parents, durably.
    void create() throws IOException {
        try {
            if (isPosix())
                RocksStore.createFolder(
                        path,
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwx------")));
            else RocksStore.createFolder(path);
        } catch (java.nio.file.FileAlreadyExistsException e) {
            if (!Files.isDirectory(path))
                throw new RepoException("can't make a repo at " + path + ": not a folder", e);
        } catch (java.nio.file.AccessDeniedException e) {
            throw new RepoException(
                    "can't make a repo at "
                            + path
                            + ": no permission; choose another folder with CAIRN_PATH or"
                            + " --repo-dir",
                    e);
        }
    }

    /// @throws RepoException when the repo is of another version
    void checkVersion() throws IOException {
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
    }

    private String readVersion() throws IOException {
        Path file = path.resolve(VERSION_FILE);
        try {
            if (Files.size(file) > MAX_VERSION_BYTES) return "";
            return Files.readString(file).strip();
        } catch (java.nio.charset.MalformedInputException e) {
            return "";
        } catch (NoSuchFileException e) {
            throw new RepoException("no repo at " + path, e);
        }
    }

    void writeVersion() throws IOException {
        replace(path.resolve(VERSION_FILE), VERSION + "\n");
    }

    /// Replaces a file's content in one step that survives a power cut.
    static void replace(Path file, String content) throws IOException {
        Path aside = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(aside);
        if (isPosix())
            Files.createFile(
                    aside,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
        try (FileChannel out =
                FileChannel.open(aside, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            out.write(java.nio.ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8)));
            out.force(true);
        }
        try {
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            throw new RepoException("the file system of " + file + " can't rename in one step", e);
        }
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
