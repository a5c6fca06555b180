package cairn.node.exchange;

import cairn.blockstore.WriteSession;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.multiformats.Multihash;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// A keeper stores blocks as they come, many at once, and gives them out meanwhile: a store shows
/// blocks only when they are durable.
///
/// State is guarded by `this`; only the storing thread writes to the store, and holds nothing while
/// it does. It is a platform thread, since the store's native calls would pin a virtual one's
/// carrier.
///
/// **Limit:** [#MOST_HELD] bytes of blocks; whoever brings more waits.
final class Keeper implements Closeable {
    /// As much as a write session's commit is worth: some 30 ms of a disk's time each.
    private static final long COMMIT_BYTES = 16 << 20;

    /// Twice that, so that blocks still come while others are made durable.
    private static final long MOST_HELD = 2 * COMMIT_BYTES;

    /// What arrived is durable after this, however little it is.
    private static final long COMMIT_MILLIS = 500;

    /// Opens a write session of the store.
    @FunctionalInterface
    interface Sessions {
        WriteSession open() throws IOException;
    }

    private final Sessions sessions;
    private final Consumer<List<Cid>> stored;
    private final Thread storing;
    private final Map<Multihash, Block> held = new HashMap<>();
    private final ArrayDeque<Block> waiting = new ArrayDeque<>();
    private long heldBytes;
    private Optional<IOException> failure = Optional.empty();
    private boolean begun;
    private boolean closed;

    /// @param stored told of blocks that are durable
    Keeper(Sessions sessions, Consumer<List<Cid>> stored) {
        this.sessions = sessions;
        this.stored = stored;
        storing = Thread.ofPlatform().daemon().name("fetched-blocks").unstarted(this::store);
    }

    /// Takes a block that has just come. Waits while too much is held.
    ///
    /// @throws IOException when blocks can't be stored
    synchronized void keep(Block block) throws IOException {
        awaitWhile(() -> heldBytes > MOST_HELD);
        check();
        if (held.putIfAbsent(block.cid().hash(), block) != null) return;
        heldBytes += block.size();
        waiting.add(block);
        if (!begun) storing.start();
        begun = true;
        notifyAll();
    }

    /// A block that is yet to be seen in the store. One of the same bytes under another codec isn't
    /// it: it is read in another way.
    synchronized Optional<Block> held(Cid cid) {
        return Optional.ofNullable(held.get(cid.hash())).filter(block -> block.cid().equals(cid));
    }

    /// Waits until all that came is durable.
    synchronized void flush() throws IOException {
        awaitWhile(() -> !held.isEmpty());
        check();
    }

    private void check() throws IOException {
        if (failure.isPresent()) throw new IOException(failure.get().getMessage(), failure.get());
        if (closed) throw new IOException("the fetch was closed");
    }

    private synchronized void awaitWhile(BooleanSupplier condition) throws InterruptedIOException {
        try {
            while (condition.getAsBoolean() && failure.isEmpty() && !closed) wait();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while blocks were stored");
        }
    }

    private void store() {
        boolean ended = false;
        try {
            for (List<Block> batch = next(); !batch.isEmpty(); batch = next()) storeBatch(batch);
            ended = true;
        } catch (IOException e) {
            fail(e);
        } catch (InterruptedException e) {
            fail(new InterruptedIOException("interrupted while blocks were stored"));
        } finally {
            // Else those who bring blocks would wait for ever.
            if (!ended) fail(new IOException("an error in Cairn itself while blocks were stored"));
        }
    }

    /// Blocks for one session: what is there is put at once, more while it comes in time.
    private void storeBatch(List<Block> first) throws IOException, InterruptedException {
        List<Block> batch = new ArrayList<>();
        try (WriteSession session = sessions.open()) {
            long latest = System.nanoTime() + COMMIT_MILLIS * 1_000_000;
            long bytes = 0;
            for (List<Block> blocks = first; !blocks.isEmpty(); blocks = more(latest, bytes)) {
                for (Block block : blocks) {
                    session.put(block);
                    bytes += block.size();
                }
                batch.addAll(blocks);
            }
            session.commit(List.of());
        }
        release(batch);
        stored.accept(batch.stream().map(Block::cid).toList());
    }

    /// The next blocks; none when it is closed.
    private synchronized List<Block> next() throws InterruptedException {
        while (waiting.isEmpty() && !closed) wait();
        return drain();
    }

    private synchronized List<Block> more(long latest, long bytes) throws InterruptedException {
        if (bytes >= COMMIT_BYTES) return List.of();
        long left = latest - System.nanoTime();
        while (waiting.isEmpty() && left > 0 && !closed) {
            wait(Math.max(1, left / 1_000_000));
            left = latest - System.nanoTime();
        }
        return drain();
    }

    private List<Block> drain() {
        List<Block> blocks = List.copyOf(waiting);
        waiting.clear();
        return blocks;
    }

    private synchronized void release(List<Block> batch) {
        for (Block block : batch) {
            held.remove(block.cid().hash());
            heldBytes -= block.size();
        }
        notifyAll();
    }

    private synchronized void fail(IOException e) {
        if (failure.isEmpty()) failure = Optional.of(e);
        held.clear();
        waiting.clear();
        heldBytes = 0;
        notifyAll();
    }

    /// Makes durable what has come, and takes no more.
    @Override
    public void close() throws IOException {
        synchronized (this) {
            closed = true;
            notifyAll();
            if (!begun) return;
        }
        boolean interrupted = false;
        while (storing.isAlive()) {
            try {
                storing.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
        synchronized (this) {
            if (failure.isPresent())
                throw new IOException(failure.get().getMessage(), failure.get());
        }
    }
}
