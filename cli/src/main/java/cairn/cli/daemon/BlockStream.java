package cairn.cli.daemon;

import cairn.cli.console.Messages;
import cairn.dag.car.CarReader;
import cairn.dag.walk.Visited;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.multiformats.Hashes;
import cairn.multiformats.Multihash;
import cairn.rpc.client.Answer;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The blocks of a DAG as they come from a daemon, in the order in which readers come by them: held
/// until they are taken. Begun by the first that is asked for.
///
/// State is guarded by `this`; one thread reads the answer and waits while much is held.
///
/// **Limits:** [#MOST_HELD] bytes are held. When a reader misses a block then, the oldest half is
/// let go: the reader went another way.
final class BlockStream implements Closeable {
    /// Some hundred milliseconds of a fast link; far more than a reader asks for at once.
    private static final long MOST_HELD = 32 << 20;

    private final Opening opening;
    private final Hashes hashes;
    private final Needless needless;
    private final Messages messages;
    private final Map<Multihash, Block> held = new LinkedHashMap<>();
    private final Visited passed = Visited.onHeap();
    private long heldBytes;
    private boolean begun;
    private boolean ended;
    private Optional<IOException> failure = Optional.empty();
    private Optional<Answer> answer = Optional.empty();
    private volatile int sources;

    /// Asks for the DAG.
    interface Opening {
        /// The archive in frames; empty when there is no daemon.
        Optional<Answer> open() throws IOException;
    }

    /// Which blocks nobody will take.
    interface Needless {
        boolean test(Cid cid) throws IOException;
    }

    /// @param messages shows what the daemon says meanwhile
    BlockStream(Opening opening, Hashes hashes, Needless needless, Messages messages) {
        this.opening = opening;
        this.messages = messages;
        this.hashes = hashes;
        this.needless = needless;
    }

    /// How many peers the daemon has it from.
    int sources() {
        return sources;
    }

    /// Takes a block out; waits for it unless it has gone by already, or won't come.
    ///
    /// @throws IOException when the daemon couldn't go on
    synchronized Optional<Block> take(Cid cid) throws IOException {
        if (!begun) begin();
        while (true) {
            Block block = held.remove(cid.hash());
            if (block != null) {
                heldBytes -= block.size();
                notifyAll();
                // The same bytes under another codec are read in another way.
                return Optional.of(block).filter(taken -> taken.cid().equals(cid));
            }
            if (failure.isPresent())
                throw new IOException(failure.get().getMessage(), failure.get());
            if (ended || passed.contains(cid)) return Optional.empty();
            if (heldBytes >= MOST_HELD) {
                letGo();
                return Optional.empty();
            }
            await();
        }
    }

    private void begin() {
        begun = true;
        Thread.ofVirtual().name("blocks-of-daemon").start(this::run);
    }

    private void letGo() {
        Iterator<Block> oldest = held.values().iterator();
        while (heldBytes > MOST_HELD / 2 && oldest.hasNext()) {
            heldBytes -= oldest.next().size();
            oldest.remove();
        }
        notifyAll();
    }

    @SuppressWarnings("WaitNotInLoop") // Both callers do.
    private void await() throws InterruptedIOException {
        try {
            wait();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for the daemon");
        }
    }

    private void run() {
        Optional<IOException> why =
                Optional.of(new IOException("an error in Cairn itself while blocks came"));
        try (Answer open = opened()) {
            if (open != null) read(open);
            why = Optional.empty();
        } catch (IOException e) {
            why = Optional.of(e);
        } finally {
            end(why);
        }
    }

    private Answer opened() throws IOException {
        Optional<Answer> open = opening.open();
        synchronized (this) {
            answer = open;
            if (!ended || open.isEmpty()) return open.orElse(null);
        }
        open.get().close();
        return null;
    }

    private void read(Answer open) throws IOException {
        CarReader archive =
                CarReader.open(new FramedOutput(open.body(), count -> sources = count, messages));
        Optional<Block> block = archive.next(hashes);
        for (; block.isPresent(); block = archive.next(hashes)) {
            boolean wanted = !needless.test(block.get().cid());
            if (!hold(block.get(), wanted)) return;
        }
    }

    /// @return whether to go on
    private synchronized boolean hold(Block block, boolean wanted) throws IOException {
        while (heldBytes >= MOST_HELD && !ended) await();
        passed.meet(block.cid());
        if (wanted && held.putIfAbsent(block.cid().hash(), block) == null)
            heldBytes += block.size();
        notifyAll();
        return !ended;
    }

    private synchronized void end(Optional<IOException> why) {
        if (!ended) failure = why;
        ended = true;
        notifyAll();
    }

    @Override
    public void close() {
        Optional<Answer> open;
        synchronized (this) {
            ended = true;
            open = answer;
            notifyAll();
        }
        if (open.isEmpty()) return;
        try {
            open.get().close();
        } catch (IOException e) {
            // Nobody reads it any more.
        }
    }
}
