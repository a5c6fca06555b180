package cairn.node.keys;

import cairn.libp2p.crypto.SigningKey;
import cairn.multiformats.MalformedException;
import cairn.node.repo.RepoDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// A file that holds a private key, as its protobuf message. Its owner alone may read it; one that
/// others may read is refused, as others may have its key.
final class KeyFile {
    private static final Set<PosixFilePermission> OWNERS =
            EnumSet.of(
                    PosixFilePermission.OWNER_READ,
                    PosixFilePermission.OWNER_WRITE,
                    PosixFilePermission.OWNER_EXECUTE);

    private KeyFile() {}

    /// The key in a file; empty when there is no file.
    ///
    /// @throws KeyException when it holds no key, or others may read it
    static Optional<SigningKey> read(Path file) throws IOException {
        byte[] bytes;
        try {
            checkPrivate(file);
            try (InputStream in = Files.newInputStream(file)) {
                bytes = in.readNBytes(SigningKey.MAX_BYTES + 1);
            }
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        try {
            return Optional.of(SigningKey.decode(bytes));
        } catch (MalformedException e) {
            throw new KeyException(file + " is damaged: " + e.getMessage(), e);
        }
    }

    private static void checkPrivate(Path file) throws IOException {
        var view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view == null) return;
        Set<PosixFilePermission> permissions = view.readAttributes().permissions();
        if (!OWNERS.containsAll(permissions))
            throw new KeyException(
                    file
                            + " holds a private key, and others than its owner may use it ("
                            + PosixFilePermissions.toString(permissions)
                            + "). Take that from them with \"chmod 600\"; if somebody may have read"
                            + " it, it is theirs too, so make another");
    }

    /// Puts a key into a file; durable on return.
    static void write(Path file, SigningKey key) throws IOException {
        RepoDirectory.replace(file, key.encode());
    }
}
