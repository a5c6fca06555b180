package cairn.blockstore.rocks;

import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;

/// A set of sequence numbers, a bit for each in pieces of 65,536: as bulk files fill their ranges
/// from the start, a file of 64 blocks takes a word. Guarded by `this`.
public final class NumberSet {
    private static final int PIECE_BITS = 16;
    private static final int PIECE_MASK = (1 << PIECE_BITS) - 1;

    private final TreeMap<Long, BitSet> pieces = new TreeMap<>();

    /// An empty set.
    public NumberSet() {}

    /// Adds a number.
    ///
    /// @return whether it was not there
    public synchronized boolean add(long number) {
        BitSet piece = pieces.computeIfAbsent(number >> PIECE_BITS, _ -> new BitSet(0));
        int bit = bit(number);
        if (piece.get(bit)) return false;
        piece.set(bit);
        return true;
    }

    /// Whether a number was added.
    public synchronized boolean contains(long number) {
        BitSet piece = pieces.get(number >> PIECE_BITS);
        return piece != null && piece.get(bit(number));
    }

    /// Adds all of another set, whose monitor is taken inside of this one's.
    synchronized void addAll(NumberSet other) {
        synchronized (other) {
            other.pieces.forEach(
                    (key, piece) -> pieces.computeIfAbsent(key, _ -> new BitSet(0)).or(piece));
        }
    }

    /// The least number in the set that lies within `[from, end)`, or `end`.
    synchronized long next(long from, long end) {
        if (from >= end) return end;
        for (Map.Entry<Long, BitSet> entry : pieces.tailMap(from >> PIECE_BITS, true).entrySet()) {
            long first = entry.getKey() << PIECE_BITS;
            if (first >= end) return end;
            int bit = entry.getValue().nextSetBit(first < from ? bit(from) : 0);
            if (bit >= 0) return Math.min(first + bit, end);
        }
        return end;
    }

    private static int bit(long number) {
        return (int) number & PIECE_MASK;
    }
}
