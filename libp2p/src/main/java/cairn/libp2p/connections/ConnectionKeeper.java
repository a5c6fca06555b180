package cairn.libp2p.connections;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Closes connections when there are too many. A thread of its own looks when it is told of a new
/// connection and once in each silence period, and never twice within one: a wave of connections
/// would else be answered by a wave of rounds.
///
/// `lock` guards the flags; connections are closed without it.
public final class ConnectionKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionKeeper.class);

    private final Supplier<? extends Collection<? extends Candidate>> connections;
    private final PeerValues values = new PeerValues();
    private final Watermarks watermarks;
    private final TrimPolicy policy;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean isWanted;
    private boolean closed;
    private Instant lastRound = Instant.MIN;
    private final Thread thread;

    /// @param connections those that are open now
    public ConnectionKeeper(
            Watermarks watermarks,
            Supplier<? extends Collection<? extends Candidate>> connections,
            InstantSource clock) {
        this.watermarks = watermarks;
        this.connections = connections;
        this.clock = clock;
        this.policy = new TrimPolicy(watermarks, values);
        this.thread = Thread.ofVirtual().name("connection-keeper").start(this::run);
    }

    /// What peers are worth, and who is protected.
    public PeerValues values() {
        return values;
    }

    /// Says that a connection was opened. Returns at once.
    public void opened() {
        lock.lock();
        try {
            isWanted = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /// Closes what is too much now, unless that was done within the silence period.
    ///
    /// @return how many were closed
    int trim() {
        Instant now = clock.instant();
        lock.lock();
        try {
            isWanted = false;
            if (now.isBefore(nextRound())) return 0;
        } finally {
            lock.unlock();
        }
        List<Candidate> chosen = policy.choose(connections.get(), now);
        if (chosen.isEmpty()) return 0;
        lock.lock();
        try {
            lastRound = now;
        } finally {
            lock.unlock();
        }
        LOG.debug(
                "closing {} connections, as there are more than {}",
                chosen.size(),
                watermarks.high());
        close(chosen);
        return chosen.size();
    }

    /// Closes them side by side, as each may wait for its peer, and waits for that until it is
    /// interrupted.
    private static void close(List<Candidate> chosen) {
        List<Thread> closing = new ArrayList<>();
        for (Candidate each : chosen)
            closing.add(Thread.ofVirtual().name("trim " + each.peer()).start(each::close));
        try {
            for (Thread thread : closing) thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Instant nextRound() {
        return lastRound.equals(Instant.MIN) ? lastRound : lastRound.plus(watermarks.silence());
    }

    private void run() {
        try {
            while (awaitNeed()) trim();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Waits for a new connection, or for the end of a silence period, in which a grace may have
    /// ended.
    ///
    /// @return false once closed
    private boolean awaitNeed() throws InterruptedException {
        lock.lock();
        try {
            long left = Math.max(1, watermarks.silence().toNanos());
            while (!closed && !isWanted && left > 0) left = changed.awaitNanos(left);
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /// Ends the thread, and doesn't wait for it; connections stay as they are, or as they are being
    /// closed already.
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
        thread.interrupt();
    }
}
