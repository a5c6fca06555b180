package cairn.node;

import cairn.blockstore.rocks.Lease;
import cairn.blockstore.Pin;
import cairn.blockstore.Pins;
import cairn.dag.BlockSource;
import cairn.dag.IdentityBlocks;
import cairn.dag.MissingBlockException;
import cairn.dag.walk.DagWalk;
import cairn.multiformats.Cid;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// The pins of a node, and what they keep.
public final class Pinner {
    private final Pins pins;
    private final BlockSource source;
    private final Leases leases;

    Pinner(Pins pins, BlockSource source, Leases leases) {
        this.pins = pins;
        this.source = source;
        this.leases = leases;
    }

    /// Where the lease of a pin in the making comes from.
    @FunctionalInterface
    interface Leases {
        Lease open() throws IOException;
    }

    /// Pins blocks, and with [Pin.Mode#RECURSIVE] all below them, all or none; durable on return. A
    /// direct pin becomes a recursive one when asked, and a name replaces another. A collection
    /// that runs meanwhile leaves the blocks.
    ///
    /// @param name may be empty
    /// @param progress is told each block that was found
    /// @throws MissingBlockException when a block is missing, which it names; nothing is pinned
    ///   then
    /// @throws RepoException when the block is pinned recursively and a direct pin is asked for
    public void add(List<Cid> cids, Pin.Mode mode, String name, DagWalk.Visitor progress)
            throws IOException {
        try (Lease lease = leases.open()) {
            BlockSource leased = IdentityBlocks.over(new LeasedBlocks(source, lease));
            DagWalk walk = new DagWalk(leased);
            for (Cid cid : cids)
                switch (mode) {
                    case DIRECT -> {
                        if (pins.get(cid).filter(p -> p.mode() == Pin.Mode.RECURSIVE).isPresent())
                            throw new RepoException("pin: " + cid + " already pinned recursively");
                        if (!leased.has(cid)) throw new MissingBlockException(cid);
                    }
                    case RECURSIVE -> walk.forEach(cid, progress);
                }
            pins.add(cids.stream().distinct().map((Cid cid) -> new Pin(cid, mode, name)).toList());
        }
    }

    /// The same with one block, telling nobody.
    public void add(Cid cid, Pin.Mode mode, String name) throws IOException {
        add(List.of(cid), mode, name, found -> true);
    }

    /// Removes pins, all or none; durable on return.
    ///
    /// @throws RepoException when one isn't there
    public void remove(List<Cid> cids) throws IOException {
        for (Cid cid : cids)
            if (pins.get(cid).isEmpty())
                throw new RepoException(cid + ": not pinned or pinned indirectly");
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

    /// A recursive pin that keeps a block which lies below its root.
    public Optional<Pin> keeperOf(Cid cid) throws IOException {
        AtomicReference<Pin> keeper = new AtomicReference<>();
        DagWalk walk = new DagWalk(source);
        pins.forEach(
                pin -> {
                    // A walk from the block itself would let those of later pins pass it over.
                    if (pin.mode() != Pin.Mode.RECURSIVE || pin.cid().equals(cid)) return true;
                    walk.forEach(
                            pin.cid(),
                            below -> {
                                boolean kept = below.equals(cid);
                                if (kept) keeper.set(pin);
                                return !kept;
                            });
                    return keeper.get() == null;
                });
        return Optional.ofNullable(keeper.get());
    }

    /// Visits each CID that has no pin of its own and lies below a recursive one, once, until the
    /// visitor returns false.
    public void forEachIndirect(DagWalk.Visitor visitor) throws IOException {
        DagWalk walk = new DagWalk(source);
        AtomicReference<Boolean> more = new AtomicReference<>(true);
        pins.forEach(
                pin -> {
                    if (pin.mode() != Pin.Mode.RECURSIVE) return true;
                    walk.forEach(
                            pin.cid(),
                            below -> {
                                more.set(pins.get(below).isPresent() || visitor.visit(below));
                                return more.get();
                            });
                    return more.get();
                });
    }
}
