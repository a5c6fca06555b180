package cairn.hashes;

import cairn.multiformats.HashFunction;
import cairn.multiformats.Multicodec;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.codec.digest.MurmurHash3;

/// Murmur3 with seed 0, digests big-endian. Not cryptographic: it spreads names over the slots of a
/// HAMT, and names no blocks.
///
/// @param digestSize 4 for the variant x86; 8 or 16 for the variant x64, whole or its first half
record Murmur3Hash(Multicodec code, int digestSize) implements HashFunction {
    static List<HashFunction> all() {
        return List.of(
                new Murmur3Hash(Multicodec.MURMUR3_X64_64, 8),
                new Murmur3Hash(new Multicodec(0x23), 4),
                new Murmur3Hash(new Multicodec(0x1022), 16));
    }

    @Override
    public byte[] digest(byte[] bytes, int offset, int length) {
        if (digestSize == 4) {
            int hash = MurmurHash3.hash32x86(bytes, offset, length, 0);
            return ByteBuffer.allocate(4).putInt(hash).array();
        }
        long[] halves = MurmurHash3.hash128x64(bytes, offset, length, 0);
        byte[] whole = ByteBuffer.allocate(16).putLong(halves[0]).putLong(halves[1]).array();
        return Arrays.copyOf(whole, digestSize);
    }

    @Override
    public String toString() {
        return code.toString();
    }
}
