package cairn.node.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import cairn.bitswap.session.BlockNotFoundException;
import cairn.blockstore.WriteSession;
import cairn.dag.BlockSource;
import cairn.dag.car.CarWriter;
import cairn.dag.walk.DagWalk;
import cairn.libp2p.bandwidth.Rates;
import cairn.libp2p.crypto.SigningKey;
import cairn.libp2p.host.Host;
import cairn.libp2p.host.HostOptions;
import cairn.multiformats.Cid;
import cairn.multiformats.multiaddr.Multiaddr;
import cairn.node.Access;
import cairn.node.CairnNode;
import cairn.node.NodeOptions;
import cairn.node.gateways.SourceStat;
import cairn.node.gateways.TestServer;
import cairn.node.json.Json;
import cairn.node.repo.NetworkSettings;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// DAGs that come over HTTP, as the settings of a node say, alone and together with a peer.
@Timeout(60)
final class HttpRetrievalTest {
    private static final Duration SEARCH = Duration.ofSeconds(20);

    @TempDir Path folder;

    private final Deque<Closeable> open = new ArrayDeque<>();
    private TestServer server;
    private CairnNode there;

    @BeforeEach
    void open() throws IOException {
        server = new TestServer();
        open.push(server);
        there = CairnNode.open(folder.resolve("there"), Access.WRITE);
        open.push(there::close);
    }

    @AfterEach
    void close() throws IOException {
        for (Closeable each : open) each.close();
    }

    private Host host() throws IOException {
        return host(Rates.UNLIMITED);
    }

    private Host host(Rates rates) throws IOException {
        Host host =
                Host.open(
                        HostOptions.of(SigningKey.generate())
                                .rates(rates)
                                .listen(List.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/0"))));
        open.push(host);
        return host;
    }

    private BlockService service(CairnNode node, Host host) throws IOException {
        BlockService service =
                BlockService.open(node, host, (_, _) -> {}, NetworkSettings.of(node.config()));
        open.push(service);
        return service;
    }

    private static void connect(BlockService service, Host host, Host peer) throws IOException {
        host.connect(peer.listenAddresses().getFirst().withPeer(peer.id()));
        await().until(() -> service.bitswap().client().stat().exchange().peers() == 1);
    }

    /// A node whose settings name sources.
    private CairnNode here(boolean enabled, String... sources) throws IOException {
        Path repo = folder.resolve("here");
        List<Json> texts = List.of(sources).stream().<Json>map(Json.Str::new).toList();
        NodeOptions.DEFAULT.configure(repo, "HTTPRetrieval.Sources", new Json.Arr(texts));
        NodeOptions.DEFAULT.configure(repo, "HTTPRetrieval.Enabled", new Json.Bool(enabled));
        CairnNode node = CairnNode.open(repo, Access.WRITE);
        open.push(node::close);
        return node;
    }

    private Cid added(int bytes) throws IOException {
        byte[] content = new byte[bytes];
        new Random(bytes).nextBytes(content);
        return there.add(Files.write(folder.resolve("file"), content)).cid();
    }

    private static long walked(BlockSource source, Cid root) throws IOException {
        long[] count = {0};
        new DagWalk(source)
                .forEach(
                        root,
                        cid -> {
                            count[0]++;
                            return true;
                        });
        return count[0];
    }

    /// Puts each block of a DAG into a file, as a mirror has them.
    private void mirror(Cid root) throws IOException {
        new DagWalk(there.source())
                .forEach(
                        root,
                        cid -> {
                            server.put(there.source().get(cid).orElseThrow());
                            return true;
                        });
    }

    /// Puts an archive of a DAG where others are told of it, and perhaps more.
    private String archive(List<Cid> roots, List<Cid> also) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CarWriter writer = new CarWriter(Channels.newChannel(bytes), roots);
        List<Cid> all = new ArrayList<>(also);
        all.addAll(roots);
        for (Cid root : all)
            new DagWalk(there.source())
                    .forEach(
                            root,
                            cid -> {
                                writer.put(there.source().get(cid).orElseThrow());
                                return true;
                            });
        writer.finish();
        server.put("/data.car", bytes.toByteArray());
        return server.uri() + "/data.car";
    }

    private void fetchesAll(BlockService service, CairnNode node, Cid root) throws IOException {
        try (Fetch fetch = service.fetch(SEARCH)) {
            fetch.expect(root);
            assertThat(walked(fetch, root)).isEqualTo(walked(there.source(), root));
        }
        assertThat(walked(node.local(), root)).isEqualTo(walked(there.source(), root));
    }

    @Test
    void a_mirror_is_enough() throws Exception {
        Cid root = added(5_000_000);
        mirror(root);
        CairnNode node = here(true, server.uri() + "/");

        fetchesAll(service(node, host()), node, root);
    }

    @Test
    void a_mirror_and_a_peer_give_each_a_part() throws Exception {
        Cid root = added(20_000_000);
        mirror(root);
        CairnNode node = here(true, "/ip4/127.0.0.1/tcp/" + server.port() + "/http");
        Host host = host();
        BlockService service = service(node, host);
        Host peer = host(new Rates(4 << 20, 0, 0, 0, true));
        BlockService serving = service(there, peer);
        connect(service, host, peer);

        fetchesAll(service, node, root);

        long fromMirror = service.sources().stat().getFirst().blocks();
        long fromPeer = serving.bitswap().server().stat().sent().blocksSent();
        assertThat(fromMirror).isPositive();
        assertThat(fromPeer).isPositive();
    }

    @Test
    void a_mirror_that_lies_is_left_and_the_peer_gives_all() throws Exception {
        Cid root = added(5_000_000);
        server.handler = exchange -> TestServer.answer(exchange, 200, new byte[] {1});
        CairnNode node = here(true, server.uri().toString());
        Host host = host();
        BlockService service = service(node, host);
        Host peer = host();
        service(there, peer);
        connect(service, host, peer);

        fetchesAll(service, node, root);
    }

    @Test
    void sources_are_asked_for_nothing_where_that_is_switched_off() throws Exception {
        Cid root = added(1000);
        mirror(root);
        CairnNode node = here(false, server.uri().toString());

        try (Fetch fetch = service(node, host()).fetch(Duration.ofMillis(200))) {
            assertThat(fetch.stat().peers()).isZero();
        }
        assertThat(NetworkSettings.of(node.config()).httpSources()).isEmpty();
        assertThat(server.asked).isEmpty();
        assertThat(root).isNotNull();
    }

    @Test
    void what_a_source_gave_is_counted() throws Exception {
        Cid root = added(1000);
        mirror(root);
        CairnNode node = here(true, server.uri().toString());
        BlockService service = service(node, host());

        fetchesAll(service, node, root);

        assertThat(service.sources().stat())
                .containsExactly(new SourceStat(server.uri().toString(), 1, 1000, 0, false));
    }

    @Test
    void an_archive_is_enough_and_is_read_once() throws Exception {
        Cid root = added(30_000_000);
        CairnNode node = here(true, archive(List.of(root), List.of()));

        fetchesAll(service(node, host()), node, root);

        assertThat(server.asked).containsExactly("GET /data.car");
    }

    @Test
    void what_nobody_wants_of_an_archive_is_passed_over_and_counted() throws Exception {
        Cid other = added(20_000_001);
        Cid root = added(1_000_000);
        CairnNode node = here(true, archive(List.of(root), List.of(other)));
        BlockService service = service(node, host());

        fetchesAll(service, node, root);

        assertThat(node.local().has(other)).isFalse();
        assertThat(service.sources().stat().getFirst().passedOver()).isGreaterThan(20_000_000);
    }

    @Test
    void what_is_below_a_root_that_is_here_already_comes_from_the_archive() throws Exception {
        Cid root = added(5_000_000);
        CairnNode node = here(true, archive(List.of(root), List.of()));
        try (WriteSession session = node.openSession()) {
            session.put(there.source().get(root).orElseThrow());
            session.commit(List.of());
        }

        fetchesAll(service(node, host()), node, root);
    }

    @Test
    void an_archive_of_something_else_is_looked_at_once() throws Exception {
        Cid other = added(20_000_001);
        Cid root = added(1_000_000);
        CairnNode node = here(true, archive(List.of(other), List.of()));
        BlockService service = service(node, host());

        for (int i = 0; i < 3; i++) {
            try (Fetch fetch = service.fetch(SEARCH)) {
                fetch.expect(root);
                await().until(() -> fetch.stat().dontHave() == 1);
            }
        }

        assertThat(server.asked).containsExactly("GET /data.car");
        assertThat(service.sources().stat().getFirst().passedOver()).isZero();
    }

    @Test
    void an_archive_that_lies_is_left() throws Exception {
        Cid root = added(1_000_000);
        String url = archive(List.of(root), List.of());
        byte[] bytes = server.file("/data.car");
        bytes[bytes.length - 1] ^= 1;
        CairnNode node = here(true, url);
        BlockService service = service(node, host());

        try (Fetch fetch = service.fetch(SEARCH)) {
            fetch.expect(root);
            await().until(() -> service.sources().stat().getFirst().banned());
        }
    }

    @Test
    void an_archive_that_is_cut_short_gives_what_it_has() throws Exception {
        Cid root = added(5_000_000);
        String url = archive(List.of(root), List.of());
        byte[] bytes = server.file("/data.car");
        server.put("/data.car", Arrays.copyOf(bytes, bytes.length - 100));
        CairnNode node = here(true, url);
        BlockService service = service(node, host());

        try (Fetch fetch = service.fetch(Duration.ofSeconds(3))) {
            fetch.expect(root);
            assertThatThrownBy(() -> walked(fetch, root))
                    .isInstanceOf(BlockNotFoundException.class);
        }
        assertThat(node.local().has(root)).isTrue();
    }
}
