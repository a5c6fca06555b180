package cairn.node.gateways;

import cairn.bitswap.client.Clock;
import cairn.bitswap.client.Source;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A gateway is an HTTP server that gives blocks by their CIDs: what all sessions want of it, in
/// the order in which they came to want it, so many at once as it takes ([Crowd]). Where it is busy
/// or out of reach it is left alone for a while, and what is wanted waits. One that gave other
/// bytes than a CID names is asked no more, by anyone.
///
/// `lock` guards the state, and is a leaf; requests are made and sessions told without it.
final class Gateway {
    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

    /// So often a server is asked for a block that is busy, or whose connection fails. Then it is
    /// the session's affair when to ask again.
    private static final int TRIES = 3;

    private final SourceAddress address;
    private final BlockRequests requests;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final SequencedSet<BlockJob> waiting = new LinkedHashSet<>();
    private final Set<BlockJob> running = new HashSet<>();
    private final Crowd crowd = new Crowd();
    private final Pauses pauses;
    private boolean banned;
    private long blocks;
    private long bytes;

    Gateway(SourceAddress address, BlockRequests requests, Clock clock, Pace pace) {
        this.address = address;
        this.requests = requests;
        this.clock = clock;
        this.pauses = new Pauses(pace);
    }

    /// Begins to be a source of one session.
    Source begin() {
        return new GatewaySource(this);
    }

    String name() {
        return address.toString();
    }

    boolean isBanned() {
        lock.lock();
        try {
            return banned;
        } finally {
            lock.unlock();
        }
    }

    SourceStat stat() {
        lock.lock();
        try {
            return new SourceStat(name(), blocks, bytes, 0, banned);
        } finally {
            lock.unlock();
        }
    }

    /// Asks as soon as it can be.
    void submit(BlockJob job) {
        boolean refused;
        lock.lock();
        try {
            refused = banned;
            if (!refused) waiting.add(job);
        } finally {
            lock.unlock();
        }
        if (refused) job.missing();
        else startNext();
    }

    /// Asks no more for it.
    void withdraw(BlockJob job) {
        job.withdraw();
        lock.lock();
        try {
            waiting.remove(job);
        } finally {
            lock.unlock();
        }
    }

    /// Asks nothing any more, for nobody.
    void ban() {
        List<BlockJob> all = new ArrayList<>();
        lock.lock();
        try {
            banned = true;
            all.addAll(waiting);
            all.addAll(running);
            waiting.clear();
        } finally {
            lock.unlock();
        }
        for (BlockJob job : all) {
            job.missing();
            job.withdraw();
        }
    }

    /// Begins what can be begun.
    private void startNext() {
        long now = clock.nanos();
        List<BlockJob> next = new ArrayList<>();
        lock.lock();
        try {
            while (!waiting.isEmpty() && running.size() < crowd.size() && !pauses.isPause(now)) {
                BlockJob job = waiting.removeFirst();
                running.add(job);
                next.add(job);
            }
        } finally {
            lock.unlock();
        }
        for (BlockJob job : next) job.start(() -> run(job));
    }

    private void run(BlockJob job) {
        boolean again = false;
        try {
            Answer answer = requests.ask(job.cid(), job.kind());
            job.finish();
            again = take(job, answer);
        } catch (InterruptedException e) {
            job.finish();
        } finally {
            ended(job, again);
        }
        startNext();
    }

    private void ended(BlockJob job, boolean again) {
        lock.lock();
        try {
            running.remove(job);
            if (again && !banned && !job.isWithdrawn()) waiting.addFirst(job);
        } finally {
            lock.unlock();
        }
        if (!again) job.failed(new IOException("what was asked of " + name() + " has ended"));
    }

    /// Tells what was answered.
    ///
    /// @return whether it is to be asked again
    private boolean take(BlockJob job, Answer answer) {
        switch (answer) {
            case Answer.Bytes found -> {
                answered(found.bytes().length);
                try {
                    job.block(found.bytes());
                } finally {
                    found.release();
                }
            }
            case Answer.There() -> {
                answered(0);
                job.there();
            }
            case Answer.Missing() -> {
                answered(0);
                job.missing();
            }
            case Answer.Unasked() -> throw new IllegalStateException("it was asked otherwise");
            case Answer.Busy(var until) -> {
                pause(until);
                if (job.tries() < TRIES) return true;
                job.failed(new IOException(name() + " is busy"));
            }
            case Answer.Broken(var why) -> {
                if (job.tries() < TRIES) {
                    pause(Optional.empty());
                    return true;
                }
                fail(job, why);
            }
            case Answer.Useless(var why) -> fail(job, why);
        }
        return false;
    }

    private void answered(int size) {
        lock.lock();
        try {
            crowd.answered(requests.isMultiplexed());
            pauses.end();
            if (size > 0) blocks++;
            bytes += size;
        } finally {
            lock.unlock();
        }
    }

    private void fail(BlockJob job, IOException why) {
        LOG.debug("{} for {}: {}", name(), job.cid(), why.toString());
        lock.lock();
        try {
            crowd.failed();
        } finally {
            lock.unlock();
        }
        job.failed(why);
    }

    /// Leaves the server alone for a while.
    private void pause(Optional<Duration> wanted) {
        Duration pause;
        lock.lock();
        try {
            crowd.failed();
            pause = pauses.begin(wanted, clock.nanos());
        } finally {
            lock.unlock();
        }
        clock.after(pause, this::startNext);
    }
}
