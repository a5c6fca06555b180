package cairn.node;

import cairn.blockstore.Pin;
import cairn.blockstore.Pins;
import cairn.dag.BlockSource;
import cairn.dag.DagException;
import cairn.dag.PbLink;
import cairn.dag.PbNode;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.multiformats.Multicodec;
import cairn.multiformats.Multihash;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The pins of a node, and what they keep.
public final class Pinner {
    private final Pins pins;
    private final BlockSource source;

    Pinner(Pins pins, BlockSource source) {
        this.pins = pins;
        this.source = source;
    }

    /// What [#walk] calls.
    @FunctionalInterface
    public interface Visitor {
        /// @return whether to go on
        boolean visit(Cid cid) throws IOException;
    }

    /// Pins a block, and with [Pin.Mode#RECURSIVE] all below it; durable on return. A direct pin
    /// becomes a recursive one when asked, and a name replaces another.
    ///
    /// @param name may be empty
    /// @throws DagException when a block is missing, which it names; nothing is pinned then
    /// @throws RepoException when the block is pinned recursively and a direct pin is asked for
    public void add(Cid cid, Pin.Mode mode, String name) throws IOException {
        Optional<Pin> present = pins.get(cid);
        switch (mode) {
            case DIRECT -> {
                if (present.isPresent() && present.get().mode() == Pin.Mode.RECURSIVE)
                    throw new RepoException("pin: " + cid + " already pinned recursively");
                read(cid);
            }
            case RECURSIVE -> walk(cid, below -> true);
        }
        pins.add(List.of(new Pin(cid, mode, name)));
    }

    /// Removes a pin; durable on return.
    ///
    /// @return whether it was there
    public boolean remove(Cid cid) throws IOException {
        if (pins.get(cid).isEmpty()) return false;
        pins.remove(List.of(cid));
        return true;
    }

    /// The pin of a CID itself.
    public Optional<Pin> get(Cid cid) throws IOException {
        return pins.get(cid);
    }

    /// Visits the pins, in the order of their CIDs' bytes, until the visitor returns false.
    public void forEach(Pins.Visitor visitor) throws IOException {
        pins.forEach(visitor);
    }

    /// A recursive pin whose DAG holds a block below its root.
    public Optional<Pin> keeperOf(Cid cid) throws IOException {
        Pin[] keeper = {null};
        Set<Multihash> seen = new HashSet<>();
        pins.forEach(
                pin -> {
                    if (pin.mode() == Pin.Mode.RECURSIVE) {
                        boolean[] found = {false};
                        walk(
                                pin.cid(),
                                seen,
                                below -> {
                                    found[0] = below.equals(cid) && !below.equals(pin.cid());
                                    return !found[0];
                                });
                        if (found[0]) keeper[0] = pin;
                    }
                    return keeper[0] == null;
                });
        return Optional.ofNullable(keeper[0]);
    }

    /// Visits a root and every block below it, each once, reading them all, until the visitor
    /// returns false.
    ///
    /// @throws DagException when a block is missing or can't be read
    public void walk(Cid root, Visitor visitor) throws IOException {
        walk(root, new HashSet<>(), visitor);
    }

    /// @param seen hashes that were visited and are passed over; what is visited is added
    public void walk(Cid root, Set<Multihash> seen, Visitor visitor) throws IOException {
        Deque<Cid> left = new ArrayDeque<>();
        left.push(root);
        while (!left.isEmpty()) {
            Cid cid = left.pop();
            if (!seen.add(cid.hash())) continue;
            Block block = read(cid);
            if (!visitor.visit(cid)) return;
            if (!cid.codec().equals(Multicodec.DAG_PB)) continue;
            for (PbLink link : PbNode.decode(block.data()).links().reversed())
                if (!seen.contains(link.cid().hash())) left.push(link.cid());
        }
    }

    private Block read(Cid cid) throws IOException {
        return source.get(cid)
                .orElseThrow(
                        () ->
                                new DagException(
                                        "pin: block was not found locally (offline): " + cid));
    }
}
