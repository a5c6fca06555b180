package cairn.interop.blocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cairn.bitswap.session.PartnerLedger;
import cairn.interop.Answer;
import cairn.interop.Carrier;
import cairn.interop.HostPlan;
import cairn.interop.RealPeers;
import cairn.interop.SwarmKey;
import cairn.interop.Workshop;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Several providers of one DAG, of several implementations: ten of them, one that dies in the
/// middle, and those of a private network.
final class ProvidersTest {
    private static final HostPlan ON_TCP = HostPlan.dialler().listening(Carrier.TCP);

    /// Of all blocks.
    private static final double MOST_DUPLICATES = 0.03;

    @TempDir private Path folder;

    private final Deque<Closeable> open = new ArrayDeque<>();
    private int homes;
    private Ware ware;

    /// 1,000 blocks: enough that ten providers have something to share.
    @BeforeEach
    void makeWare() throws IOException {
        ware = file(64_000_000, 64_000);
    }

    private Ware file(long bytes, int chunk) throws IOException {
        try (Wares wares = Wares.open(Files.createDirectory(home()))) {
            return wares.file("file", bytes, chunk);
        }
    }

    @AfterEach
    void close() throws IOException {
        while (!open.isEmpty()) open.pop().close();
    }

    private Path home() {
        return folder.resolve("home-" + homes++);
    }

    private <T extends Closeable> T opened(T node) {
        open.push(node);
        return node;
    }

    private CairnTrader cairn(HostPlan plan) throws IOException {
        return opened(CairnTrader.open(home(), plan));
    }

    private KuboTrader kubo(Optional<String> swarmKey) throws IOException {
        return opened(
                RealPeers.orLeaveOut(() -> KuboTrader.start(Workshop.here(), home(), swarmKey)));
    }

    private TraderProcess cairnProcess() throws IOException {
        return opened(TraderProcess.cairn(Workshop.here(), ON_TCP, home()));
    }

    private static void connect(Trader from, Trader to) throws IOException {
        from.dial(Carrier.TCP.among(to.addresses()));
    }

    private static PartnerLedger received(CairnTrader trader) {
        return trader.bitswap().client().stat().exchange().received();
    }

    @Test
    void from_ten_providers_hardly_a_block_comes_twice() throws IOException {
        List<CairnTrader> cairns = new ArrayList<>();
        List<KuboTrader> kubos = new ArrayList<>();
        for (int i = 0; i < 7; i++) cairns.add(cairn(ON_TCP));
        for (int i = 0; i < 3; i++) kubos.add(kubo(Optional.empty()));
        CairnTrader fetching = cairn(HostPlan.dialler());
        List<Trader> all = new ArrayList<>(cairns);
        all.addAll(kubos);
        for (Trader provider : all) {
            provider.take(ware.archive());
            connect(fetching, provider);
        }

        assertThat(fetching.fetch(ware)).isEqualTo(ware.digest());

        PartnerLedger received = received(fetching);
        assertThat(received.blocks()).isEqualTo(ware.blocks());
        assertThat(received.duplicates()).isLessThanOrEqualTo(atMostDuplicates());
        long sent = 0;
        for (CairnTrader cairn : cairns)
            sent += cairn.bitswap().server().stat().sent().blocksSent();
        for (KuboTrader kubo : kubos) sent += count(kubo, "BlocksSent");
        assertThat(sent).isBetween(ware.blocks(), ware.blocks() + atMostDuplicates());
    }

    private long atMostDuplicates() {
        return (long) (ware.blocks() * MOST_DUPLICATES);
    }

    private static long count(KuboTrader kubo, String name) throws IOException {
        return (long) new Answer(kubo.daemon().api("bitswap/stat").getFirst()).number(name);
    }

    @Test
    void cairn_goes_on_from_kubo_when_helia_dies() throws Exception {
        TraderProcess helia =
                opened(RealPeers.orLeaveOut(() -> TraderProcess.helia(Workshop.here(), ON_TCP)));
        goesOnFrom(kubo(Optional.empty()), helia, helia::kill);
    }

    @Test
    void cairn_goes_on_from_cairn_when_kubo_dies() throws Exception {
        KuboTrader kubo = kubo(Optional.empty());
        goesOnFrom(cairn(ON_TCP), kubo, kubo::kill);
    }

    private void goesOnFrom(Trader staying, Trader dying, Runnable kill) throws Exception {
        CairnTrader fetching = cairn(HostPlan.dialler());
        staying.take(ware.archive());
        dying.take(ware.archive());
        connect(fetching, dying);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<String> found = threads.submit(() -> fetching.fetch(ware));
            await().until(() -> received(fetching).blocks() > 10 || found.isDone());
            connect(fetching, staying);
            kill.run();
            assertThat(received(fetching).blocks()).isLessThan(ware.blocks());

            assertThat(found.get()).isEqualTo(ware.digest());
        }
    }

    @Test
    void kubo_goes_on_from_kubo_when_cairn_dies() throws Exception {
        TraderProcess dying = cairnProcess();
        KuboTrader staying = kubo(Optional.empty());
        KuboTrader fetching = kubo(Optional.empty());
        staying.take(ware.archive());
        dying.take(ware.archive());
        connect(fetching, dying);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<String> found = threads.submit(() -> fetching.fetch(ware));
            await().until(() -> count(fetching, "BlocksReceived") > 10 || found.isDone());
            connect(fetching, staying);
            dying.kill();
            assertThat(count(fetching, "BlocksReceived")).isLessThan(ware.blocks());

            assertThat(found.get()).isEqualTo(ware.digest());
        }
    }

    @Test
    void a_private_network_trades_among_its_own() throws IOException {
        String network = SwarmKey.make();
        Ware other = file(10_000_000, 1 << 20);
        CairnTrader cairn = cairn(ON_TCP.in(network));
        KuboTrader kubo = kubo(Optional.of(network));
        cairn.take(ware.archive());
        kubo.take(other.archive());
        connect(cairn, kubo);

        assertThat(kubo.fetch(ware)).isEqualTo(ware.digest());
        assertThat(cairn.fetch(other)).isEqualTo(other.digest());
    }
}
