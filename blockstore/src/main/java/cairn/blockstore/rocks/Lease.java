package cairn.blockstore.rocks;

import cairn.blockstore.StoreException;

import cairn.blockstore.Pin;
import cairn.multiformats.Cid;
import cairn.multiformats.Multihash;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A lease keeps blocks from collections for as long as something that needs them is being made:
/// those that were stored since it began, and those that were found under it. It ends after the
/// pins are durable which keep the blocks from then on.
///
/// Safe for use by many threads at once.
public final class Lease implements AutoCloseable {
    private final Leases leases;
    private final Horizon start;
    private final NumberSet held = new NumberSet();

    /// How many collections had begun when the lease began, or less when one ran.
    private final long collections;

    /// What is written under the lease and not in the index yet.
    private final Set<Multihash> pending = ConcurrentHashMap.newKeySet();

    Lease(Leases leases, Horizon start, long collections) {
        this.leases = leases;
        this.start = start;
        this.collections = collections;
    }

    /// Looks a block up and keeps it until the lease ends.
    ///
    /// @return whether it is here
    /// @throws StoreException when the store is closed
    public boolean hold(Multihash hash) throws IOException {
        return number(hash).isPresent();
    }

    /// The same.
    ///
    /// @return the block's sequence number; empty when it is not here
    public OptionalLong number(Multihash hash) throws IOException {
        return leases.hold(hash, this);
    }

    /// Records a pin and removes others, in one step, unless a collection has run since the lease
    /// began: one that runs may have passed the new pin's place and not yet come to the old one's,
    /// so that what both keep must be held under the lease instead.
    ///
    /// @return whether the step was taken; durable then
    public boolean replacePins(List<Cid> removed, Pin pin) throws IOException {
        return leases.replacePins(removed, pin, this);
    }

    /// See the field.
    long collections() {
        return collections;
    }

    /// The first numbers that were free when the lease began.
    Horizon start() {
        return start;
    }

    /// The numbers of blocks that were found here.
    NumberSet held() {
        return held;
    }

    /// What [Leases#claim] gave to the lease to write, until [#settle].
    Set<Multihash> pending() {
        return pending;
    }

    /// Blocks that were claimed are in the index now.
    void settle(Collection<Multihash> written) {
        for (Multihash hash : written) pending.remove(hash);
    }

    /// Ends the lease.
    @Override
    public void close() {
        leases.end(this);
    }
}
