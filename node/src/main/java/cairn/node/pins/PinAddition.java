package cairn.node.pins;

import cairn.blockstore.Pin;
import cairn.blockstore.Pins;
import cairn.blockstore.rocks.Lease;
import cairn.dag.BlockSource;
import cairn.dag.MissingBlockException;
import cairn.dag.walk.DagWalk;
import cairn.dag.walk.Visited;
import cairn.multiformats.Cid;
import java.io.IOException;
import java.util.List;

/// Pins in the making, in any number of steps that share what was met. Collections leave all that
/// was met until it is closed. For one thread.
public final class PinAddition implements AutoCloseable {
    private final Lease lease;
    private final Pins pins;
    private final VisitedBlocks met;
    private final DagWalk walk;
    private final Pin.Mode mode;
    private final String name;
    private final DagWalk.Visitor progress;
    private boolean broken;
    private boolean closed;

    PinAddition(
            Lease lease,
            Pins pins,
            BlockSource source,
            Pin.Mode mode,
            String name,
            DagWalk.Visitor progress) {
        this.lease = lease;
        this.pins = pins;
        this.met = new VisitedBlocks(lease::number);
        this.walk = new DagWalk(source, met);
        this.mode = mode;
        this.name = name;
        this.progress = progress;
    }

    /// Pins blocks, and with [Pin.Mode#RECURSIVE] all below them, all or none; durable on return. A
    /// direct pin becomes a recursive one when asked, and a name replaces another. A collection
    /// that runs meanwhile leaves the blocks. After an error, nothing can be added any more.
    ///
    /// @throws MissingBlockException when a block is missing, which it names; none of these is
    ///   pinned then
    /// @throws cairn.dag.DagException when a block is malformed, or of a codec whose links can't be
    ///   read; it names it
    /// @throws PinException when the block is pinned recursively and a direct pin is asked for
    /// @throws IllegalStateException after it was closed: nothing keeps from collections then what
    ///   it had met
    public void add(List<Cid> cids) throws IOException {
        if (closed) throw new IllegalStateException("it is closed");
        // What a walk had met when it broke off isn't whole below.
        if (broken) throw new IllegalStateException("it failed before");
        broken = true;
        for (Cid cid : cids)
            switch (mode) {
                case DIRECT -> {
                    if (pins.get(cid).filter(p -> p.mode() == Pin.Mode.RECURSIVE).isPresent())
                        throw new PinException("pin: " + cid + " already pinned recursively");
                    if (met.meet(cid) == Visited.Meeting.ABSENT)
                        throw new MissingBlockException(cid);
                }
                case RECURSIVE -> walk.forEach(cid, progress);
            }
        pins.add(cids.stream().distinct().map((Cid cid) -> new Pin(cid, mode, name)).toList());
        broken = false;
    }

    @Override
    public void close() {
        closed = true;
        lease.close();
    }
}
