package cairn.dag.car;

import cairn.multiformats.Multihash;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/// An index that a file holds, searched where it is: only what it is made of is in memory. Source:
/// ipld/specs, CARv2, "Index Formats": IndexSorted (0x0400), which knows digests alone, and
/// MultihashIndexSorted (0x0401).
///
/// **Limit:** 1024 lists of digests of one length.
final class StoredIndex implements CarIndex {
    private static final int MAX_BUCKETS = 1024;
    private static final long SORTED = 0x0400;
    private static final long MULTIHASH_SORTED = 0x0401;

    /// The code of a bucket whose hash function isn't told.
    private static final long ANY = -1;

    /// Records of one digest length, sorted by digest: digest, offset in 8 bytes, little endian.
    private record Bucket(long code, int digestSize, long position, long records) {
        int width() {
            return digestSize + Long.BYTES;
        }
    }

    private final FileChannel file;
    private final List<Bucket> buckets = new ArrayList<>();

    private StoredIndex(FileChannel file) {
        this.file = file;
    }

    /// Reads what the index is made of.
    ///
    /// @param position where in the file it begins; it ends where the file does, or earlier
    /// @throws CarException when it is malformed or of an unknown format
    static StoredIndex read(FileChannel file, long position) throws IOException {
        CarInput in = new CarInput(new FileBytes(file, position), position, CarInput.SECTION_BYTES);
        in.endAt(file.size());
        StoredIndex index = new StoredIndex(file);
        long format = in.varint("the index's format");
        if (format == SORTED) index.readBuckets(in, ANY);
        else if (format == MULTIHASH_SORTED) {
            int codes = count(in, "hash functions");
            for (int i = 0; i < codes; i++) {
                long code = number(in, Long.BYTES).getLong();
                if (code < 0) throw new CarException(in.offset(), "the hash function " + code);
                index.readBuckets(in, code);
            }
        } else
            throw new CarException(
                    position, "the index's format 0x" + Long.toHexString(format) + " is unknown");
        return index;
    }

    private void readBuckets(CarInput in, long code) throws IOException {
        int count = count(in, "lists of digests");
        for (int i = 0; i < count; i++) {
            long start = in.offset();
            int width = number(in, Integer.BYTES).getInt();
            long bytes = number(in, Long.BYTES).getLong();
            int digestSize = width - Long.BYTES;
            if (digestSize < 0 || digestSize > Multihash.MAX_DIGEST_BYTES)
                throw new CarException(start, "records of " + width + " bytes in the index");
            if (bytes < 0 || bytes % width != 0)
                throw new CarException(start, bytes + " bytes of records of " + width);
            if (buckets.size() == MAX_BUCKETS)
                throw new CarException(start, "more than " + MAX_BUCKETS + " lists in the index");
            buckets.add(new Bucket(code, digestSize, in.offset(), bytes / width));
            in.skip(bytes, "a list of digests");
        }
    }

    private static int count(CarInput in, String what) throws IOException {
        long start = in.offset();
        int count = number(in, Integer.BYTES).getInt();
        if (count < 0 || count > MAX_BUCKETS)
            throw new CarException(
                    start,
                    Integer.toUnsignedString(count) + " " + what + "; at most " + MAX_BUCKETS);
        return count;
    }

    private static ByteBuffer number(CarInput in, int bytes) throws IOException {
        return ByteBuffer.wrap(in.bytes(bytes, "the index")).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public long[] find(Multihash hash) throws IOException {
        LongStream.Builder places = LongStream.builder();
        byte[] digest = hash.digest();
        long code = hash.function().code();
        for (Bucket bucket : buckets)
            if (bucket.digestSize == digest.length && (bucket.code == ANY || bucket.code == code))
                find(bucket, digest, places);
        return places.build().limit(MAX_PLACES).toArray();
    }

    private void find(Bucket bucket, byte[] digest, LongStream.Builder places) throws IOException {
        long low = 0;
        long high = bucket.records;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (compare(record(bucket, middle), digest) < 0) low = middle + 1;
            else high = middle;
        }
        for (int i = 0; i < MAX_PLACES && low + i < bucket.records; i++) {
            byte[] record = record(bucket, low + i);
            if (compare(record, digest) != 0) return;
            places.add(
                    ByteBuffer.wrap(record).order(ByteOrder.LITTLE_ENDIAN).getLong(digest.length));
        }
    }

    private static int compare(byte[] record, byte[] digest) {
        return Arrays.compareUnsigned(record, 0, digest.length, digest, 0, digest.length);
    }

    private byte[] record(Bucket bucket, long number) throws IOException {
        long position = bucket.position + number * bucket.width();
        byte[] record = new byte[bucket.width()];
        ByteBuffer into = ByteBuffer.wrap(record);
        while (into.hasRemaining())
            if (file.read(into, position + into.position()) < 0)
                throw new CarException(position, "the index is cut short");
        return record;
    }
}
