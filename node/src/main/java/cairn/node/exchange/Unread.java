package cairn.node.exchange;

import cairn.multiformats.Cid;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// The unread blocks are those that were fetched ahead of a reader and that it hasn't come by yet.
/// A reader that has come by a place has come by all before it: what it left out there it won't
/// read.
///
/// Not safe for several threads: its owner guards it.
final class Unread {
    /// What chunkers make most.
    private static final int FIRST_GUESS = 256 << 10;

    private record Arrived(Cid cid, int size) {}

    private final long most;
    private final NavigableMap<Place, Arrived> arrived = new TreeMap<>();
    private final Map<Cid, Place> places = new HashMap<>();
    private long bytes;
    private long expected = FIRST_GUESS;

    /// @param most bytes that there may be
    Unread(long most) {
        this.most = most;
    }

    /// Whether there is room for one more block, with others still to come.
    boolean hasRoom(int underWay) {
        boolean isFirst = bytes == 0 && underWay == 0;
        return isFirst || bytes + (underWay + 1) * expected <= most;
    }

    void add(Place place, Cid cid, int size) {
        expected = size > expected ? (expected + size) / 2 : (3 * expected + size) / 4;
        Place before = places.putIfAbsent(cid, place);
        if (before != null) return;
        arrived.put(place, new Arrived(cid, size));
        bytes += size;
    }

    /// A block is read.
    ///
    /// @return whether there is more room now
    boolean read(Cid cid) {
        Place place = places.get(cid);
        if (place == null) return false;
        NavigableMap<Place, Arrived> passed = arrived.headMap(place, true);
        for (Arrived one : passed.values()) {
            places.remove(one.cid);
            bytes -= one.size;
        }
        passed.clear();
        return true;
    }
}
