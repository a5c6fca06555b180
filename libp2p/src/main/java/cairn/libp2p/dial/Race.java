package cairn.libp2p.dial;

import cairn.libp2p.dial.DialException.Failure;
import cairn.multiformats.multiaddr.Multiaddr;
import cairn.multiformats.peer.PeerId;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A race dials the addresses of one peer by a [DialPlan]: each at its time, or earlier when all
/// before it have failed. Names are resolved meanwhile, side by side, and what is behind one joins
/// when it is known. The first link wins; whatever else goes on is interrupted, and a link that
/// still comes of it is closed.
///
/// It runs on the thread that calls [#run]; each attempt and each name has a virtual thread, which
/// always says how it ended.
final class Race {
    /// The longest that a race may take.
    static final Duration TIME = Duration.ofSeconds(60);

    /// The longest that an attempt may take, handshakes included.
    static final Duration ATTEMPT_TIME = Duration.ofSeconds(15);

    /// The most attempts at once for one peer.
    static final int MAX_ATTEMPTS = 8;

    private static final Logger LOG = LoggerFactory.getLogger(Race.class);

    private final PeerId peer;
    private final Choice choice;
    private final LinkMaker maker;
    private final AddressResolution resolution;
    private final Semaphore slots;
    private final LongSupplier nanoTime;
    private final Deque<DialPlan.Step> waiting = new ArrayDeque<>();
    private final Map<Multiaddr, Attempt> running = new HashMap<>();
    private final Map<Multiaddr, Thread> resolving = new HashMap<>();
    private final List<Failure> failures = new ArrayList<>();
    private final BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();

    /// Guarded by `this`: once set, further links are closed.
    private boolean over;

    private record Attempt(Thread thread, long until) {}

    /// How something ended that was done for an address.
    private sealed interface Outcome {
        record Linked(Dialled dialled) implements Outcome {}

        record Failed(Multiaddr address, IOException failure) implements Outcome {}

        record Resolved(Multiaddr name, List<Multiaddr> addresses) implements Outcome {}

        record Unresolved(Multiaddr name, IOException failure) implements Outcome {}
    }

    /// @param slots what all races share
    Race(
            PeerId peer,
            Choice choice,
            LinkMaker maker,
            AddressResolution resolution,
            Semaphore slots,
            LongSupplier nanoTime) {
        this.peer = peer;
        this.choice = choice;
        this.maker = maker;
        this.resolution = resolution;
        this.slots = slots;
        this.nanoTime = nanoTime;
    }

    /// Runs the race.
    ///
    /// @param plain addresses without a name
    /// @param names addresses with one
    /// @param failed told of each address that was tried in vain
    /// @throws DialException when no address worked
    Dialled run(List<Multiaddr> plain, Collection<Multiaddr> names, FailedAttempt failed)
            throws IOException {
        long start = nanoTime.getAsLong();
        try {
            for (Multiaddr name : names) startResolving(name);
            join(choice.of(plain), Duration.ZERO);
            while (true) {
                long now = nanoTime.getAsLong();
                if (now - start >= TIME.toNanos()) throw late();
                startDue(start, now);
                expire(now);
                if (running.isEmpty() && waiting.isEmpty() && resolving.isEmpty()) throw lost();
                Outcome outcome = outcomes.poll(untilNext(start, now), TimeUnit.NANOSECONDS);
                switch (outcome) {
                    case null -> {}
                    case Outcome.Linked(Dialled dialled) -> {
                        return dialled;
                    }
                    case Outcome.Failed(Multiaddr address, IOException failure) -> {
                        running.remove(address);
                        failed.at(address);
                        failures.add(new Failure(address, reason(failure), true));
                    }
                    case Outcome.Resolved(Multiaddr name, List<Multiaddr> addresses) -> {
                        resolving.remove(name);
                        join(choice.of(addresses), Duration.ofNanos(now - start));
                    }
                    case Outcome.Unresolved(Multiaddr name, IOException failure) -> {
                        resolving.remove(name);
                        String why = "can't be resolved: " + failure.getMessage();
                        failures.add(new Failure(name, why, true));
                    }
                }
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

    private DialException lost() {
        List<Failure> all = new ArrayList<>(choice.left());
        all.addAll(failures);
        return new DialException(peer, all);
    }

    private DialException late() {
        String within = " within the " + TIME.toSeconds() + " s of a dial";
        for (Multiaddr address : running.keySet())
            failures.add(new Failure(address, "no answer" + within, true));
        for (Multiaddr name : resolving.keySet())
            failures.add(new Failure(name, "not resolved" + within, true));
        for (DialPlan.Step step : waiting)
            failures.add(new Failure(step.address(), "not its turn" + within, false));
        return lost();
    }

    /// Takes in what a plan says, counted from some time after the start.
    private void join(DialPlan plan, Duration from) {
        List<DialPlan.Step> steps = new ArrayList<>(waiting);
        for (DialPlan.Step step : plan.steps())
            steps.add(new DialPlan.Step(step.address(), step.delay().plus(from)));
        steps.sort(Comparator.comparing(DialPlan.Step::delay));
        waiting.clear();
        waiting.addAll(steps);
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

    /// Nanoseconds until the next address is due, the next attempt has taken too long, or all has.
    private long untilNext(long start, long now) {
        long next = start + TIME.toNanos() - now;
        if (!waiting.isEmpty() && running.size() < MAX_ATTEMPTS)
            next = Math.min(next, start + waiting.peek().delay().toNanos() - now);
        for (Attempt attempt : running.values()) next = Math.min(next, attempt.until() - now);
        // An attempt that was interrupted needs a moment to say so.
        return Math.max(next, TimeUnit.MILLISECONDS.toNanos(10));
    }

    private void attempt(Multiaddr address) {
        Outcome outcome = new Outcome.Failed(address, new IOException("the attempt broke off"));
        try {
            outcome = new Outcome.Linked(make(address));
        } catch (IOException e) {
            outcome = new Outcome.Failed(address, e);
        } finally {
            report(outcome);
        }
    }

    private Dialled make(Multiaddr address) throws IOException {
        try {
            slots.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("gave up");
        }
        try {
            return maker.make(peer, address);
        } finally {
            slots.release();
        }
    }

    private void startResolving(Multiaddr name) {
        Thread thread = Thread.ofVirtual().name("resolve " + name).unstarted(() -> resolve(name));
        resolving.put(name, thread);
        thread.start();
    }

    private void resolve(Multiaddr name) {
        Outcome outcome = new Outcome.Unresolved(name, new IOException("the lookup broke off"));
        try {
            outcome = new Outcome.Resolved(name, resolution.resolve(name));
        } catch (IOException e) {
            outcome = new Outcome.Unresolved(name, e);
        } finally {
            report(outcome);
        }
    }

    private void report(Outcome outcome) {
        synchronized (this) {
            if (!over) {
                outcomes.add(outcome);
                return;
            }
        }
        closeLate(outcome);
    }

    private void end() {
        synchronized (this) {
            over = true;
        }
        for (Attempt attempt : running.values()) attempt.thread().interrupt();
        for (Thread thread : resolving.values()) thread.interrupt();
        // Links that came in after the winner, and before the end.
        outcomes.forEach(Race::closeLate);
    }

    /// Closes a link that nobody waits for, on a thread that nobody interrupts.
    private static void closeLate(Outcome outcome) {
        if (outcome instanceof Outcome.Linked(Dialled late))
            Thread.ofVirtual().name("close a late link").start(() -> close(late));
    }

    private static void close(Dialled late) {
        try {
            late.link().muxed().close();
        } catch (IOException e) {
            LOG.debug("closing a late link to {}: {}", late.link().remote(), e.getMessage());
        }
    }

    private static String reason(IOException failure) {
        if (failure instanceof InterruptedIOException)
            return "no answer within " + ATTEMPT_TIME.toSeconds() + " s";
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }
}
