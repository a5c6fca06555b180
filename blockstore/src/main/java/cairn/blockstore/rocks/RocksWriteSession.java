package cairn.blockstore.rocks;

import cairn.blockstore.CorruptBlockException;
import cairn.blockstore.Pin;
import cairn.blockstore.StoreException;
import cairn.blockstore.StoreFullException;
import cairn.blockstore.WriteSession;
import cairn.blockstore.database.BlockRecord;
import cairn.blockstore.database.Database;
import cairn.blockstore.database.IndexRecord;

import cairn.multiformats.Block;
import cairn.multiformats.Multihash;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// A session on RocksDB gathers blocks. A few go through the log with the commit; from a threshold
/// on they are written to bulk files, by the threads that put them, one at a time, while a thread
/// of the session finishes the file before.
///
/// What it relies on is leased from its opening until it is closed. All fields but `lease` are
/// written under `turn`, which is held while a bulk file is written.
final class RocksWriteSession implements WriteSession {
    /// What the index takes for a block, in the log and in a table: 80 bytes each with a multihash
    /// of 34 bytes. What goes through the log is written there and to a table too.
    private static final int INDEX_BYTES = 160;

    private final RocksBlockstore blocks;
    private final Database database;
    private final BulkWriter bulk;
    private final ReentrantLock turn = new ReentrantLock();
    private final Map<Multihash, Block> gathered = new LinkedHashMap<>();

    /// Pending under it is what was put and is not in the index yet: gathered, in the open file, or
    /// in the one that is being taken.
    private final Lease lease;

    /// The room for what is gathered, in the open file, and in the one that is being taken.
    private final Room.Claim claim;

    /// What was claimed for the open file, or for what is gathered.
    private long claimed;

    private Arena arena;
    private ByteBuffer scratch;
    private long gatheredBytes;
    private BulkFile file;
    private Taking taking;
    private volatile boolean closed;

    /// Set by the first error; then nothing works but closing.
    private volatile IOException failure;

    RocksWriteSession(RocksBlockstore blocks, Database database, BulkWriter bulk) {
        this.blocks = blocks;
        this.database = database;
        this.bulk = bulk;
        lease = bulk.leases().open();
        claim = bulk.room().claim();
    }

    @Override
    public void put(Block block) throws IOException {
        Multihash hash = block.cid().hash();
        checkUsable();
        if (lease.pending().contains(hash)) return;
        if (!claim(block)) return;
        turn.lock();
        try {
            checkUsable();
            failingAll(() -> append(block));
        } finally {
            turn.unlock();
        }
    }

    /// Whether a block is to be written: it isn't here, or what is here isn't whole. That is read,
    /// because whoever puts a block may give up their own copy; and twice when it can't be, as a
    /// disk may fail once. It stays until the good bytes take its place.
    private boolean claim(Block block) throws IOException {
        Multihash hash = block.cid().hash();
        IndexRecord copy = blocks.find(hash);
        if (copy != null && isDamaged(block) && isDamaged(block)) return lease.claim(hash, copy);
        return database.run("look up " + hash, tables -> bulk.leases().claim(tables, hash, lease));
    }

    private boolean isDamaged(Block block) throws IOException {
        try {
            Optional<Block> stored = blocks.get(block.cid());
            return stored.isPresent() && !Arrays.equals(stored.get().bytes(), block.bytes());
        } catch (CorruptBlockException e) {
            return true;
        }
    }

    private void append(Block block) throws IOException {
        long size = BlockRecord.size(block.cid().hash(), block.size());
        long cost = (file == null ? 2 * size : size) + INDEX_BYTES;
        claim.take(cost);
        claimed += cost;
        if (file != null) {
            database.throughGate(
                    () -> {
                        file.add(block);
                        return null;
                    });
            claim.wrote(size);
        } else {
            gathered.put(block.cid().hash(), block);
            gatheredBytes += size;
            if (gatheredBytes >= bulk.sizes().gathered() || gathered.size() >= BulkFile.MAX_BLOCKS)
                spill();
        }
        if (file != null && bulk.isFull(file)) takeInBackground();
    }

    /// Moves what was gathered, at most [BulkFile#MAX_BLOCKS], to a bulk file.
    private void spill() throws IOException {
        if (scratch == null) {
            arena = Arena.ofShared();
            scratch = arena.allocate(BlockRecord.MAX_BYTES).asByteBuffer();
        }
        file = bulk.begin(scratch);
        database.throughGate(
                () -> {
                    for (Block block : gathered.values()) file.add(block);
                    return null;
                });
        claim.settle(gatheredBytes); // it doesn't go through the log after all
        claimed -= gatheredBytes;
        claim.wrote(gatheredBytes);
        gathered.clear();
        gatheredBytes = 0;
    }

    /// Hands the full file over, once the one before is taken: two are in flight at most.
    private void takeInBackground() throws IOException {
        awaitTaking();
        taking = handOver();
        taking.thread.start();
    }

    private Taking handOver() {
        Taking handed = new Taking(file, claimed);
        file = null;
        claimed = 0;
        return handed;
    }

    private void awaitTaking() throws IOException {
        if (taking == null) return;
        Taking awaited = taking;
        taking = null;
        awaited.await();
    }

    @Override
    public void commit(List<Pin> pins) throws IOException {
        turn.lock();
        try {
            checkUsable();
            failingAll(
                    () -> {
                        awaitTaking();
                        if (file != null) {
                            Taking last = handOver();
                            last.run();
                            last.rethrow();
                        }
                        writeThroughLog(pins);
                    });
        } finally {
            turn.unlock();
        }
    }

    /// Writes the gathered blocks, their index records, and the pins; synced on return.
    private void writeThroughLog(List<Pin> pins) throws IOException {
        database.run(
                "commit " + gathered.size() + " blocks and " + pins.size() + " pins",
                tables -> {
                    bulk.log(tables, gathered.values(), pins, lease);
                    return null;
                });
        lease.settle(gathered.keySet());
        claim.settle(claimed);
        claimed = 0;
        gathered.clear();
        gatheredBytes = 0;
    }

    private void checkUsable() throws IOException {
        if (closed) throw new StoreException("the write session is closed");
        if (failure instanceof StoreFullException full) throw full;
        if (failure != null)
            throw new StoreException(
                    "the write session failed before: " + failure.getMessage(), failure);
    }

    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }

    /// Runs a step; an error fails the session.
    private void failingAll(Step step) throws IOException {
        boolean done = false;
        try {
            step.run();
            done = true;
        } catch (IOException e) {
            failure = e;
            throw e;
        } finally {
            if (!done && failure == null) failure = new StoreException("it was broken off");
        }
    }

    /// Leaves nothing of what was not taken behind.
    @Override
    public void close() throws IOException {
        turn.lock();
        try {
            if (closed) return;
            closed = true;
            gathered.clear();
            try {
                awaitTaking();
            } finally {
                letGo();
            }
        } finally {
            turn.unlock();
        }
    }

    private void letGo() throws IOException {
        try {
            if (file != null) bulk.drop(file);
        } finally {
            file = null;
            claim.close();
            lease.close();
            if (arena != null) arena.close();
        }
    }

    /// The taking of a full file into the database, on a platform thread.
    private final class Taking implements Runnable {
        private final BulkFile full;
        private final long claimed;
        private final Thread thread;
        private volatile IOException error;
        private volatile boolean taken;

        /// @param claimed for the file
        Taking(BulkFile full, long claimed) {
            this.full = full;
            this.claimed = claimed;
            thread = Thread.ofPlatform().name("blockstore-taking").daemon().unstarted(this);
        }

        @Override
        public void run() {
            try {
                bulk.take(full, lease, claim, claimed);
                claim.settle(claimed);
                lease.settle(full.entries().stream().map(BulkFile.Entry::hash).toList());
                taken = true;
            } catch (IOException e) {
                error = e;
            } catch (RuntimeException
                    | Error e) { // ends only this thread: await must tell the session
                error = new StoreException("a file of blocks was not taken in: " + e, e);
            }
        }

        void await() throws IOException {
            boolean interrupted = false;
            while (true) {
                try {
                    thread.join();
                    break;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) Thread.currentThread().interrupt();
            rethrow();
        }

        void rethrow() throws IOException {
            if (error != null) throw error;
            if (!taken) throw new StoreException("a file of blocks was not taken in");
        }
    }
}
