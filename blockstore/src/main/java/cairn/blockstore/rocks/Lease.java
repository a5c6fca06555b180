package cairn.blockstore.rocks;

import cairn.blockstore.StoreException;

import cairn.blockstore.Pin;
import cairn.blockstore.database.IndexRecord;
import cairn.multiformats.Cid;
import cairn.multiformats.Multihash;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
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

    /// The damaged copies of some of those.
    private final Map<Multihash, IndexRecord> damaged = new ConcurrentHashMap<>();

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

    /// Records a pin of blocks that another one keeps, and removes others, in one step: unless that
    /// other pin has changed, or a collection has run since the lease began. One that runs may have
    /// passed the new pin's place and not yet come to the old one's, so that what both keep must be
    /// held under the lease instead.
    ///
    /// @param from the pin which keeps what the new one needs and the lease doesn't hold
    /// @return whether the step was taken; durable then
    public boolean replacePins(Pin from, List<Cid> removed, Pin pin) throws IOException {
        return leases.replacePins(from, removed, pin, this);
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

    /// Takes a block to write, in the place of a copy that was found damaged.
    ///
    /// @return whether it isn't being written already
    boolean claim(Multihash hash, IndexRecord copy) {
        damaged.putIfAbsent(hash, copy);
        return pending.add(hash);
    }

    /// Whether what is written of a block is to replace a copy of it.
    boolean isToReplace(Multihash hash, IndexRecord copy) {
        return copy.equals(damaged.get(hash));
    }

    /// Blocks that were claimed are in the index now.
    void settle(Collection<Multihash> written) {
        for (Multihash hash : written) {
            pending.remove(hash);
            damaged.remove(hash);
        }
    }

    /// Ends the lease.
    @Override
    public void close() {
        leases.end(this);
    }
}
