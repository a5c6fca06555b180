package cairn.bitswap.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cairn.bitswap.message.BitswapVersion;
import cairn.bitswap.message.WantlistEntry;
import cairn.bitswap.message.WantlistEntry.Kind;
import cairn.libp2p.crypto.SigningKey;
import cairn.libp2p.host.Host;
import cairn.libp2p.host.HostOptions;
import cairn.multiformats.Block;
import cairn.multiformats.multiaddr.Multiaddr;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What peers may do to a server, and to each other.
final class ServerLoadTest {
    private static final int LARGE = 256 << 10;
    private static final int MESSAGE = Partner.MESSAGE_BYTES;

    private final MemoryBlocks blocks = new MemoryBlocks();
    private final Deque<Closeable> open = new ArrayDeque<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private Host host;

    @BeforeEach
    void listen() throws Exception {
        host =
                Host.open(
                        HostOptions.of(SigningKey.generate())
                                .agentVersion("test/1")
                                .listen(List.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/0"))));
        open.push(host);
    }

    @AfterEach
    void close() throws IOException {
        over.countDown();
        for (Closeable each : open) each.close();
    }

    private Server server(ServerOptions options, Duration patience) {
        Server server = new Server(host.swarm(), blocks, options, patience);
        open.push(server);
        return server;
    }

    private Server server(ServerOptions options) {
        return server(options, Duration.ofMinutes(1));
    }

    private Asker honest(Server server) throws IOException {
        Asker asker = Asker.connected(server, host, BitswapVersion.V1_2_0);
        open.push(asker);
        return asker;
    }

    /// One that never reads.
    private Asker deaf(Server server) throws IOException {
        Asker asker = Asker.connected(server, host, stream -> awaitEnd());
        open.push(asker);
        return asker;
    }

    private void awaitEnd() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private WantlistEntry[] wants(int from, int count, int size) {
        WantlistEntry[] wants = new WantlistEntry[count];
        for (int i = 0; i < count; i++) {
            Block block = blocks.add(Cids.block(from + i, size));
            wants[i] = new WantlistEntry.Want(block.cid(), Kind.BLOCK, 1, true);
        }
        return wants;
    }

    private static void getsAll(Asker asker, WantlistEntry... wants) {
        asker.say(false, wants);
        await().atMost(Duration.ofSeconds(20)).until(() -> asker.blocks.size() == wants.length);
    }

    @Test
    void one_that_never_reads_holds_what_it_may_and_nobody_up() throws Exception {
        ServerOptions options = ServerOptions.DEFAULTS.withMostOutstanding(2 * MESSAGE);
        Server server = server(options);
        deaf(server).say(false, wants(0, 100, LARGE));
        getsAll(honest(server), wants(1000, 64, LARGE));
        await().until(() -> server.stat().bytesInMemory() == 2 * MESSAGE);
    }

    @Test
    void those_that_never_read_give_their_memory_back_when_others_need_it() throws Exception {
        ServerOptions options = ServerOptions.DEFAULTS.withMostInMemory(4 * MESSAGE);
        Server server = server(options, Duration.ofSeconds(2));
        for (int i = 0; i < 6; i++) deaf(server).say(false, wants(100 * i, 40, LARGE));
        await().until(() -> server.stat().bytesInMemory() >= 4 * MESSAGE);
        getsAll(honest(server), wants(1000, 16, LARGE));
    }

    @Test
    void one_that_leaves_without_having_read_frees_all() throws Exception {
        Server server = server(ServerOptions.DEFAULTS);
        Asker deaf = deaf(server);
        deaf.say(false, wants(0, 100, LARGE));
        await().until(() -> server.stat().bytesInMemory() >= MESSAGE);
        server.gone(deaf.host().id());
        await().until(() -> server.stat().bytesInMemory() == 0);
        assertThat(server.stat().wants()).isZero();
        assertThat(server.stat().peers()).isZero();
    }

    @Test
    void ten_million_wants_in_one_list_are_a_thousand() throws Exception {
        Server server = server(ServerOptions.DEFAULTS);
        Asker asker = honest(server);
        int most = ServerOptions.DEFAULTS.mostWants();
        WantMessage message = server.message(asker.host().id());
        for (int i = 0; i < 10_000_000; i++) {
            message.entry(new WantlistEntry.Want(Cids.of(i), Kind.BLOCK, i, true));
            if (i % 100_000 == 0) assertThat(server.stat().wants()).isLessThanOrEqualTo(most);
        }
        message.end(false);
        await().until(() -> asker.dontHave.size() == most);
        assertThat(server.stat().wants()).isEqualTo(most);
        assertThat(asker.dontHave).contains(Cids.of(9_999_999));
    }

    @Test
    void a_storm_of_wants_and_cancels_leaves_nothing_behind() throws Exception {
        Server server = server(ServerOptions.DEFAULTS);
        Asker stormy = honest(server);
        Asker calm = honest(server);
        WantlistEntry[] wants = wants(0, 200, 20_000);
        AtomicBoolean enough = new AtomicBoolean();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 3; i++)
            threads.add(
                    Thread.startVirtualThread(
                            () -> {
                                while (!enough.get()) {
                                    stormy.say(false, wants);
                                    for (WantlistEntry want : wants)
                                        stormy.say(false, new WantlistEntry.Cancel(want.cid()));
                                }
                            }));
        getsAll(calm, wants(1000, 100, LARGE));
        enough.set(true);
        for (Thread thread : threads) thread.join();
        for (WantlistEntry want : wants) stormy.say(false, new WantlistEntry.Cancel(want.cid()));
        await().until(() -> server.stat().bytesInMemory() == 0);
        assertThat(server.stat().wants()).isZero();
        WantlistEntry[] last = wants(5000, 1, LARGE);
        stormy.say(false, last);
        await().until(() -> stormy.blocks.containsKey(last[0].cid()));
    }
}
