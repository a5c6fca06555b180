package cairn.dag.walk;

import cairn.multiformats.Cid;
import java.util.random.RandomGenerator;

/// A map from CIDs to how deep they were met, in 20 bytes a slot and at most half full, so that a
/// walk over millions of blocks fits into memory.
///
/// It keeps a fingerprint of 128 bits under a random key instead of the CID. That two of 2^40 CIDs
/// are taken for one has a chance below 2^-48, and who doesn't know the key can't raise it. For one
/// thread.
final class CidDepths {
    /// What [#put] returns for a CID that wasn't there.
    static final int ABSENT = -1;

    private static final int FIRST_SLOTS = 1 << 10;

    private final long[] keys;
    private long[] high = new long[FIRST_SLOTS];
    private long[] low = new long[FIRST_SLOTS];

    /// One more than the depth; 0 marks an empty slot.
    private int[] depths = new int[FIRST_SLOTS];

    private int size;

    /// @param random where the key comes from
    CidDepths(RandomGenerator random) {
        keys = random.longs(4).toArray();
    }

    /// Puts a CID's depth, from 0 on.
    ///
    /// @return the depth that it had, or [#ABSENT]
    int put(Cid cid, int depth) {
        if (2 * (size + 1) > depths.length) grow();
        int slot = slot(cid);
        int before = depths[slot] - 1;
        if (before == ABSENT) size++;
        depths[slot] = depth + 1;
        return before;
    }

    /// The depth that a CID has, or [#ABSENT].
    int get(Cid cid) {
        return depths[slot(cid)] - 1;
    }

    private int slot(Cid cid) {
        byte[] bytes = cid.bytes();
        return slot(fingerprint(bytes, keys[0], keys[1]), fingerprint(bytes, keys[2], keys[3]));
    }

    /// Where a fingerprint is, or an empty slot that now bears it.
    private int slot(long h, long l) {
        int mask = depths.length - 1;
        int at = (int) l & mask;
        while (depths[at] != 0 && (high[at] != h || low[at] != l)) at = at + 1 & mask;
        high[at] = h;
        low[at] = l;
        return at;
    }

    private void grow() {
        long[] oldHigh = high;
        long[] oldLow = low;
        int[] oldDepths = depths;
        high = new long[2 * oldHigh.length];
        low = new long[2 * oldLow.length];
        depths = new int[2 * oldDepths.length];
        for (int i = 0; i < oldDepths.length; i++)
            if (oldDepths[i] != 0) depths[slot(oldHigh[i], oldLow[i])] = oldDepths[i];
    }

    private static long fingerprint(byte[] bytes, long key, long step) {
        long print = key + bytes.length;
        for (int i = 0; i < bytes.length; i += Long.BYTES) {
            long word = 0;
            for (int j = i; j < Math.min(i + Long.BYTES, bytes.length); j++)
                word = (word << Byte.SIZE) | (bytes[j] & 0xff);
            print = mixed(print ^ word) * (step | 1);
        }
        return mixed(print);
    }

    /// The finalizer of splitmix64 (Steele, Lea, Flood, 2014).
    private static long mixed(long z) {
        long a = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        long b = (a ^ a >>> 27) * 0x94d049bb133111ebL;
        return b ^ b >>> 31;
    }
}
