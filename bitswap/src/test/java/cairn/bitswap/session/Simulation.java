package cairn.bitswap.session;

import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.multiformats.Multicodec;
import cairn.multiformats.Multihash;
import cairn.multiformats.peer.PeerId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;

/// An exchange with simulated peers and a simulated time: what is to happen, happens in order of
/// its time, and no time passes but there.
final class Simulation {
    private static final long TICK = Duration.ofMillis(20).toNanos();

    private record Event(long at, long number, Runnable task) {}

    private final PriorityQueue<Event> events =
            new PriorityQueue<>(
                    Comparator.comparingLong(Event::at).thenComparingLong(Event::number));
    private final Map<Integer, byte[]> bytes = new HashMap<>();
    private long number;
    private long now = 1;

    final List<SessionWants> searches = new ArrayList<>();
    final List<PeerId> left = new ArrayList<>();
    final List<IOException> failures = new ArrayList<>();
    final Exchange exchange;
    final SessionWants session;
    long arrivedBytes;
    int arrived;

    Simulation() {
        this(SessionOptions.DEFAULT);
    }

    Simulation(SessionOptions options) {
        exchange =
                new Exchange(ExchangeLimits.DEFAULT, (from, cid) -> searches.add(from), left::add);
        session = exchange.open(options);
        at(TICK, this::tick);
    }

    private void tick() {
        exchange.tick(now);
        settle();
        at(TICK, this::tick);
    }

    long now() {
        return now;
    }

    double seconds() {
        return now / 1e9;
    }

    void at(long delay, Runnable task) {
        events.add(new Event(now + delay, number++, task));
    }

    /// Does what follows from what was told to the exchange.
    void settle() {
        for (var next = exchange.effects(); !next.isEmpty(); next = exchange.effects())
            next.forEach(Runnable::run);
    }

    /// Lets time pass until something is so, or for some time.
    ///
    /// @return whether it is so
    boolean run(Duration most, BooleanSupplier until) {
        long end = now + most.toNanos();
        while (!until.getAsBoolean()) {
            Event next = events.remove();
            if (next.at > end) {
                events.add(next);
                now = end;
                return until.getAsBoolean();
            }
            now = next.at;
            next.task.run();
            settle();
        }
        return true;
    }

    void run(Duration time) {
        run(time, () -> false);
    }

    static Cid cid(int number) {
        byte[] digest = ByteBuffer.allocate(32).putInt(28, number).array();
        return Cid.v1(Multicodec.RAW, Multihash.of(Multicodec.SHA2_256, digest));
    }

    static PeerId peerId(int number) {
        byte[] digest = ByteBuffer.allocate(32).putInt(0, number).array();
        return PeerId.of(Multihash.of(Multicodec.SHA2_256, digest));
    }

    Block block(Cid cid, int size) {
        return Block.stored(cid, bytes.computeIfAbsent(size, byte[]::new));
    }

    final BlockTaker taker =
            new BlockTaker() {
                @Override
                public void arrived(Block block, String source) {
                    arrived++;
                    arrivedBytes += block.size();
                }

                @Override
                public void failed(Cid cid, IOException why) {
                    failures.add(why);
                }
            };

    void want(Cid cid) {
        exchange.want(session, cid, taker, now);
        settle();
    }

    /// Wants blocks one after the other, some of them at once, as a walk that runs ahead does.
    void walk(int first, int count, int ahead) {
        new Walk(first, first + count).start(ahead);
    }

    private final class Walk implements BlockTaker {
        private int next;
        private final int end;

        Walk(int first, int end) {
            next = first;
            this.end = end;
        }

        void start(int ahead) {
            for (int i = 0; i < ahead; i++) more();
        }

        private void more() {
            if (next < end) exchange.want(session, cid(next++), this, now);
            settle();
        }

        @Override
        public void arrived(Block block, String source) {
            taker.arrived(block, source);
            more();
        }

        @Override
        public void failed(Cid cid, IOException why) {
            taker.failed(cid, why);
        }
    }
}
