package cairn.dag.exporter;

import cairn.dag.LinkName;
import org.apache.commons.codec.digest.MurmurHash3;

/// The 64 bits of a name's hash, which lead through the shards of a directory: murmur3-x64-64, the
/// first half of murmur3-x64-128 with seed 0, most significant bits first.
///
/// Source: specs.ipfs.tech/unixfs, section "dag-pb HAMTDirectory".
final class HashBits {
    static final int BITS = 64;

    private final long hash;

    private HashBits(long hash) {
        this.hash = hash;
    }

    static HashBits of(LinkName name) {
        byte[] bytes = name.bytes();
        return new HashBits(MurmurHash3.hash128x64(bytes, 0, bytes.length, 0)[0]);
    }

    /// A name's place in a shard.
    ///
    /// @param used the bits that the shards above used up
    /// @param width the bits of a place
    int place(int used, int width) {
        return (int) ((hash << used) >>> (BITS - width));
    }

    /// The first bits, all that lead to a shard.
    long first(int bits) {
        return bits == 0 ? 0 : hash >>> (BITS - bits);
    }
}
