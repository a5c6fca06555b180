package cairn.libp2p.bandwidth;

import cairn.libp2p.limits.Meter;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/// A throttle holds the threads that pass bytes through it to one rate between them. They wait in a
/// line: what is large passes in pieces of a burst, and after each piece its thread goes to the end
/// of the line, so that all are served alike. Without a rate it costs one look at a field.
///
/// `lock` guards the bucket and the line; under it senders are asked, who take locks of their own.
final class Throttle {
    /// Waits as long as it takes.
    private static final Meter.Sender PATIENT =
            new Meter.Sender() {
                @Override
                public void check() {}

                @Override
                public long goodFor() {
                    return Long.MAX_VALUE;
                }
            };

    private final LongSupplier nanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Condition> line = new ArrayDeque<>();
    private TokenBucket bucket;
    private volatile long rate;

    Throttle(long rate, LongSupplier nanos) {
        this.nanos = nanos;
        rate(rate);
    }

    /// Sets the rate in bytes a second, or 0 for none; those who wait go by the new one.
    void rate(long next) {
        lock.lock();
        try {
            if (next == rate) return;
            if (next == 0) bucket = null;
            else if (bucket == null) bucket = new TokenBucket(next, nanos.getAsLong());
            else bucket.rate(next, nanos.getAsLong());
            rate = next;
            line.forEach(Condition::signal);
        } finally {
            lock.unlock();
        }
    }

    /// Lets those who wait see whether they are still wanted.
    void wake() {
        lock.lock();
        try {
            line.forEach(Condition::signal);
        } finally {
            lock.unlock();
        }
    }

    /// Waits until so many bytes may pass.
    ///
    /// @param ended whether the connection was closed, which ends the wait
    /// @throws InterruptedIOException when the thread is interrupted
    /// @throws IOException when the connection was closed
    void pass(int bytes, BooleanSupplier ended) throws IOException {
        pass(bytes, ended, PATIENT);
    }

    /// The same for a sender that may cease to want it.
    ///
    /// @throws IOException also what the sender's check throws
    void pass(int bytes, BooleanSupplier ended, Meter.Sender sender) throws IOException {
        int left = bytes;
        while (left > 0 && rate != 0) left -= passPiece(left, ended, sender);
    }

    private int passPiece(int bytes, BooleanSupplier ended, Meter.Sender sender)
            throws IOException {
        lock.lock();
        try {
            if (bucket == null) return bytes;
            int piece = Math.min(bytes, bucket.burst());
            if (line.isEmpty() && bucket.spend(piece, nanos.getAsLong()) == 0) return piece;
            Condition turn = lock.newCondition();
            line.addLast(turn);
            try {
                return await(turn, bytes, ended, sender);
            } finally {
                line.remove(turn);
                if (!line.isEmpty()) line.peekFirst().signal();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while held to a rate");
        } finally {
            lock.unlock();
        }
    }

    private int await(Condition turn, int bytes, BooleanSupplier ended, Meter.Sender sender)
            throws IOException, InterruptedException {
        while (true) {
            if (ended.getAsBoolean()) throw new IOException("closed while held to a rate");
            sender.check();
            if (bucket == null) return bytes;
            long wait = sender.goodFor();
            if (turn.equals(line.peekFirst())) {
                int piece = Math.min(bytes, bucket.burst());
                long own = bucket.spend(piece, nanos.getAsLong());
                if (own == 0) return piece;
                wait = Math.min(wait, own);
            }
            long unusedRest = turn.awaitNanos(wait);
        }
    }

    int waiting() {
        lock.lock();
        try {
            return line.size();
        } finally {
            lock.unlock();
        }
    }
}
