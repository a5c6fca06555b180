package cairn.dag.walk;

import cairn.dag.DagException;
import cairn.multiformats.Cid;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/// A map from CIDs to how deep they were met, in 20 bytes a slot and at most three quarters full,
/// so that a walk over millions of blocks fits into memory. It is cut into segments that grow one
/// by one by a quarter: growing holds one of them twice, never the whole.
///
/// It keeps a fingerprint of 128 bits under a random key instead of the CID. That two of 2^40 CIDs
/// are taken for one has a chance below 2^-48, and who doesn't know the key can't raise it. For one
/// thread.
final class CidDepths {
    /// What [#put] returns for a CID that wasn't there.
    static final int ABSENT = -1;

    /// The most CIDs: some 60 MB.
    static final int MAX_CIDS = 2_000_000;

    /// Segments are told by the highest bits of the fingerprint's second half, slots by its lower
    /// half.
    private static final int SEGMENT_BITS = 8;

    private final long[] keys;
    private final int maxCids;
    private int size;
    private final Segment[] segments = new Segment[1 << SEGMENT_BITS];

    /// @param random where the key comes from
    CidDepths(RandomGenerator random) {
        this(random, MAX_CIDS);
    }

    CidDepths(RandomGenerator random, int maxCids) {
        this.maxCids = maxCids;
        keys = random.longs(4).toArray();
        Arrays.setAll(segments, _ -> new Segment());
    }

    /// Puts a CID's depth, from 0 on.
    ///
    /// @return the depth that it had, or [#ABSENT]
    /// @throws DagException when there are too many
    int put(Cid cid, int depth) throws DagException {
        byte[] bytes = cid.bytes();
        long low = low(bytes);
        int before = segment(low).put(high(bytes), low, depth);
        if (before == ABSENT && ++size > maxCids)
            throw new DagException(
                    "more than " + maxCids + " distinct blocks: too many to remember");
        return before;
    }

    /// The depth that a CID has, or [#ABSENT].
    int get(Cid cid) {
        byte[] bytes = cid.bytes();
        long low = low(bytes);
        return segment(low).get(high(bytes), low);
    }

    private Segment segment(long low) {
        return segments[(int) (low >>> (Long.SIZE - SEGMENT_BITS))];
    }

    private long high(byte[] bytes) {
        return fingerprint(bytes, keys[0], keys[1]);
    }

    private long low(byte[] bytes) {
        return fingerprint(bytes, keys[2], keys[3]);
    }

    /// A table of open addressing.
    private static final class Segment {
        private static final int FIRST_SLOTS = 1 << 4;

        private long[] highs = new long[FIRST_SLOTS];
        private long[] lows = new long[FIRST_SLOTS];

        /// One more than the depth; 0 marks an empty slot.
        private int[] depths = new int[FIRST_SLOTS];

        private int size;

        int put(long high, long low, int depth) {
            if (4 * (size + 1) > 3 * depths.length) grow();
            int slot = slot(high, low);
            int before = depths[slot] - 1;
            if (before == ABSENT) {
                size++;
                highs[slot] = high;
                lows[slot] = low;
            }
            depths[slot] = depth + 1;
            return before;
        }

        int get(long high, long low) {
            return depths[slot(high, low)] - 1;
        }

        /// Where a fingerprint is, or the empty slot where it goes.
        private int slot(long high, long low) {
            int at = (int) (((low & 0xffffffffL) * depths.length) >>> Integer.SIZE);
            while (depths[at] != 0 && (highs[at] != high || lows[at] != low))
                at = at + 1 == depths.length ? 0 : at + 1;
            return at;
        }

        private void grow() {
            long[] oldHighs = highs;
            long[] oldLows = lows;
            int[] oldDepths = depths;
            int slots = oldDepths.length + oldDepths.length / 4;
            highs = new long[slots];
            lows = new long[slots];
            depths = new int[slots];
            for (int i = 0; i < oldDepths.length; i++) {
                if (oldDepths[i] == 0) continue;
                int slot = slot(oldHighs[i], oldLows[i]);
                highs[slot] = oldHighs[i];
                lows[slot] = oldLows[i];
                depths[slot] = oldDepths[i];
            }
        }
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
