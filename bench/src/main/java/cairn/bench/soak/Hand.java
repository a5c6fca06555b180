package cairn.bench.soak;

import cairn.blockstore.CollectionRunsException;
import cairn.blockstore.Pin;
import cairn.dag.MissingBlockException;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.node.CairnNode;
import cairn.node.collection.BlockRemover.Outcome;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/// A thread of a worker that adds, reads, pins and unpins items of its own at random. Nobody else
/// changes their pins; their blocks are shared with everybody's.
final class Hand implements Worker.Act {
    /// Items that a hand chooses from: few enough to come back while they are garbage.
    static final int ITEMS = 60;

    /// So many that lost their pin, or never had one, are remembered.
    private static final int RECENT = 6;

    private final CairnNode node;
    private final Teller teller;
    private final long run;
    private final int first;
    private final long maxPinned;
    private final Random random;
    private final Map<Integer, PinState> pinned = new TreeMap<>();
    private final Map<Integer, Cid> roots = new HashMap<>();
    private final Deque<Integer> recent = new ArrayDeque<>();
    private int revision;

    /// @param index among the hands
    /// @param maxPinned about how many bytes its items may take
    Hand(CairnNode node, Teller teller, long run, int index, long maxPinned, Random random) {
        this.node = node;
        this.teller = teller;
        this.run = run;
        first = index * ITEMS;
        this.maxPinned = maxPinned;
        this.random = random;
        revision = random.nextInt(Integer.MAX_VALUE / 2);
    }

    /// Learns of a pin that is there when the work begins.
    void learn(Pin pin) {
        int item = PinState.number(pin.name());
        if (item >= first && item < first + ITEMS) pinned.put(item, PinState.of(pin));
    }

    @Override
    public void run() throws IOException {
        long bytes = 0;
        for (int number : pinned.keySet()) bytes += new Item(run, number).size();
        if (bytes > maxPinned) {
            List<Integer> numbers = List.copyOf(pinned.keySet());
            unpin(new Item(run, numbers.get(random.nextInt(numbers.size()))));
            return;
        }
        boolean again = random.nextBoolean() && !recent.isEmpty();
        Item item = new Item(run, again ? recent.pop() : first + random.nextInt(ITEMS));
        PinState state = pinned.get(item.number());
        if (state == null) withoutPin(item);
        else withPin(item, state);
    }

    private void withoutPin(Item item) throws IOException {
        switch (random.nextInt(8)) {
            case 0, 1, 2 -> add(item);
            case 3 -> {
                item.addTo(node, null);
                remember(item);
                teller.tell(Teller.COUNT, "added without a pin");
            }
            case 4 -> pin(item, Pin.Mode.RECURSIVE);
            case 5 -> pin(item, Pin.Mode.DIRECT);
            case 6 -> putAll(item);
            default -> remove(root(item));
        }
    }

    private void remove(Cid root) throws IOException {
        try {
            node.remover()
                    .remove(
                            List.of(root),
                            (_, outcome) ->
                                    teller.tell(
                                            Teller.COUNT,
                                            switch (outcome) {
                                                case Outcome.Removed() -> "root removed";
                                                case Outcome.Absent() -> "root not there to remove";
                                                case Outcome.InUse() -> "root in use";
                                                case Outcome.Pinned(_), Outcome.Kept(_) ->
                                                        "root kept";
                                            }));
        } catch (CollectionRunsException _) {
            teller.tell(Teller.COUNT, "root not removed beside a collection");
        }
    }

    private void withPin(Item item, PinState state) throws IOException {
        switch (random.nextInt(6)) {
            case 0, 1 -> read(item, state);
            case 2 -> add(item);
            case 3 -> pin(item, state.mode());
            case 4 -> pin(item, Pin.Mode.RECURSIVE);
            default -> unpin(item);
        }
    }

    private void add(Item item) throws IOException {
        PinState next = tries(item, Pin.Mode.RECURSIVE);
        item.addTo(node, next.name());
        did(item, next, "added");
        if (random.nextInt(4) == 0) read(item, next);
    }

    /// Pins what may be there or not, or gives a pin another name.
    private void pin(Item item, Pin.Mode mode) throws IOException {
        Cid root = root(item);
        PinState next = tries(item, mode);
        try {
            node.pins().add(root, mode, next.name());
        } catch (MissingBlockException e) {
            // Of an item that is pinned whole nothing is missing.
            PinState before = pinned.get(item.number());
            if (before != null && (before.mode() == Pin.Mode.RECURSIVE || mode == before.mode()))
                throw e;
            teller.tell(Teller.DID_NOT, item.number());
            return;
        }
        did(item, next, "pinned");
        if (random.nextInt(4) == 0) read(item, next);
    }

    private void unpin(Item item) throws IOException {
        Cid root = root(item);
        teller.tell(Teller.TRY, item.number(), PinState.NONE.word());
        node.pins().remove(List.of(root));
        pinned.remove(item.number());
        remember(item);
        teller.tell(Teller.DID, item.number(), "unpinned");
    }

    private void remember(Item item) {
        recent.push(item.number());
        if (recent.size() > RECENT) recent.removeLast();
    }

    /// Puts the blocks of an item, one by one while they are few.
    private void putAll(Item item) throws IOException {
        int[] left = {50};
        item.generate(
                block -> {
                    if (left[0]-- > 0) node.blocks().put(block);
                },
                node.hashes());
        teller.tell(Teller.COUNT, "blocks put");
    }

    private void read(Item item, PinState state) throws IOException {
        new ItemCheck(node).check(item, state.mode());
        teller.tell(Teller.COUNT, "read");
    }

    private PinState tries(Item item, Pin.Mode mode) {
        PinState next = new PinState(mode, PinState.name(item.number(), revision++));
        teller.tell(Teller.TRY, item.number(), next.word());
        return next;
    }

    private void did(Item item, PinState next, String what) {
        pinned.put(item.number(), next);
        teller.tell(Teller.DID, item.number(), what);
    }

    private Cid root(Item item) throws IOException {
        Cid known = roots.get(item.number());
        if (known != null) return known;
        Cid root = item.generate((Block block) -> {}, node.hashes());
        roots.put(item.number(), root);
        return root;
    }
}
