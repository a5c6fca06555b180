package cairn.dag;

import org.apache.commons.codec.digest.MurmurHash3;

/// The 64 bits of a name's hash, which lead through the shards of a directory: murmur3-x64-64, the
/// first half of murmur3-x64-128 with seed 0, most significant bits first.
///
/// Source: specs.ipfs.tech/unixfs, section "dag-pb HAMTDirectory".
///
/// @param value the bits; the entries of a sharded directory are in their unsigned order
public record HashBits(long value) implements Comparable<HashBits> {
    /// How many there are.
    public static final int BITS = Long.SIZE;

    public static HashBits of(LinkName name) {
        byte[] bytes = name.bytes();
        return new HashBits(MurmurHash3.hash128x64(bytes, 0, bytes.length, 0)[0]);
    }

    /// A name's place in a shard.
    ///
    /// @param used the bits that the shards above used up
    /// @param width the bits of a place
    public int place(int used, int width) {
        return (int) ((value << used) >>> (BITS - width));
    }

    /// The first bits, all that lead to a shard.
    public long first(int bits) {
        return bits == 0 ? 0 : value >>> (BITS - bits);
    }

    @Override
    public int compareTo(HashBits other) {
        return Long.compareUnsigned(value, other.value);
    }
}
