package cairn.dag.car;

import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.multiformats.HashMismatchException;
import cairn.multiformats.Hashes;
import cairn.multiformats.MalformedException;
import cairn.multiformats.UnknownHashException;
import java.io.IOException;
import java.nio.ByteBuffer;

/// A section of an archive: a CID, and bytes that claim to be what it names. [#verified] is the way
/// from there to a block.
///
/// **Limit:** at most 2 MiB of bytes, as a block has.
public final class CarSection {
    private static final String LENGTH = "a section's length";

    private final long offset;
    private final Cid cid;
    private final byte[] bytes;

    private CarSection(long offset, Cid cid, byte[] bytes) {
        this.offset = offset;
        this.cid = cid;
        this.bytes = bytes;
    }

    /// A section's CID, and how many bytes come behind it.
    record Head(long offset, Cid cid, int size) {}

    /// Reads a section up to its bytes.
    static Head readHead(CarInput in) throws IOException {
        long start = in.offset();
        long length = in.varint(LENGTH);
        if (length == 0) throw new CarException(start, "a section of 0 bytes, which has no CID");
        if (length > Block.MAX_BYTES + Cid.MAX_BYTES)
            throw new CarException(
                    start,
                    "a section of "
                            + length
                            + " bytes; at most "
                            + (Block.MAX_BYTES + Cid.MAX_BYTES));
        if (length > in.left())
            throw new CarException(
                    start, "a section of " + length + " bytes, and " + in.left() + " are left");
        long at = in.offset();
        ByteBuffer head = in.peek((int) Math.min(length, Cid.MAX_BYTES), "a section");
        Cid cid;
        try {
            cid = Cid.read(head);
        } catch (MalformedException e) {
            throw new CarException(at, "a section's CID: " + e.getMessage(), e);
        }
        in.skip(head.position(), "a section's CID");
        long size = length - head.position();
        if (size > Block.MAX_BYTES)
            throw new CarException(
                    start, "a block of " + size + " bytes; at most " + Block.MAX_BYTES);
        return new Head(start, cid, (int) size);
    }

    /// Reads a whole section.
    static CarSection read(CarInput in) throws IOException {
        return readBytes(in, readHead(in));
    }

    /// Reads the rest of a section.
    static CarSection readBytes(CarInput in, Head head) throws IOException {
        return new CarSection(
                head.offset(), head.cid(), in.bytes(head.size(), "the block " + head.cid()));
    }

    /// How many bytes of the archive come before the section.
    public long offset() {
        return offset;
    }

    /// The name that the bytes claim.
    public Cid cid() {
        return cid;
    }

    /// The number of bytes without the CID.
    public int size() {
        return bytes.length;
    }

    /// The bytes, read-only. Nobody has hashed them: only for archives whose bytes something else
    /// guards.
    public ByteBuffer unverified() {
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    /// The block, hashed and found to be what its CID names.
    ///
    /// @throws CarException when it isn't, or the hash function is unknown
    public Block verified(Hashes hashes) throws CarException {
        return verified(cid, hashes);
    }

    /// The same under another CID of the same multihash.
    Block verified(Cid name, Hashes hashes) throws CarException {
        try {
            return Block.verified(name, bytes, hashes);
        } catch (HashMismatchException | UnknownHashException e) {
            throw new CarException(offset, cid + ": " + e.getMessage(), e);
        }
    }
}
