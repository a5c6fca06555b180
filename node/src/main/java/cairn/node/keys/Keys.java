package cairn.node.keys;

import cairn.libp2p.crypto.SigningKey;
import cairn.node.repo.RepoDirectory;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// The private keys of a repo: the node's own in the file `identity`, and those with names in the
/// folder `keystore`, each in a file. All changes are durable on return, and each is one step: a
/// reader sees the keys before it or after it.
///
/// Nothing is kept here; the files are the state. Who changes them holds the repo's lock, readers
/// need none.
public final class Keys {
    private final RepoDirectory repo;

    public Keys(RepoDirectory repo) {
        this.repo = repo;
    }

    /// The node's own key; empty before it was first needed.
    ///
    /// @throws KeyException when it can't be read, or others may read it
    public Optional<SigningKey> own() throws IOException {
        return KeyFile.read(repo.identityFile());
    }

    /// The node's own key, made now if there is none.
    public SigningKey ownOrNew() throws IOException {
        Optional<SigningKey> own = own();
        if (own.isPresent()) return own.get();
        SigningKey made = SigningKey.generate();
        KeyFile.write(repo.identityFile(), made);
        return made;
    }

    /// The names of all keys that have one, in order. Files that are no keys' are passed over.
    public List<KeyName> names() throws IOException {
        List<KeyName> names = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(repo.keystore())) {
            for (Path file : files)
                KeyName.ofFile(file.getFileName().toString()).ifPresent(names::add);
        } catch (NoSuchFileException e) {
            return List.of();
        }
        Collections.sort(names);
        return names;
    }

    /// The key with a name.
    public Optional<SigningKey> find(KeyName name) throws IOException {
        return KeyFile.read(file(name));
    }

    /// The key with a name.
    ///
    /// @throws KeyException when there is none
    public SigningKey get(KeyName name) throws IOException {
        return find(name)
                .orElseThrow(() -> new KeyException("no key named " + name + " was found"));
    }

    /// Gives a key a name.
    ///
    /// @throws KeyException when another has it
    public void add(KeyName name, SigningKey key) throws IOException {
        checkFree(name);
        put(name, key);
    }

    private void put(KeyName name, SigningKey key) throws IOException {
        RepoDirectory.createPrivateFolder(repo.keystore());
        KeyFile.write(file(name), key);
    }

    /// Does nothing when a name can be given to a key.
    ///
    /// @throws KeyException when a key has it
    public void checkFree(KeyName name) throws KeyException {
        if (Files.exists(file(name)))
            throw new KeyException("key with name '" + name + "' already exists");
    }

    /// What came of giving a key another name.
    ///
    /// @param key that has the name now
    /// @param overwrote whether another key had it, which is gone
    public record Renamed(SigningKey key, boolean overwrote) {}

    /// Gives a key another name.
    ///
    /// @param force whether in place of a key that has it
    /// @throws KeyException when there is no such key, or another has the name
    public Renamed rename(KeyName from, KeyName to, boolean force) throws IOException {
        SigningKey key = get(from);
        if (from.equals(to)) return new Renamed(key, false);
        if (!force) checkFree(to);
        boolean overwrites = Files.exists(file(to));
        RepoDirectory.rename(file(from), file(to));
        return new Renamed(key, overwrites);
    }

    /// Deletes keys, or none when there isn't one of them.
    ///
    /// @return the keys, in the order of the names
    public List<SigningKey> remove(List<KeyName> names) throws IOException {
        List<SigningKey> keys = new ArrayList<>();
        for (KeyName name : names) keys.add(get(name));
        for (KeyName name : names) RepoDirectory.delete(file(name));
        return keys;
    }

    /// Gives the node another key. The one that it had gets a name. After a kill in between, the
    /// same call goes on.
    ///
    /// @throws KeyException when another key has the name
    public void rotate(KeyName old, SigningKey next) throws IOException {
        SigningKey own = ownOrNew();
        boolean kept = find(old).map(key -> key.publicKey().equals(own.publicKey())).orElse(false);
        if (!kept) add(old, own);
        KeyFile.write(repo.identityFile(), next);
    }

    private Path file(KeyName name) {
        return repo.keystore().resolve(name.file());
    }
}
