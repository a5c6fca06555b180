package cairn.node.pins;

import cairn.blockstore.Pin;
import cairn.blockstore.Pins;
import cairn.blockstore.rocks.Lease;
import cairn.dag.BlockSource;
import cairn.dag.MissingBlockException;
import cairn.dag.walk.DagWalk;
import cairn.dag.walk.Visited;
import cairn.multiformats.Cid;
import cairn.dag.FetchingSource;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Pins in the making, in any number of steps that share what was met. Collections leave all that
/// was met until it is closed. For one thread.
public final class PinAddition implements AutoCloseable {
    private final Lease lease;
    private final Pins pins;
    private final Optional<FetchingSource> fetching;
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
            Optional<FetchingSource> fetching,
            Pin.Mode mode,
            String name,
            DagWalk.Visitor progress) {
        this.lease = lease;
        this.pins = pins;
        this.fetching = fetching;
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
        if (fetching.isPresent()) fetch(fetching.get(), cids);
        for (Cid cid : cids)
            switch (mode) {
                case DIRECT -> {
                    if (pins.get(cid).filter(p -> p.mode() == Pin.Mode.RECURSIVE).isPresent())
                        throw new PinException("pin: " + cid + " already pinned recursively");
                    if (met.meet(cid) == Visited.Meeting.ABSENT)
                        throw new MissingBlockException(cid);
                }
                case RECURSIVE -> walk.forEach(cid, fetching.isEmpty() ? progress : _ -> true);
            }
        pins.add(cids.stream().distinct().map((Cid cid) -> new Pin(cid, mode, name)).toList());
        broken = false;
    }

    /// Gets what isn't here yet. The lease, which is older than all that comes, keeps it, and what
    /// was here is leased as it is met.
    private void fetch(FetchingSource source, List<Cid> cids) throws IOException {
        for (Cid cid : cids)
            switch (mode) {
                case DIRECT -> {
                    if (lease.number(cid.hash()).isEmpty() && source.get(cid).isEmpty())
                        throw new MissingBlockException(cid);
                }
                case RECURSIVE -> {
                    source.expect(cid);
                    new DagWalk(source, new VisitedHereAndElsewhere(lease::number))
                            .forEach(cid, progress);
                }
            }
        source.flush();
    }

    @Override
    public void close() {
        closed = true;
        lease.close();
    }
}
