package cairn.node.pins;

import cairn.blockstore.Pin;
import cairn.blockstore.Pins;
import cairn.blockstore.rocks.Lease;
import cairn.blockstore.rocks.RocksStore;
import cairn.dag.BlockSource;
import cairn.dag.codec.Links;
import cairn.dag.walk.DagWalk;
import cairn.dag.walk.Visited;
import cairn.multiformats.Cid;
import cairn.multiformats.Hashes;
import cairn.dag.FetchingSource;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongPredicate;

/// The pins of a node, and what they keep. Walks remember what they met in a bit for each block.
public final class Pinner {
    private final RocksStore store;
    private final Pins pins;
    private final BlockSource source;
    private final Optional<FetchingSource> fetching;
    private final Hashes hashes;

    /// @param source what is here
    /// @param fetching gets what isn't, and is to be pinned
    /// @param hashes that blocks are checked with
    public Pinner(
            RocksStore store,
            BlockSource source,
            Optional<FetchingSource> fetching,
            Hashes hashes) {
        this(store, store.pins(), source, fetching, hashes);
    }

    Pinner(
            RocksStore store,
            Pins pins,
            BlockSource source,
            Optional<FetchingSource> fetching,
            Hashes hashes) {
        this.store = store;
        this.pins = pins;
        this.source = source;
        this.fetching = fetching;
        this.hashes = hashes;
    }

    /// Begins to pin, under one name and in one mode.
    ///
    /// @param name may be empty
    /// @param progress is told each block that was found
    public PinAddition adding(Pin.Mode mode, String name, DagWalk.Visitor progress)
            throws IOException {
        return new PinAddition(store.lease(), pins, source, fetching, mode, name, progress);
    }

    /// Pins blocks as [PinAddition#add] does.
    public void add(List<Cid> cids, Pin.Mode mode, String name, DagWalk.Visitor progress)
            throws IOException {
        try (PinAddition addition = adding(mode, name, progress)) {
            addition.add(cids);
        }
    }

    /// The same with one block, telling nobody.
    public void add(Cid cid, Pin.Mode mode, String name) throws IOException {
        add(List.of(cid), mode, name, found -> true);
    }

    /// Pins a DAG, recursively and under the name of the pin of another one; durable on return.
    /// What both have in the same place is taken to be here, and neither read nor followed.
    ///
    /// @param unpin whether the old pin goes, in the same step
    /// @throws PinException when the old one isn't pinned recursively, or the new one is already;
    ///   the same one may be given twice
    /// @throws cairn.dag.DagException as [PinAddition#add] does
    public void update(Cid from, Cid to, boolean unpin) throws IOException {
        // The lease first: it knows of every collection that may take what the old pin keeps.
        try (Lease lease = store.lease()) {
            Pin old =
                    pins.get(from)
                            .filter(Pinner::isRecursive)
                            .orElseThrow(
                                    () ->
                                            new PinException(
                                                    "'from' cid was not recursively pinned"
                                                            + " already"));
            if (from.equals(to)) return;
            if (pins.get(to).filter(Pinner::isRecursive).isPresent())
                throw new PinException("'to' cid was already recursively pinned");
            Pin pin = new Pin(to, Pin.Mode.RECURSIVE, old.name());
            List<Cid> removed = unpin ? List.of(from) : List.of();
            if (fetching.isPresent()) fetchDifference(fetching.get(), lease, from, to);
            new DagDifference(source, new VisitedBlocks(lease::number)).walk(from, to);
            if (lease.replacePins(old, removed, pin)) return;
            new DagWalk(source, new VisitedBlocks(lease::number)).forEach(to, found -> true);
            pins.replace(removed, pin);
        }
    }

    private static void fetchDifference(FetchingSource source, Lease lease, Cid from, Cid to)
            throws IOException {
        new DagDifference(source, new VisitedHereAndElsewhere(lease::number)).walk(from, to);
        source.flush();
    }

    /// Removes pins, all or none; durable on return.
    ///
    /// @throws PinException when one isn't there
    public void remove(List<Cid> cids) throws IOException {
        for (Cid cid : cids)
            if (pins.get(cid).isEmpty())
                // IPFS Cluster compares the message of a single one with these words.
                throw new PinException(
                        (cids.size() == 1 ? "" : cid + ": ") + "not pinned or pinned indirectly");
        pins.remove(cids);
    }

    /// The pin of a CID itself.
    public Optional<Pin> get(Cid cid) throws IOException {
        return pins.get(cid);
    }

    /// Visits the pins, in the order of their CIDs' bytes, until the visitor returns false.
    public void forEach(Pins.Visitor visitor) throws IOException {
        pins.forEach(visitor);
    }

    /// Looks for what is missing or damaged below every pin, and goes on after what it finds.
    /// Blocks that may have links are read and hashed, those of other codecs are looked up in the
    /// index.
    public void verify(PinCheckListener listener) throws IOException {
        verify(_ -> false, listener);
    }

    /// The same, where some blocks that are here are known to be damaged.
    ///
    /// @param damaged whether the block under a sequence number is
    public void verify(LongPredicate damaged, PinCheckListener listener) throws IOException {
        VisitedBlocks.Numbers sound =
                hash -> {
                    OptionalLong number = store.number(hash);
                    return number.isPresent() && damaged.test(number.getAsLong())
                            ? OptionalLong.empty()
                            : number;
                };
        PinCheck check = new PinCheck(sound, source, hashes, listener);
        pins.forEach(
                pin -> {
                    check.check(pin);
                    return true;
                });
    }

    /// By their CIDs, for blocks that lie below the root of a recursive pin, such a pin.
    public Map<Cid, Pin> keepersOf(Collection<Cid> cids) throws IOException {
        Map<Cid, Pin> keepers = new HashMap<>();
        Set<Cid> sought = new HashSet<>(cids);
        if (sought.isEmpty()) return keepers;
        AtomicReference<Pin> walked = new AtomicReference<>();
        VisitedBlocks met = new VisitedBlocks(store::number);
        Visited watched =
                new Visited() {
                    // Asked for every link, also for those to what was met before.
                    @Override
                    public Meeting meet(Cid cid) throws IOException {
                        Pin pin = walked.get();
                        if (!pin.cid().equals(cid) && sought.remove(cid)) keepers.put(cid, pin);
                        return met.meet(cid);
                    }

                    @Override
                    public boolean contains(Cid cid) throws IOException {
                        return met.contains(cid);
                    }
                };
        DagWalk walk = new DagWalk(source, watched);
        pins.forEach(
                pin -> {
                    if (!keepsOthers(pin)) return true;
                    walked.set(pin);
                    walk.forEach(pin.cid(), below -> !sought.isEmpty());
                    return !sought.isEmpty();
                });
        return keepers;
    }

    /// Visits each CID that has no pin of its own and lies below a recursive one, once, until the
    /// visitor returns false.
    public void forEachIndirect(DagWalk.Visitor visitor) throws IOException {
        DagWalk walk = new DagWalk(source, new VisitedBlocks(store::number));
        AtomicReference<Boolean> more = new AtomicReference<>(true);
        pins.forEach(
                pin -> {
                    if (!keepsOthers(pin)) return true;
                    walk.forEach(
                            pin.cid(),
                            below -> {
                                more.set(pins.get(below).isPresent() || visitor.visit(below));
                                return more.get();
                            });
                    return more.get();
                });
    }

    /// Whether anything can lie below a pin that it keeps.
    private static boolean keepsOthers(Pin pin) {
        return isRecursive(pin) && !Links.isLeaf(pin.cid().codec());
    }

    private static boolean isRecursive(Pin pin) {
        return pin.mode() == Pin.Mode.RECURSIVE;
    }
}
