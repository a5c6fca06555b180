package cairn.blockstore.rocks;

import cairn.blockstore.Blockstore;
import cairn.blockstore.Pins;
import cairn.blockstore.StoreException;
import cairn.blockstore.database.Database;
import cairn.blockstore.database.Failures;
import cairn.blockstore.database.IndexRecord;
import cairn.multiformats.Multihash;

import cairn.multiformats.Hashes;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.OptionalLong;

/// A folder with blocks and pins, kept by RocksDB.
///
/// One process at a time opens it for writing; others may read beside it. What was acknowledged
/// survives the end of the process and of the machine at any moment, and an opening costs the same
/// however much is in the store.
///
/// **Memory:** about 60 MB outside the heap at most, and 2 MiB for each session in bulk.
public final class RocksStore implements AutoCloseable {
    private static final String STAGING = "staging";

    private final Database database;
    private final BulkWriter writer;
    private final Blockstore blocks;
    private final Pins pins;

    private RocksStore(Database database, BulkWriter writer) {
        this.database = database;
        this.writer = writer;
        blocks = new RocksBlockstore(database, writer);
        pins = new RocksPins(database, writer == null ? null : writer.leases());
    }

    /// Opens for reading and writing, and makes the folder where there is none.
    ///
    /// @throws StoreException when another writer has it open, it is of a newer version, or damaged
    public static RocksStore open(Path dir) throws IOException {
        return open(dir, Limits.NONE);
    }

    /// The same, with limits to what the store may take. Past them, what writes blocks fails with a
    /// [cairn.blockstore.StoreFullException]; pins are few and small, and pass.
    public static RocksStore open(Path dir, Limits limits) throws IOException {
        return open(dir, limits, BulkWriter.Sizes.DEFAULT);
    }

    static RocksStore open(Path dir, BulkWriter.Sizes sizes) throws IOException {
        return open(dir, Limits.NONE, sizes);
    }

    static RocksStore open(Path dir, Limits limits, BulkWriter.Sizes sizes) throws IOException {
        try {
            createFolder(dir);
        } catch (IOException e) {
            throw Failures.translate("make the folder", dir, e);
        }
        Database database = Database.open(dir);
        boolean done = false;
        try {
            Path staging = dir.resolve(STAGING);
            Sequences sequences = Reconciliation.run(database, staging);
            Room room = new Room(dir, limits, () -> unflushed(database));
            RocksStore store =
                    new RocksStore(
                            database, new BulkWriter(database, sequences, staging, sizes, room));
            done = true;
            return store;
        } catch (IOException e) {
            throw Failures.translate("open the store", dir, e);
        } finally {
            if (!done) database.close();
        }
    }

    private static long unflushed(Database database) throws IOException {
        return database.run(
                "measure the store",
                tables -> tables.db().getAggregatedLongProperty("rocksdb.cur-size-all-mem-tables"));
    }

    /// Whether a folder holds a store.
    public static boolean exists(Path dir) {
        return Files.exists(dir.resolve("CURRENT"));
    }

    /// Opens for reading, also beside a writer. What is written from now on may be seen or not: it
    /// is when the reader opens again, because a file that it needs was replaced.
    ///
    /// @throws StoreException when there is no store, it is of a newer version, or damaged
    public static RocksStore openReadOnly(Path dir) throws IOException {
        if (!exists(dir)) throw new StoreException("there is no store in " + dir);
        Database database = Database.openReadOnly(dir);
        boolean done = false;
        try {
            database.run("open the store", tables -> Reconciliation.version(database, tables));
            RocksStore store = new RocksStore(database, null);
            done = true;
            return store;
        } finally {
            if (!done) database.close();
        }
    }

    /// The blocks. Its calls throw once the store is closed, and those that write when it is open
    /// for reading only.
    public Blockstore blocks() {
        return blocks;
    }

    /// The pins, under the same terms.
    public Pins pins() {
        return pins;
    }

    /// The number of blocks, exact; at once, however many they are. In a store of version 1 that is
    /// open for reading only they are counted one by one.
    public long count() throws IOException {
        return database.run("count the blocks", tables -> IndexCount.get(database, tables));
    }

    /// The version of the layout that the store has now; opening for writing brings it up to date.
    public int version() throws IOException {
        return database.run("read the version", tables -> Reconciliation.version(database, tables));
    }

    /// Goes back to version 1 of the layout, for an older program. Nothing may be done with this
    /// store any more but to close it.
    public void downgrade() throws IOException {
        writable();
        database.run(
                "go back to version 1",
                tables -> {
                    Reconciliation.downgrade(database, tables);
                    return null;
                });
    }

    /// A check of all blocks.
    ///
    /// @param hashes the functions that can check them
    public Verification verification(Hashes hashes) {
        return new Verification(database, blocks, hashes);
    }

    /// The bytes that the store's files have.
    public long bytesOnDisk() throws IOException {
        return Room.bytes(database.dir());
    }

    /// The sequence number of a block, for sets of blocks that take a bit each; empty when it is
    /// not here. No two blocks ever have the same one; a block that was deleted and stored again
    /// has another.
    public OptionalLong number(Multihash hash) throws IOException {
        IndexRecord record = database.run("look up " + hash, tables -> database.find(tables, hash));
        return record == null ? OptionalLong.empty() : OptionalLong.of(record.number());
    }

    /// Begins a lease, for who makes pins of blocks that are here already.
    ///
    /// @throws StoreException when the store is open for reading only
    public Lease lease() throws IOException {
        return writable().leases().open();
    }

    /// Begins a collection of garbage.
    ///
    /// @throws cairn.blockstore.CollectionRunsException when another one runs
    /// @throws StoreException when the store is open for reading only
    public GarbageCollection collect() throws IOException {
        return collect(GarbageCollection.Terms.POLITE);
    }

    GarbageCollection collect(GarbageCollection.Terms terms) throws IOException {
        return GarbageCollection.begin(database, writable(), terms);
    }

    private BulkWriter writable() throws StoreException {
        if (writer == null) throw new StoreException(database.dir() + " is open for reading only");
        return writer;
    }

    /// Waits for running calls and closes. Open sessions fail at their next call.
    @Override
    public void close() {
        database.close();
        if (writer != null) writer.close();
    }

    /// Makes a folder, and those above it that aren't there, so that they survive the end of the
    /// machine: the folders in which their names are have been synced on return.
    ///
    /// @param attributes of the folder itself
    public static void createFolder(Path folder, FileAttribute<?>... attributes)
            throws IOException {
        createDurably(folder.toAbsolutePath().normalize(), attributes);
    }

    private static void createDurably(Path dir, FileAttribute<?>... attributes) throws IOException {
        if (Files.isDirectory(dir)) return;
        Path parent = dir.getParent();
        if (parent != null) createDurably(parent);
        Files.createDirectories(dir, attributes);
        if (parent == null) return;
        try (FileChannel names = FileChannel.open(parent, StandardOpenOption.READ)) {
            names.force(true);
        }
    }
}
