package cairn.blockstore.rocks;

import cairn.blockstore.database.BlockRecord;
import cairn.blockstore.database.IndexRecord;
import cairn.blockstore.database.TableFile;

import cairn.multiformats.Multihash;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/// What a sweep left in the index: the numbers of its blocks, how many they are, and how many bytes
/// their records have in all and in each file of `blocks`.
final class Live {
    private final NumberSet numbers = new NumberSet();
    private final TreeMap<Long, TableFile> files = new TreeMap<>();
    private final Map<TableFile, Long> bytes = new HashMap<>();
    private long entries;
    private final long looseEnd;
    private long looseBytes;

    /// @param files of `blocks` that hold records
    /// @param looseEnd see [#looseEnd]
    Live(Iterable<TableFile> files, long looseEnd) {
        this.looseEnd = looseEnd;
        for (TableFile file : files) this.files.put(file.first(), file);
    }

    void add(Multihash hash, IndexRecord record) {
        numbers.add(record.number());
        entries++;
        long size = BlockRecord.size(hash, record.length());
        if (record.isLoose()) {
            if (record.number() < looseEnd) looseBytes += size;
        } else {
            var file = files.floorEntry(record.number());
            if (file != null) bytes.merge(file.getValue(), size, Long::sum);
        }
    }

    NumberSet numbers() {
        return numbers;
    }

    /// The records of the index.
    long entries() {
        return entries;
    }

    /// The bytes of the records in a file. Where it wasn't there yet, those of the files that begin
    /// within it, of which it was made.
    long bytes(TableFile file) {
        long sum = 0;
        for (TableFile known : files.subMap(file.first(), true, file.last(), true).values())
            sum += bytes.getOrDefault(known, 0L);
        return sum;
    }

    /// The loose number from which on records came too late to be counted.
    long looseEnd() {
        return looseEnd;
    }

    /// The bytes of loose records below [#looseEnd].
    long looseBytes() {
        return looseBytes;
    }
}
