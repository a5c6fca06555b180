package cairn.bench.soak;

import cairn.blockstore.Pin;
import cairn.blockstore.rocks.GarbageCollection;
import cairn.multiformats.Cid;
import cairn.multiformats.Multihash;
import cairn.node.CairnNode;
import cairn.node.collection.CollectionListener;
import cairn.testkit.Folders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/// Holds a repo that nobody writes to against the ledger.
///
/// @param run the seed of the items
record StoreCheck(CairnNode node, Ledger ledger, long run) {
    /// What the database and its log may take besides, in bytes.
    private static final long SLACK = 64 << 20;

    /// Checks every pin and all below it.
    ///
    /// @return the blocks that must be there, and their lengths
    Map<Multihash, Integer> check() throws IOException {
        Map<Integer, Pin> pins = pins();
        ledger.settle(pins);
        Map<Multihash, Integer> blocks = new HashMap<>();
        for (Map.Entry<Integer, Pin> one : pins.entrySet()) {
            Pin pin = one.getValue();
            Cid root =
                    new ItemCheck(node, blocks::put).check(new Item(run, one.getKey()), pin.mode());
            if (!root.equals(pin.cid()))
                throw new FindingException("item " + one.getKey() + " has another root: " + pin);
        }
        return blocks;
    }

    private Map<Integer, Pin> pins() throws IOException {
        Map<Integer, Pin> pins = new TreeMap<>();
        node.pins()
                .forEach(
                        pin -> {
                            Pin other = pins.put(PinState.number(pin.name()), pin);
                            if (other != null)
                                throw new FindingException("two pins: " + pin + " and " + other);
                            return true;
                        });
        return pins;
    }

    /// Collects once more, and checks that nothing else is left.
    ///
    /// @return what it came to, for people
    String checkCollected(Path repo) throws IOException {
        long before = Folders.bytes(repo);
        GarbageCollection.Swept swept = node.collector().collect(CollectionListener.NONE);
        long after = Folders.bytes(repo);
        Map<Multihash, Integer> wanted = check();
        node.blocks()
                .forEach(
                        (hash, size) -> {
                            if (!Integer.valueOf(size).equals(wanted.get(hash)))
                                throw new FindingException(
                                        "block " + hash + " of " + size + " bytes is still there");
                            return true;
                        });
        long live = wanted.values().stream().mapToLong(Integer::longValue).sum();
        if (after > live + live / 10 + SLACK)
            throw new FindingException(
                    after + " bytes on the disk for " + live + " bytes that are live");
        return wanted.size()
                + " blocks of "
                + live
                + " bytes live, on the disk "
                + before
                + " bytes before the last collection and "
                + after
                + " after it, which says "
                + swept;
    }
}
