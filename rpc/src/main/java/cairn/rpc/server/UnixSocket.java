package cairn.rpc.server;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/// The file of a unix socket that only its owner may connect to, at every moment: the socket is
/// made in a folder that nobody else can enter, and takes its place when its permissions are set.
final class UnixSocket {
    private static final String OWNERS_FOLDER = "rwx------";
    private static final String OWNERS_FILE = "rw-------";

    private final Path path;
    private final Path folder;

    private UnixSocket(Path path, Path folder) {
        this.path = path;
        this.folder = folder;
    }

    /// Prepares a socket. What a server that was killed left at its place is removed.
    ///
    /// @throws IOException when a server listens there, or something else is there
    static UnixSocket prepare(Path path) throws IOException {
        if (Files.exists(path)) {
            if (answers(path)) throw new IOException("another program listens at " + path);
            if (!Files.readAttributes(path, "isOther").get("isOther").equals(true))
                throw new IOException(path + " is there and is no socket");
            Files.delete(path);
        }
        Path beside = path.toAbsolutePath().getParent();
        var owners =
                PosixFilePermissions.asFileAttribute(
                        PosixFilePermissions.fromString(OWNERS_FOLDER));
        return new UnixSocket(path, Files.createTempDirectory(beside, ".c", owners));
    }

    private static boolean answers(Path path) throws IOException {
        try (SocketChannel _ = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            return true;
        } catch (ConnectException e) {
            return false;
        }
    }

    /// Where the server makes it.
    Path made() {
        return folder.resolve("s");
    }

    /// Puts the socket that was made in its place.
    void place() throws IOException {
        Files.setPosixFilePermissions(made(), PosixFilePermissions.fromString(OWNERS_FILE));
        Files.move(made(), path, StandardCopyOption.ATOMIC_MOVE);
        Files.delete(folder);
    }

    /// Takes it away.
    void remove() throws IOException {
        Files.deleteIfExists(made());
        Files.deleteIfExists(folder);
        Files.deleteIfExists(path);
    }
}
