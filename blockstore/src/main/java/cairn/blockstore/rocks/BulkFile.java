package cairn.blockstore.rocks;

import cairn.blockstore.database.BlockRecord;
import cairn.blockstore.database.Database;
import cairn.blockstore.database.IndexRecord;

import cairn.multiformats.Block;
import cairn.multiformats.Multihash;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileWriter;

/// A sorted file of blocks under a range of sequence numbers of its own, on its way into the
/// database. Not safe for use by several threads at once.
final class BulkFile implements AutoCloseable {
    /// The most blocks in a file: bounds the memory of its index records.
    static final int MAX_BLOCKS = 1 << 16;

    /// What the index needs to know of a block in the file.
    record Entry(Multihash hash, IndexRecord record) {}

    private final Path path;
    private final long first;
    private final SstFileWriter writer;
    private final ByteBuffer scratch;
    private final ByteBuffer key = ByteBuffer.allocateDirect(Long.BYTES);
    private final List<Entry> entries = new ArrayList<>();
    private long bytes;

    /// @param first the start of a range of [#MAX_BLOCKS] numbers
    /// @param scratch a direct buffer with room for a record; the file's while it is written
    BulkFile(Database database, Path path, long first, ByteBuffer scratch) throws RocksDBException {
        this.path = path;
        this.first = first;
        this.scratch = scratch;
        writer = new SstFileWriter(database.bulkFile(), database.bulk());
        try {
            writer.open(path.toString());
        } catch (RocksDBException e) {
            writer.close();
            throw e;
        }
    }

    /// @throws IllegalStateException when the range of numbers is used up: the next number would be
    ///   another file's
    void add(Block block) throws RocksDBException {
        if (isNumberedOut()) throw new IllegalStateException(path + " has all its blocks");
        long number = first + entries.size();
        BlockRecord.write(block, scratch.clear());
        writer.put(key.clear().putLong(number).flip(), scratch.flip());
        bytes += BlockRecord.size(block.cid().hash(), block.size());
        entries.add(new Entry(block.cid().hash(), new IndexRecord(number, block.size())));
    }

    /// The bytes of block records in it.
    long bytes() {
        return bytes;
    }

    /// Whether its range of numbers is used up.
    boolean isNumberedOut() {
        return entries.size() >= MAX_BLOCKS;
    }

    /// Writes the end of the file and syncs it.
    void finish() throws RocksDBException {
        writer.finish();
    }

    Path path() {
        return path;
    }

    /// The start of the file's range.
    long first() {
        return first;
    }

    List<Entry> entries() {
        return entries;
    }

    /// Lets go of the file; what was not ingested is deleted.
    @Override
    public void close() throws IOException {
        writer.close();
        Files.deleteIfExists(path);
    }
}
