package cairn.node.repo;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/// The file in which a daemon says where its control API listens, as a multiaddr on one line. It is
/// there while the daemon is; after a kill it stays, and says nothing.
///
/// @param path of the file
public record ApiFile(Path path) {
    /// Longer is no address.
    private static final int MAX_BYTES = 4096;

    /// The text that it holds; empty when it isn't there.
    public Optional<String> read() throws IOException {
        try {
            if (Files.size(path) > MAX_BYTES) throw wrong();
            return Optional.of(Files.readString(path).strip()).filter(text -> !text.isEmpty());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (CharacterCodingException e) {
            throw wrong();
        }
    }

    private RepoException wrong() {
        return new RepoException(path + " isn't an address; delete it if no daemon runs");
    }

    /// Says where the API listens, in one step.
    public void write(String address) throws IOException {
        RepoDirectory.replace(path, address + "\n");
    }

    /// Says that no API listens.
    public void remove() throws IOException {
        Files.deleteIfExists(path);
    }
}
