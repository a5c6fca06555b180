package cairn.libp2p.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Random users of the limits, alone and at once: whatever they do, no limit is passed and nothing
/// stays behind.
class ResourceLimitsPropertyTest {
    private static final int STEPS = 4_000;
    private static final int THREADS = 8;
    private static final long MIB = 1 << 20;

    private final ResourceLimits limits = new ResourceLimits(Limits.of(80 * MIB, 64));

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void random_use_ends_at_zero(long seed) throws Exception {
        new User(seed).run();
        assertNothingInUse();
    }

    @Test
    void users_at_once_never_pass_a_limit_and_end_at_zero() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> users = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                User user = new User(i);
                users.add(
                        threads.submit(
                                () -> {
                                    user.run();
                                    return null;
                                }));
            }
            for (Future<?> user : users) user.get();
        }
        assertNothingInUse();
    }

    @Test
    void no_count_is_lost_between_threads_in_a_hurry() throws Exception {
        int rounds = 20_000;
        int atOnce = 4;
        try (ExecutorService threads = Executors.newFixedThreadPool(atOnce)) {
            List<Future<?>> users = new ArrayList<>();
            for (int i = 0; i < atOnce; i++)
                users.add(
                        threads.submit(
                                () -> {
                                    for (int r = 0; r < rounds; r++) openUseAndClose();
                                    return null;
                                }));
            for (Future<?> user : users) user.get();
        }
        assertNothingInUse();
    }

    private void openUseAndClose() throws Exception {
        try (ConnectionScope connection =
                limits.openConnection(
                        Direction.OUTBOUND, InetAddress.getLoopbackAddress(), false)) {
            connection.setPeer(ResourceLimitsTest.peer(1));
            try (StreamScope stream = connection.openStream(Direction.OUTBOUND)) {
                stream.setProtocol("/echo");
                stream.reserve(1);
                stream.release(1);
            }
        }
    }

    private void assertNothingInUse() {
        ResourceSnapshot now = limits.snapshot();
        assertThat(now.system().usage()).isEqualTo(ScopeUsage.NONE);
        assertThat(now.transientScope().usage()).isEqualTo(ScopeUsage.NONE);
        assertThat(now.peers()).isEmpty();
        assertThat(now.protocols()).isEmpty();
    }

    private void assertWithinLimits() {
        ResourceSnapshot now = limits.snapshot();
        assertWithinLimits(now.system());
        assertWithinLimits(now.transientScope());
        now.peers().values().forEach(this::assertWithinLimits);
        now.protocols().values().forEach(this::assertWithinLimits);
        ScopeUsage peers =
                now.peers().values().stream()
                        .map(ScopeState::usage)
                        .reduce(ScopeUsage.NONE, ScopeUsage::plus);
        assertThat(peers.memory()).isLessThanOrEqualTo(now.system().usage().memory());
        assertThat(peers.streams()).isEqualTo(now.system().usage().streams());
    }

    private void assertWithinLimits(ScopeState state) {
        ScopeUsage used = state.usage();
        ScopeLimits most = state.limits();
        assertThat(used.connections()).isLessThanOrEqualTo(most.connections());
        assertThat(used.inboundConnections()).isLessThanOrEqualTo(most.inboundConnections());
        assertThat(used.streams()).isLessThanOrEqualTo(most.streams());
        assertThat(used.inboundStreams()).isLessThanOrEqualTo(most.inboundStreams());
        assertThat(used.memory()).isLessThanOrEqualTo(most.memory());
        assertThat(used.descriptors()).isLessThanOrEqualTo(most.descriptors());
    }

    private final class User {
        private final Random random;
        private final List<ConnectionScope> connections = new ArrayList<>();
        private final List<StreamScope> streams = new ArrayList<>();
        private int granted;
        private int refused;

        User(long seed) {
            random = new Random(seed);
        }

        void run() throws Exception {
            for (int i = 0; i < STEPS; i++) {
                try {
                    step();
                    granted++;
                } catch (LimitExceededException e) {
                    refused++;
                }
                if (i % 64 == 0) assertWithinLimits();
            }
            assertThat(granted).isPositive();
            assertThat(refused).isPositive();
            connections.forEach(ConnectionScope::close);
        }

        private void step() throws Exception {
            Direction direction = random.nextBoolean() ? Direction.INBOUND : Direction.OUTBOUND;
            switch (random.nextInt(10)) {
                case 0, 1 ->
                        connections.add(
                                limits.openConnection(
                                        direction,
                                        InetAddress.getLoopbackAddress(),
                                        random.nextBoolean()));
                case 2, 3 -> {
                    ConnectionScope connection = any(connections);
                    if (connection != null && connection.peer().isEmpty())
                        connection.setPeer(ResourceLimitsTest.peer(random.nextInt(4)));
                }
                case 4, 5 -> {
                    ConnectionScope connection = any(connections);
                    if (connection != null && connection.peer().isPresent())
                        streams.add(connection.openStream(direction));
                }
                case 6 -> {
                    StreamScope stream = any(streams);
                    if (stream != null && stream.protocol().isEmpty())
                        stream.setProtocol("/" + random.nextInt(3));
                }
                case 7 -> reserve(any(streams));
                case 8 -> reserve(any(connections));
                default -> {
                    if (random.nextInt(4) == 0 && !connections.isEmpty())
                        connections.remove(random.nextInt(connections.size())).close();
                    else if (!streams.isEmpty())
                        streams.remove(random.nextInt(streams.size())).close();
                }
            }
        }

        private void reserve(MemoryBudget budget) throws LimitExceededException {
            if (budget == null) return;
            long bytes = random.nextLong(4 * MIB);
            if (random.nextBoolean()) budget.reserve(bytes);
            else if (!budget.tryReserveSpare(bytes)) return;
            if (random.nextInt(3) == 0) budget.release(bytes);
        }

        private <T> T any(List<T> of) {
            return of.isEmpty() ? null : of.get(random.nextInt(of.size()));
        }
    }
}
