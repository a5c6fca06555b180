package cairn.blockstore.rocks;

import cairn.blockstore.database.Database;
import cairn.blockstore.database.IndexRecord;
import cairn.blockstore.database.Tables;

import cairn.blockstore.Pin;
import cairn.blockstore.StoreException;
import cairn.multiformats.Cid;
import cairn.multiformats.Multihash;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.rocksdb.RocksDBException;

/// The leases of a store that are open, and the collection that has to respect them.
///
/// Finding a block and leasing it is one step against a collection's last look and deletion: the
/// first holds `lookups` for reading, the second for writing, for a batch at most. Taken inside of
/// a call on the [Database], never around one.
final class Leases {
    private final Database database;
    private final Sequences sequences;
    private final Set<Lease> open = ConcurrentHashMap.newKeySet();
    private final ReentrantReadWriteLock lookups = new ReentrantReadWriteLock();

    /// Held for reading while recursive pins are written, for writing while a direct one is checked
    /// and written: it must not replace a recursive one. Taken inside of all others.
    private final ReentrantReadWriteLock pinning = new ReentrantReadWriteLock();

    /// What the running collection keeps, or null; written under the write side of `lookups`.
    private NumberSet running;

    /// How many collections have begun; grows under the write side of `lookups`.
    private long collections;

    Leases(Database database, Sequences sequences) {
        this.database = database;
        this.sequences = sequences;
    }

    /// Begins a lease.
    Lease open() {
        lookups.readLock().lock();
        try {
            Lease lease = new Lease(this, sequences.next(), running == null ? collections : -1);
            open.add(lease);
            return lease;
        } finally {
            lookups.readLock().unlock();
        }
    }

    /// Where a block lies, leased from now on; null when it is not here.
    IndexRecord find(Tables tables, Multihash hash, Lease lease)
            throws RocksDBException, IOException {
        lookups.readLock().lock();
        try {
            checkOpen(lease);
            IndexRecord known = database.find(tables, hash);
            if (known != null) lease.held().add(known.number());
            return known;
        } finally {
            lookups.readLock().unlock();
        }
    }

    /// Leases a block.
    ///
    /// @return its number; empty when it is not here
    OptionalLong hold(Multihash hash, Lease lease) throws IOException {
        IndexRecord known = database.run("look up " + hash, tables -> find(tables, hash, lease));
        return known == null ? OptionalLong.empty() : OptionalLong.of(known.number());
    }

    private void checkOpen(Lease lease) throws StoreException {
        if (!open.contains(lease)) throw new StoreException("the lease is over");
    }

    /// Takes a step that writes pins, unless one of them is direct and would take the place of a
    /// recursive one. All that writes pins goes through here.
    ///
    /// @param pins that the step records; it may remove others
    <T> T pinning(Tables tables, List<Pin> pins, Database.Call<T> step)
            throws RocksDBException, IOException {
        boolean direct = pins.stream().anyMatch(pin -> pin.mode() == Pin.Mode.DIRECT);
        Lock lock = direct ? pinning.writeLock() : pinning.readLock();
        lock.lock();
        try {
            if (direct) for (Pin pin : pins) RocksPins.checkReplaced(database, tables, pin);
            return step.on(tables);
        } finally {
            lock.unlock();
        }
    }

    /// See [Lease#replacePins]. No collection begins, and nobody else changes pins, while these are
    /// written.
    boolean replacePins(Pin from, List<Cid> removed, Pin pin, Lease lease) throws IOException {
        return database.run(
                "replace pins by that of " + pin.cid(),
                tables -> {
                    lookups.readLock().lock();
                    pinning.writeLock().lock();
                    try {
                        checkOpen(lease);
                        if (collections != lease.collections()) return false;
                        if (!from.equals(RocksPins.get(database, tables, from.cid()).orElse(null)))
                            return false;
                        RocksPins.checkReplaced(database, tables, pin);
                        RocksPins.write(database, tables, removed, List.of(pin));
                        return true;
                    } finally {
                        pinning.writeLock().unlock();
                        lookups.readLock().unlock();
                    }
                });
    }

    /// Leases a block that is here; one that isn't is the lease's to write.
    ///
    /// @return whether it is to be written: it is neither here nor being written under this lease
    boolean claim(Tables tables, Multihash hash, Lease lease) throws RocksDBException, IOException {
        lookups.readLock().lock();
        try {
            checkOpen(lease);
            IndexRecord known = database.find(tables, hash);
            if (known == null) return lease.pending().add(hash);
            lease.held().add(known.number());
            return false;
        } finally {
            lookups.readLock().unlock();
        }
    }

    /// Ends a lease. A collection that runs keeps what it held: its marks may be older than the
    /// pins that were made under the lease.
    void end(Lease lease) {
        lookups.readLock().lock();
        try {
            if (running != null) running.addAll(lease.held());
            open.remove(lease);
        } finally {
            lookups.readLock().unlock();
        }
    }

    /// Begins a collection; empty while another one runs.
    ///
    /// @param kept what it keeps; grows by what leases held that end meanwhile
    /// @return the horizon, below which its candidates lie
    Optional<Horizon> begin(NumberSet kept) {
        lookups.writeLock().lock();
        try {
            if (running != null) return Optional.empty();
            running = kept;
            collections++;
            Horizon horizon = sequences.next();
            for (Lease lease : open) horizon = horizon.least(lease.start());
            return Optional.of(horizon);
        } finally {
            lookups.writeLock().unlock();
        }
    }

    /// Ends the collection that runs.
    void endCollection() {
        lookups.writeLock().lock();
        try {
            running = null;
        } finally {
            lookups.writeLock().unlock();
        }
    }

    /// A step that no look-up under a lease comes between.
    <T> T exclusively(Tables tables, Database.Call<T> step) throws RocksDBException, IOException {
        lookups.writeLock().lock();
        try {
            return step.on(tables);
        } finally {
            lookups.writeLock().unlock();
        }
    }

    /// Lets all that keeps a copy of a block keep another, which takes its place in the index.
    /// Called in [#exclusively].
    void replace(IndexRecord copy, IndexRecord by) {
        for (Lease lease : open)
            if (lease.held().contains(copy.number())) lease.held().add(by.number());
        if (running != null && running.contains(copy.number())) running.add(by.number());
    }

    /// Whether an open lease needs a block. Asked in [#exclusively].
    boolean isLeased(Multihash hash, IndexRecord record) {
        for (Lease lease : open)
            if (lease.held().contains(record.number()) || lease.pending().contains(hash))
                return true;
        return false;
    }
}
