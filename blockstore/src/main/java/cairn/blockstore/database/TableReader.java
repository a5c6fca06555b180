package cairn.blockstore.database;

import cairn.blockstore.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.RocksIteratorInterface;
import org.rocksdb.SstFileReader;
import org.rocksdb.SstFileReaderIterator;

/// Reads what can be read of tables that may be damaged: of a file by itself, or of a family of an
/// open database.
public final class TableReader implements AutoCloseable {
    private static final long READ_AHEAD = 4 << 20;

    /// So many numbers in a row that can't be read, and the rest of a table is given up.
    private static final int MAX_GAP = 1 << 16;

    /// The property of tables that were written to be ingested, and may be so again.
    private static final String EXTERNAL = "rocksdb.external_sst_file.version";

    private final Options options = new Options();
    private final SstFileReader reader = new SstFileReader(options);
    private final String family;
    private final long entries;
    private final boolean external;

    /// Opens a file.
    ///
    /// @throws StoreException when even its end, which tells what it is, can't be read
    public TableReader(Path file) throws StoreException {
        boolean done = false;
        try {
            reader.open(file.toString());
            var properties = reader.getTableProperties();
            String name = new String(properties.getColumnFamilyName(), StandardCharsets.US_ASCII);
            external = properties.getUserCollectedProperties().containsKey(EXTERNAL);
            family = external && name.isEmpty() ? "blocks" : name;
            entries = properties.getNumEntries();
            done = true;
        } catch (RocksDBException e) {
            throw new StoreException(String.valueOf(e.getMessage()), e);
        } finally {
            if (!done) close();
        }
    }

    /// What is called with the entries.
    @FunctionalInterface
    public interface Visitor {
        void entry(byte[] key, byte[] value) throws IOException;
    }

    /// What came of a reading.
    ///
    /// @param entries that were read
    /// @param damage the first error, in RocksDB's words; empty when all could be read
    public record Outcome(long entries, Optional<String> damage) {}

    /// The name of the family that it belongs to.
    public String family() {
        return family;
    }

    /// The number of its entries, deletions included.
    public long entries() {
        return entries;
    }

    /// Whether a store can take the file in as it is.
    public boolean isExternal() {
        return external;
    }

    /// Visits the entries of the file that can be read.
    public Outcome read(Visitor visitor) throws IOException {
        try (ReadOptions reads = new ReadOptions().setReadaheadSize(READ_AHEAD);
                SstFileReaderIterator i = reader.newIterator(reads)) {
            return read(i, i::key, i::value, visitor);
        }
    }

    /// Visits the entries of a family that can be read.
    ///
    /// @param family `index`, `blocks`, `loose` or `pins`
    public static Outcome read(Tables tables, String family, Visitor visitor) throws IOException {
        try (ReadOptions reads =
                        new ReadOptions().setFillCache(false).setReadaheadSize(READ_AHEAD);
                RocksIterator i = tables.db().newIterator(tables.family(family), reads)) {
            return read(i, i::key, i::value, visitor);
        }
    }

    private static Outcome read(
            RocksIteratorInterface i, Supplier<byte[]> key, Supplier<byte[]> value, Visitor visitor)
            throws IOException {
        long read = 0;
        byte[] last = null;
        for (i.seekToFirst(); i.isValid(); i.next()) {
            last = key.get();
            visitor.entry(last, value.get());
            read++;
        }
        Optional<String> damage = damage(i);
        if (damage.isEmpty()) return new Outcome(read, damage);
        boolean numbered = last != null && last.length == Long.BYTES;
        long more =
                numbered
                        ? readNumbered(i, key, value, visitor, last)
                        : readBackwards(i, key, value, visitor, last);
        return new Outcome(read + more, damage);
    }

    /// After a number that can't be read, tries those that come next.
    private static long readNumbered(
            RocksIteratorInterface i,
            Supplier<byte[]> key,
            Supplier<byte[]> value,
            Visitor visitor,
            byte[] last)
            throws IOException {
        long read = 0;
        long at = number(last) + 1;
        for (int gap = 0; gap < MAX_GAP; gap++, at++) {
            for (i.seek(IndexRecord.key(at)); i.isValid(); i.next()) {
                byte[] found = key.get();
                visitor.entry(found, value.get());
                at = number(found) + 1;
                gap = 0;
                read++;
            }
            if (damage(i).isEmpty()) return read;
        }
        return read;
    }

    private static long number(byte[] key) {
        return ByteBuffer.wrap(key).getLong();
    }

    /// From the end back to an entry that can't be read.
    private static long readBackwards(
            RocksIteratorInterface i,
            Supplier<byte[]> key,
            Supplier<byte[]> value,
            Visitor visitor,
            byte[] last)
            throws IOException {
        long read = 0;
        byte[] first = null;
        for (i.seekToLast(); i.isValid(); i.prev()) {
            byte[] found = key.get();
            if (last != null && Arrays.compareUnsigned(found, last) <= 0) return read;
            first = found;
            visitor.entry(found, value.get());
            read++;
        }
        // Going back, the entry next to the damage isn't shown; by its number it is.
        if (first == null || first.length != Long.BYTES) return read;
        long end = number(first);
        for (long at = end - 1; at != end - MAX_GAP; at--) {
            i.seek(IndexRecord.key(at));
            if (!i.isValid()) break;
            if (number(key.get()) == end) continue;
            end = number(key.get());
            visitor.entry(key.get(), value.get());
            read++;
        }
        return read;
    }

    private static Optional<String> damage(RocksIteratorInterface i) {
        try {
            i.status();
            return Optional.empty();
        } catch (RocksDBException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() {
        reader.close();
        options.close();
    }
}
