package cairn.blockstore.database;

import cairn.multiformats.Block;
import cairn.multiformats.MalformedException;
import cairn.multiformats.Multihash;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// A block record is the stored form of a block: its bytes, its multihash, and the multihash's
/// length in one byte.
///
/// The bytes come first so that a read copies them, and nothing else, straight to where they are
/// wanted; the multihash is there to rebuild the index from.
public record BlockRecord(Multihash hash, int length) {
    /// The longest record.
    public static final int MAX_BYTES = Block.MAX_BYTES + Multihash.MAX_BYTES + 1;

    /// The name and length of the block in a record.
    public static BlockRecord decode(byte[] record) throws MalformedException {
        return decode(record, record.length);
    }

    /// The name and length of the block in a record that is at the beginning of a buffer.
    ///
    /// @param size of the record; it may lie about what the buffer holds
    public static BlockRecord decode(byte[] buffer, int size) throws MalformedException {
        if (size <= 0 || size > Math.min(MAX_BYTES, buffer.length))
            throw new MalformedException("block record of " + size + " bytes");
        int hashBytes = buffer[size - 1] & 0xff;
        int length = size - 1 - hashBytes;
        if (length < 0)
            throw new MalformedException(
                    "block record of "
                            + size
                            + " bytes with a multihash of "
                            + hashBytes
                            + " bytes");
        if (length > Block.MAX_BYTES)
            throw new MalformedException("block record of a block of " + length + " bytes");
        return new BlockRecord(Multihash.of(Arrays.copyOfRange(buffer, length, size - 1)), length);
    }

    /// The number of bytes that a block takes as a record.
    public static int size(Multihash hash, int length) {
        return length + hash.size() + 1;
    }

    /// Appends a block's record to a buffer.
    public static void write(Block block, ByteBuffer out) {
        Multihash hash = block.cid().hash();
        out.put(block.bytes());
        hash.writeTo(out);
        out.put((byte) hash.size());
    }

    public static byte[] encode(Block block) {
        ByteBuffer out = ByteBuffer.allocate(size(block.cid().hash(), block.size()));
        write(block, out);
        return out.array();
    }
}
