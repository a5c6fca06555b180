package cairn.blockstore.rocks;

import cairn.blockstore.Blockstore;
import cairn.blockstore.CorruptBlockException;
import cairn.blockstore.StoreException;
import cairn.blockstore.database.Database;
import cairn.blockstore.database.Failures;
import cairn.blockstore.database.IndexRecord;
import cairn.blockstore.database.Tables;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.multiformats.Hashes;
import cairn.multiformats.Multicodec;
import cairn.multiformats.Multihash;
import cairn.multiformats.UnknownHashException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.rocksdb.RocksDBException;

/// A check of every block: that its bytes are what its multihash says, and that the index and the
/// records of blocks know of each other. Others may write meanwhile.
///
/// First the records are read in the order in which they lie on the disk, by all processors. Then
/// the index is gone through, and what it names and the first pass hasn't found whole is looked at
/// alone: so it doesn't matter what the first pass couldn't read, or what others have moved
/// meanwhile.
///
/// **Memory:** a bit for each block, and 6 MiB for each processor.
public final class Verification {
    /// How often blocks are counted while others write.
    private static final int RECOUNTS = 5;

    private final Database database;
    private final Blockstore blocks;
    private final Hashes hashes;

    /// The numbers of records that are whole and that the index names.
    private final NumberSet whole = new NumberSet();

    private final NumberSet damaged = new NumberSet();

    Verification(Database database, Blockstore blocks, Hashes hashes) {
        this.database = database;
        this.blocks = blocks;
        this.hashes = hashes;
    }

    /// What is told while it runs, by several threads, one at a time.
    public interface Listener {
        /// So many blocks were read, of so many bytes.
        void read(long blocks, long bytes) throws IOException;

        /// A file can't be read, in whole or in part. Its blocks are named in what follows.
        ///
        /// @param reason in RocksDB's words
        void unreadable(String file, String reason) throws IOException;

        /// A block isn't what was stored, or is gone.
        void damaged(Multihash hash, Fault fault) throws IOException;
    }

    /// What is wrong with a block.
    ///
    /// @param missing whether there is nothing of it but the index's word
    /// @param reason in words
    public record Fault(boolean missing, String reason) {}

    /// What a check found.
    ///
    /// @param blocks that were looked at
    /// @param bytes of them
    /// @param damaged blocks among them
    /// @param unnamed records which the index doesn't name: blocks that were deleted, whose space
    ///   the next collection gives back
    /// @param unchecked blocks whose hash function isn't known
    /// @param miscounted how far the count of blocks that is kept is from their number
    public record Result(
            long blocks, long bytes, long damaged, long unnamed, long unchecked, long miscounted) {}

    /// Checks all blocks.
    ///
    /// @throws StoreException when the index itself can't be read
    public Result run(Listener listener) throws IOException {
        RecordScan scan = new RecordScan(database, hashes, whole, listener);
        scan.run();
        long bad = 0;
        long found = scan.whole();
        byte[] after = new byte[0];
        while (true) {
            byte[] from = after;
            List<BulkFile.Entry> page =
                    database.run("list blocks", tables -> Sweep.page(database, tables, from));
            for (BulkFile.Entry entry : page) {
                if (whole.contains(entry.record().number())) continue;
                found++;
                Optional<Fault> fault = check(entry.hash());
                if (fault.isEmpty()) continue;
                bad++;
                damaged.add(entry.record().number());
                listener.damaged(entry.hash(), fault.get());
            }
            if (page.isEmpty()) break;
            after = page.getLast().hash().bytes();
        }
        return new Result(found, scan.bytes(), bad, scan.unnamed(), scan.unchecked(), miscounted());
    }

    /// Compares the count that is kept with the index. Nothing is said of one that others change
    /// all the time.
    private long miscounted() throws IOException {
        return database.run(
                "count the blocks",
                tables -> {
                    for (int attempt = 0; attempt < RECOUNTS; attempt++) {
                        long kept = IndexCount.get(database, tables);
                        long counted = IndexCount.recount(database, tables);
                        if (kept == counted) return 0L;
                        if (kept == IndexCount.get(database, tables)) return kept - counted;
                    }
                    return 0L;
                });
    }

    /// Whether the block under a number, by [RocksStore#number], was found damaged.
    public boolean isDamaged(long number) {
        return damaged.contains(number);
    }

    /// Looks at one block.
    private Optional<Fault> check(Multihash hash) throws IOException {
        try {
            Optional<Block> block = blocks.get(Cid.v1(Multicodec.RAW, hash));
            if (block.isEmpty() || hashes.matches(hash, block.get().bytes()))
                return Optional.empty();
            return Optional.of(new Fault(false, "its bytes have another hash"));
        } catch (UnknownHashException e) {
            return Optional.empty();
        } catch (CorruptBlockException e) {
            return Optional.of(
                    e.getCause() == null && isGone(hash)
                            ? new Fault(true, "the index names it, its bytes are gone")
                            : new Fault(false, reason(e)));
        } catch (StoreException e) {
            if (e.getCause() instanceof RocksDBException cause && Failures.isDamage(cause))
                return Optional.of(new Fault(false, String.valueOf(cause.getMessage())));
            throw e;
        }
    }

    private static String reason(CorruptBlockException e) {
        return String.valueOf(e.getCause() == null ? e.getMessage() : e.getCause().getMessage());
    }

    private boolean isGone(Multihash hash) throws IOException {
        return database.run(
                "look up " + hash,
                tables -> {
                    IndexRecord record = database.find(tables, hash);
                    return record != null && value(tables, record) == null;
                });
    }

    private byte[] value(Tables tables, IndexRecord record) throws RocksDBException {
        return tables.db().get(tables.family(record), database.uncached(), record.key());
    }

    /// Takes a damaged block out of the index, and its record away where it can be read. Its space
    /// comes back with the next collection.
    ///
    /// @return whether it was there, and damaged still
    /// @throws StoreException when the store is open for reading only
    public boolean drop(Multihash hash) throws IOException {
        return check(hash).isPresent() && blocks.delete(hash);
    }
}
