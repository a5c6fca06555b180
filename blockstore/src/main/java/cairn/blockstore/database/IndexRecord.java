package cairn.blockstore.database;

import cairn.multiformats.Block;
import cairn.multiformats.MalformedException;
import java.nio.ByteBuffer;

/// An index record says where a block lies and how long it is: sequence number u64, length u32,
/// both big-endian.
///
/// The number's top bit says in which column family: clear for `blocks` (files written in bulk and
/// ingested), set for `loose` (blocks that came through the log).
public record IndexRecord(long number, int length) {
    public static final int BYTES = Long.BYTES + Integer.BYTES;

    /// The first number of `loose`; as unsigned numbers, all of `blocks` lie below.
    public static final long FIRST_LOOSE = Long.MIN_VALUE;

    public IndexRecord {
        if (length < 0 || length > Block.MAX_BYTES)
            throw new IllegalArgumentException("a block of " + length + " bytes");
    }

    public static IndexRecord decode(byte[] bytes) throws MalformedException {
        if (bytes.length != BYTES)
            throw new MalformedException(
                    "index record of " + bytes.length + " bytes, not " + BYTES);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        long number = in.getLong();
        int length = in.getInt();
        if (length < 0 || length > Block.MAX_BYTES)
            throw new MalformedException(
                    "index record of a block of " + Integer.toUnsignedString(length) + " bytes");
        return new IndexRecord(number, length);
    }

    public byte[] encode() {
        return ByteBuffer.allocate(BYTES).putLong(number).putInt(length).array();
    }

    public boolean isLoose() {
        return number < 0;
    }

    /// The key of the block record.
    public byte[] key() {
        return key(number);
    }

    /// The key of a sequence number: its 8 bytes, big-endian, so that keys sort as numbers do.
    public static byte[] key(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }
}
