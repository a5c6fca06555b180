package cairn.node;

import cairn.node.collection.AutomaticCollection;
import cairn.libp2p.crypto.SigningKey;
import cairn.node.keys.KeyName;
import cairn.node.keys.Keys;
import cairn.node.repo.Backup;
import cairn.node.repo.Config;
import cairn.node.repo.Migration;
import cairn.node.repo.Repaired;
import cairn.node.repo.RepoDirectory;
import cairn.node.repo.RepoException;
import cairn.node.repo.RepoLock;
import cairn.node.repo.StorageSettings;
import cairn.blockstore.rocks.Limits;
import cairn.blockstore.rocks.RocksStore;
import cairn.blockstore.upkeep.Repair;
import cairn.blockstore.upkeep.StoreCopy;
import cairn.node.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/// How a repo is opened.
///
/// @param purpose told to other processes that want to write meanwhile
/// @param patience how long to wait for another process that writes
/// @param onCreate is told where a new repo was made
/// @param onWait is told who is being waited for
/// @param onCollectionFailure is told why the collection before something is added wasn't done, or
///   not to its end
public record NodeOptions(
        String purpose,
        Duration patience,
        Consumer<Path> onCreate,
        Consumer<String> onWait,
        Consumer<IOException> onCollectionFailure) {
    /// Waits a minute at most, and tells nobody.
    public static final NodeOptions DEFAULT =
            new NodeOptions(
                    "a Java program",
                    Duration.ofMinutes(1),
                    path -> {},
                    owner -> {},
                    failure -> {});

    /// Opens the repo in a folder. For writing, makes it where there is none.
    ///
    /// @throws RepoException when there is none to read
    public CairnNode open(Path folder, Access access) throws IOException {
        return switch (access) {
            case READ -> openExisting(folder, access);
            case WRITE -> open(prepare(folder), access);
        };
    }

    /// Opens the repo that is in a folder.
    ///
    /// @throws RepoException when there is none
    public CairnNode openExisting(Path folder, Access access) throws IOException {
        return open(existing(folder), access);
    }

    private CairnNode open(RepoDirectory repo, Access access) throws IOException {
        repo.checkStore();
        return switch (access) {
            case READ -> openToRead(repo);
            case WRITE -> {
                RepoLock lock = RepoLock.take(repo.path(), purpose, patience, onWait);
                try {
                    yield openToWrite(repo, lock);
                } catch (IOException | RuntimeException e) {
                    lock.close();
                    throw e;
                }
            }
        };
    }

    private static CairnNode openToRead(RepoDirectory repo) throws IOException {
        Config config = Config.read(repo.configFile(), CairnNode::hashesReads);
        RocksStore store = RocksStore.openReadOnly(repo.store());
        try {
            return new CairnNode(repo, config, NodeHashes.all(), store, () -> {}, Optional.empty());
        } catch (IOException | RuntimeException e) {
            store.close();
            throw e;
        }
    }

    private CairnNode openToWrite(RepoDirectory repo, RepoLock lock) throws IOException {
        Config config = Config.read(repo.configFile(), Config::check);
        StorageSettings storage = StorageSettings.of(config);
        Limits limits = storage.limits(repo.store());
        RocksStore store =
                repo.ballast().opening(repo.path(), () -> Migration.openUpToDate(repo, limits));
        try {
            AutomaticCollection collection =
                    new AutomaticCollection(
                            storage,
                            store,
                            repo.store(),
                            repo.collectionStamp(),
                            InstantSource.system(),
                            onCollectionFailure);
            return new CairnNode(
                    repo,
                    config,
                    NodeHashes.all(),
                    store,
                    () -> leave(repo, lock),
                    Optional.of(collection));
        } catch (IOException | RuntimeException e) {
            store.close();
            throw e;
        }
    }

    private static void leave(RepoDirectory repo, RepoLock lock) throws IOException {
        try (lock) {
            repo.ballast().keep();
        }
    }

    /// Makes a repo in a folder; a whole one that is there is left as it is.
    public void create(Path folder) throws IOException {
        prepare(folder);
    }

    private static RepoDirectory existing(Path folder) throws IOException {
        RepoDirectory repo = new RepoDirectory(folder);
        repo.checkPermission();
        repo.checkNotTorn();
        repo.checkVersion();
        return repo;
    }

    private RepoDirectory prepare(Path folder) throws IOException {
        RepoDirectory repo = new RepoDirectory(folder);
        repo.checkPermission();
        if (!repo.exists()) {
            repo.checkNotTorn();
            repo.create();
            try (RepoLock _ = RepoLock.take(folder, purpose, patience, onWait)) {
                if (!repo.exists()) {
                    repo.begin();
                    Config.initial().write(repo.configFile());
                    RocksStore.open(repo.store()).close();
                    repo.complete();
                    onCreate.accept(folder);
                }
            }
        }
        repo.checkVersion();
        return repo;
    }

    /// Brings the repo in a folder to a version. Opening for writing brings it to the newest; only
    /// who wants to go back to an older program needs to ask.
    ///
    /// @return the version that it had
    /// @throws RepoException when there is no such version
    public int migrate(Path folder, int to) throws IOException {
        RepoDirectory repo = existing(folder);
        repo.checkStore();
        try (RepoLock _ = RepoLock.take(folder, purpose, patience, onWait)) {
            return Migration.run(repo, to);
        }
    }

    /// Copies the repo in a folder, as it is at one moment, into a folder that isn't there yet or
    /// is empty. Others may write to it meanwhile. Durable on return.
    ///
    /// @return the bytes of the copy
    public long backup(Path folder, Path target, StoreCopy.Listener listener) throws IOException {
        RepoDirectory repo = existing(folder);
        repo.checkStore();
        return Backup.run(repo, target, patience, listener);
    }

    /// Makes the store of the repo in a folder anew from what can be read of it. The damaged one is
    /// kept beside it.
    public Repaired repair(Path folder, Repair.Listener listener) throws IOException {
        RepoDirectory repo = existing(folder);
        Config.read(repo.configFile()); // without which what is repaired can't be opened
        try (RepoLock _ = RepoLock.take(folder, purpose, patience, onWait)) {
            return Repaired.run(repo, NodeHashes.all(), listener);
        }
    }

    /// The keys of the repo in a folder, to look at. The node's own is made if there is none yet.
    public Keys keys(Path folder) throws IOException {
        Keys keys = new Keys(existing(folder));
        if (keys.own().isPresent()) return keys;
        try (RepoLock _ = RepoLock.takeForSettings(folder, purpose, patience, onWait)) {
            keys.ownOrNew();
        }
        return keys;
    }

    /// What is done with keys that may be changed.
    ///
    /// @param <T> what comes of it
    @FunctionalInterface
    public interface KeyChange<T> {
        T apply(Keys keys) throws IOException;
    }

    /// Changes keys of a repo, which is made where there is none. Durable on return.
    public <T> T changeKeys(Path folder, KeyChange<T> change) throws IOException {
        RepoDirectory repo = prepare(folder);
        try (RepoLock _ = RepoLock.takeForSettings(folder, purpose, patience, onWait)) {
            return change.apply(new Keys(repo));
        }
    }

    /// Gives a node another identity, while no daemon of it runs. Durable on return.
    ///
    /// @param old the name that its old key gets
    /// @throws RepoException when a daemon runs, which would stay who it was
    public void rotate(Path folder, KeyName old, SigningKey next) throws IOException {
        RepoDirectory repo = prepare(folder);
        try (RepoLock _ = RepoLock.takeWithoutDaemon(folder, purpose);
                RepoLock _ = RepoLock.takeForSettings(folder, purpose, patience, onWait)) {
            new Keys(repo).rotate(old, next);
        }
    }

    /// The version of the repo in a folder.
    public int version(Path folder) throws IOException {
        return existing(folder).checkVersion();
    }

    /// The settings of the repo in a folder.
    ///
    /// @throws RepoException when there is none
    public Config config(Path folder) throws IOException {
        return Config.read(existing(folder).configFile());
    }

    /// The settings of the repo in a folder, or those that a new one would have.
    public Config configOrInitial(Path folder) throws IOException {
        return CairnNode.exists(folder) ? config(folder) : Config.initial();
    }

    /// The settings by which a repo would take something in, or those of a new one.
    ///
    /// @throws RepoException which names the setting that can't be so
    public Config configToImport(Path folder) throws IOException {
        if (!CairnNode.exists(folder)) return Config.initial();
        return Config.read(existing(folder).configFile(), Config::check);
    }

    /// Changes a setting of a repo, which is made where there is none. Nodes that are open keep
    /// what they have read.
    public void configure(Path folder, String key, Json value) throws IOException {
        RepoDirectory repo = prepare(folder);
        try (RepoLock _ = RepoLock.takeForSettings(folder, purpose, patience, onWait)) {
            Config.read(repo.configFile()).with(key, value).write(repo.configFile());
        }
    }

    /// What the file of settings of the repo in a folder holds, right or wrong.
    public String configText(Path folder) throws IOException {
        return Config.readText(existing(folder).configFile());
    }

    /// Makes settings of others.
    @FunctionalInterface
    public interface ConfigChange {
        /// @param before empty when it isn't text, or too long
        /// @throws RepoException when nothing should be changed
        Config apply(String before) throws RepoException;
    }

    /// Puts settings in the place of those of a repo, which is made where there is none. Those that
    /// they replace are kept beside them, in the file `config.old`.
    ///
    /// @param change makes the new ones of the text of the old ones, which may be wrong
    public void replaceConfig(Path folder, ConfigChange change) throws IOException {
        RepoDirectory repo = prepare(folder);
        try (RepoLock _ = RepoLock.takeForSettings(folder, purpose, patience, onWait)) {
            String before = repo.configTextIfReadable();
            Config after = change.apply(before);
            if (after.text().equals(before)) return;
            repo.keepOldConfig();
            after.write(repo.configFile());
        }
    }
}
