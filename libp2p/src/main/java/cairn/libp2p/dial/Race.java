package cairn.libp2p.dial;

import cairn.libp2p.dial.DialException.Failure;
import cairn.multiformats.multiaddr.Multiaddr;
import cairn.multiformats.peer.PeerId;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// A race dials the addresses of one peer by a [DialPlan]: each at its time, or earlier when all
/// before it have failed. The first link wins; the other attempts are interrupted, and a link that
/// one of them still makes is closed. It runs on the thread that calls [#run]; each attempt has a
/// virtual thread.
final class Race {
    /// The longest that an attempt may take, handshakes included.
    static final Duration ATTEMPT_TIME = Duration.ofSeconds(15);

    /// The most attempts at once for one peer.
    static final int MAX_ATTEMPTS = 8;

    private final PeerId peer;
    private final LinkMaker maker;
    private final Semaphore slots;
    private final LongSupplier nanoTime;
    private final Deque<DialPlan.Step> waiting;
    private final Map<Multiaddr, Attempt> running = new HashMap<>();
    private final List<Failure> failures;
    private final BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();

    /// Guarded by `this`: once set, further links are closed.
    private boolean over;

    private record Attempt(Thread thread, long until) {}

    /// @param dialled null where the attempt failed
    private record Outcome(Multiaddr address, Dialled dialled, IOException failure) {}

    /// @param slots what all races share
    /// @param failures what is known already of addresses that aren't tried
    Race(
            PeerId peer,
            DialPlan plan,
            LinkMaker maker,
            Semaphore slots,
            LongSupplier nanoTime,
            List<Failure> failures) {
        this.peer = peer;
        this.maker = maker;
        this.slots = slots;
        this.nanoTime = nanoTime;
        this.waiting = new ArrayDeque<>(plan.steps());
        this.failures = new ArrayList<>(failures);
    }

    /// Runs the race.
    ///
    /// @param failed told of each address that was tried in vain
    /// @throws DialException when no address worked
    Dialled run(FailedAttempt failed) throws IOException {
        long start = nanoTime.getAsLong();
        try {
            while (true) {
                long now = nanoTime.getAsLong();
                startDue(start, now);
                expire(now);
                if (running.isEmpty() && waiting.isEmpty()) throw new DialException(peer, failures);
                Outcome outcome = outcomes.poll(untilNext(start, now), TimeUnit.NANOSECONDS);
                if (outcome == null) continue;
                running.remove(outcome.address());
                if (outcome.dialled() != null) return outcome.dialled();
                failed.at(outcome.address());
                failures.add(new Failure(outcome.address(), reason(outcome.failure())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while dialling " + peer);
        } finally {
            end();
        }
    }

    /// Told of addresses that were tried in vain.
    @FunctionalInterface
    interface FailedAttempt {
        void at(Multiaddr address);
    }

    private void startDue(long start, long now) {
        while (!waiting.isEmpty() && running.size() < MAX_ATTEMPTS) {
            boolean due = now - start >= waiting.peek().delay().toNanos();
            if (!due && !running.isEmpty()) return;
            Multiaddr address = waiting.remove().address();
            Thread thread =
                    Thread.ofVirtual().name("dial " + address).unstarted(() -> attempt(address));
            running.put(address, new Attempt(thread, now + ATTEMPT_TIME.toNanos()));
            thread.start();
        }
    }

    private void expire(long now) {
        for (Attempt attempt : running.values())
            if (now - attempt.until() >= 0) attempt.thread().interrupt();
    }

    /// Nanoseconds until the next address is due or the next attempt has taken too long.
    private long untilNext(long start, long now) {
        long next = Long.MAX_VALUE;
        if (!waiting.isEmpty() && running.size() < MAX_ATTEMPTS)
            next = start + waiting.peek().delay().toNanos() - now;
        for (Attempt attempt : running.values()) next = Math.min(next, attempt.until() - now);
        // An attempt that was interrupted needs a moment to say so.
        return Math.max(next, TimeUnit.MILLISECONDS.toNanos(10));
    }

    private void attempt(Multiaddr address) {
        try {
            slots.acquire();
            try {
                offer(address, maker.make(peer, address));
            } finally {
                slots.release();
            }
        } catch (IOException e) {
            outcomes.add(new Outcome(address, null, e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            outcomes.add(new Outcome(address, null, new InterruptedIOException("gave up")));
        }
    }

    private void offer(Multiaddr address, Dialled dialled) throws IOException {
        synchronized (this) {
            if (!over) {
                outcomes.add(new Outcome(address, dialled, null));
                return;
            }
        }
        dialled.link().muxed().close();
    }

    private void end() throws IOException {
        synchronized (this) {
            over = true;
        }
        for (Attempt attempt : running.values()) attempt.thread().interrupt();
        // Links that came in after the winner, and before the end.
        for (Outcome late : outcomes)
            if (late.dialled() != null) late.dialled().link().muxed().close();
    }

    private static String reason(IOException failure) {
        if (failure instanceof InterruptedIOException)
            return "no answer within " + ATTEMPT_TIME.toSeconds() + " s";
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }
}
