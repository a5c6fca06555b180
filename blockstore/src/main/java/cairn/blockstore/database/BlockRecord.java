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
        if (record.length == 0 || record.length > MAX_BYTES)
            throw new MalformedException("block record of " + record.length + " bytes");
        int hashBytes = record[record.length - 1] & 0xff;
        int length = record.length - 1 - hashBytes;
        if (length < 0)
            throw new MalformedException(
                    "block record of "
                            + record.length
                            + " bytes with a multihash of "
                            + hashBytes
                            + " bytes");
        if (length > Block.MAX_BYTES)
            throw new MalformedException("block record of a block of " + length + " bytes");
        return new BlockRecord(
                Multihash.of(Arrays.copyOfRange(record, length, record.length - 1)), length);
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
