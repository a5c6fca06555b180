package cairn.blockstore.rocks;

import cairn.blockstore.StoreException;

import cairn.multiformats.Multihash;
import java.io.IOException;
import java.util.Collection;
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

    /// What is written under the lease and not in the index yet.
    private final Set<Multihash> pending = ConcurrentHashMap.newKeySet();

    Lease(Leases leases, Horizon start) {
        this.leases = leases;
        this.start = start;
    }

    /// Looks a block up and keeps it until the lease ends.
    ///
    /// @return whether it is here
    /// @throws StoreException when the store is closed
    public boolean hold(Multihash hash) throws IOException {
        return leases.hold(hash, this);
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
