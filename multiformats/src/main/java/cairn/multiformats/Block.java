package cairn.multiformats;

import java.nio.ByteBuffer;

/// A block is bytes plus the CID that names them.
///
/// **Invariant:** the bytes of every block were hashed and matched: by [#verified], by [#hashed],
/// or before a store that guards them with checksums took them in ([#stored]).
///
/// **Limit:** at most 2 MiB (Bitswap's limit, so that every block can be sent).
public final class Block {
    /// The largest block, in bytes.
    public static final int MAX_BYTES = 2 << 20;

    private final Cid cid;
    private final byte[] bytes;

    private Block(Cid cid, byte[] bytes) {
        if (bytes.length > MAX_BYTES)
            throw new IllegalArgumentException(
                    "a block of " + bytes.length + " bytes; at most " + MAX_BYTES);
        this.cid = cid;
        this.bytes = bytes;
    }

    /// The block of bytes that claim a name. The block owns the array from here on.
    ///
    /// @throws HashMismatchException when the bytes are not what the CID names
    /// @throws UnknownHashException when the CID's hash function is not in the set
    public static Block verified(Cid cid, byte[] bytes, Hashes hashes)
            throws HashMismatchException, UnknownHashException {
        if (!hashes.matches(cid.hash(), bytes)) throw new HashMismatchException(cid);
        return new Block(cid, bytes);
    }

    /// The block of new bytes, named by hashing them. The block owns the array from here on.
    ///
    /// @param version of the CID; 0 only with dag-pb and sha2-256
    /// @throws IllegalArgumentException when there are more than [#MAX_BYTES], or the function
    ///   can't take as many (identity), or version 0 can't name them
    public static Block hashed(int version, Multicodec codec, HashFunction function, byte[] bytes) {
        Multihash hash = function.hash(bytes, 0, bytes.length);
        return new Block(new Cid(version, codec, hash), bytes);
    }

    /// The block of bytes that a store gives back, which verified them when it took them in and
    /// guards them with checksums. For stores only. The block owns the array from here on.
    public static Block stored(Cid cid, byte[] bytes) {
        return new Block(cid, bytes);
    }

    /// The block of bytes that a CID carries in itself: their hash is identity.
    ///
    /// @throws IllegalArgumentException for a CID of another hash
    public static Block identity(Cid cid) {
        if (!cid.hash().function().equals(Multicodec.IDENTITY))
            throw new IllegalArgumentException(cid + " doesn't carry its bytes");
        return new Block(cid, cid.hash().digest());
    }

    /// The name.
    public Cid cid() {
        return cid;
    }

    /// The number of bytes.
    public int size() {
        return bytes.length;
    }

    /// The bytes, read-only.
    public ByteBuffer data() {
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    /// The block's own array, for reading only: whoever writes to it breaks the invariant.
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Block other && cid.equals(other.cid);
    }

    @Override
    public int hashCode() {
        return cid.hashCode();
    }

    @Override
    public String toString() {
        return cid + " (" + bytes.length + " bytes)";
    }
}
