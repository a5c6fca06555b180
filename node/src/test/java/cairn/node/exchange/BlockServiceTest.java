package cairn.node.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import cairn.bitswap.session.BlockNotFoundException;
import cairn.dag.BlockSource;
import cairn.dag.exporter.ReadAhead;
import cairn.dag.exporter.UnixFsDirectory;
import cairn.dag.exporter.UnixFsReader;
import cairn.dag.path.DagPath;
import cairn.dag.walk.DagWalk;
import cairn.libp2p.crypto.SigningKey;
import cairn.libp2p.host.Host;
import cairn.libp2p.host.HostOptions;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.multiformats.Multicodec;
import cairn.multiformats.multiaddr.Multiaddr;
import cairn.node.Access;
import cairn.node.CairnNode;
import cairn.node.repo.NetworkSettings;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Two nodes in one process, connected over loopback.
@Timeout(60)
final class BlockServiceTest {
    private static final Duration SEARCH = Duration.ofSeconds(20);

    @TempDir Path folder;

    private Online here;
    private Online there;

    /// A node on the network.
    private record Online(CairnNode node, Host host, BlockService service) implements Closeable {
        static Online open(Path repo) throws IOException {
            CairnNode node = CairnNode.open(repo, Access.WRITE);
            Host host =
                    Host.open(
                            HostOptions.of(SigningKey.generate())
                                    .listen(List.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/0"))));
            NetworkSettings settings = NetworkSettings.of(node.config());
            return new Online(node, host, BlockService.open(node, host, (_, _) -> {}, settings));
        }

        void connect(Online other) throws IOException {
            host.connect(other.host.listenAddresses().getFirst().withPeer(other.host.id()));
        }

        @Override
        public void close() throws IOException {
            service.close();
            host.close();
            node.close();
        }
    }

    @BeforeEach
    void open() throws IOException {
        here = Online.open(folder.resolve("here"));
        there = Online.open(folder.resolve("there"));
        here.connect(there);
    }

    @AfterEach
    void close() throws IOException {
        here.close();
        there.close();
    }

    private Cid added(int files, int bytes) throws IOException {
        Path tree = Files.createDirectories(folder.resolve("tree"));
        Random random = new Random(files);
        for (int i = 0; i < files; i++) {
            byte[] content = new byte[bytes];
            random.nextBytes(content);
            Files.write(tree.resolve("file" + i), content);
        }
        return there.node().add(tree).cid();
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

    @Test
    void a_dag_is_fetched_and_stays() throws IOException {
        Cid root = added(40, 300_000);

        try (Fetch fetch = here.service().fetch(SEARCH)) {
            fetch.expect(root);
            assertThat(walked(fetch, root)).isEqualTo(walked(there.node().source(), root));
        }
        there.close();

        assertThat(walked(here.node().source(), root)).isGreaterThan(40);
        assertThat(here.service().bitswap().client().wantlist()).isEmpty();
    }

    @Test
    void a_reader_and_the_walk_ahead_of_it_ask_for_each_block_once() throws IOException {
        Cid root = added(3000, 100);

        try (Fetch fetch = here.service().fetch(SEARCH)) {
            fetch.expect(root);
            long count = walked(fetch, root);
            assertThat(fetch.stat().blocks()).isEqualTo(count);
        }
    }

    @Test
    void a_file_is_read_while_it_comes() throws IOException {
        Cid root = added(1, 5_000_000);

        ByteArrayOutputStream read = new ByteArrayOutputStream();
        try (Fetch fetch = here.service().fetch(SEARCH);
                UnixFsReader reader = new UnixFsReader(fetch, ReadAhead.LOCAL)) {
            UnixFsDirectory tree = (UnixFsDirectory) reader.open(root);
            var file = reader.openFile(DagPath.parse(root + "/file0"));
            assertThat(tree.cid()).isEqualTo(root);
            fetch.expect(file.cid());
            file.writeTo(Channels.newChannel(read), 0, file.size());
        }

        assertThat(read.toByteArray()).isEqualTo(Files.readAllBytes(folder.resolve("tree/file0")));
    }

    @Test
    void what_a_reader_does_not_read_yet_is_fetched_so_far_ahead_and_no_further() throws Exception {
        int most = 8 << 20;
        Cid root = added(1, 60_000_000);

        ByteArrayOutputStream read = new ByteArrayOutputStream();
        try (Fetch fetch = here.service().fetch(SEARCH, most);
                UnixFsReader reader = new UnixFsReader(fetch, ReadAhead.LOCAL)) {
            var file = reader.openFile(DagPath.parse(root + "/file0"));
            fetch.expect(file.cid());
            await().until(() -> fetch.stat().bytes() > most / 2);
            await().until(() -> here.service().bitswap().client().wantlist().isEmpty());
            assertThat(fetch.stat().bytes()).isLessThan(2L * most);

            file.writeTo(Channels.newChannel(read), 0, file.size());
        }

        assertThat(read.toByteArray()).isEqualTo(Files.readAllBytes(folder.resolve("tree/file0")));
    }

    @Test
    void a_walk_over_more_than_may_be_unread_comes_to_its_end() throws Exception {
        Cid root = added(40, 300_000);

        try (Fetch fetch = here.service().fetch(SEARCH, 1 << 20)) {
            fetch.expect(root);
            assertThat(walked(fetch, root)).isEqualTo(walked(there.node().source(), root));
        }
    }

    @Test
    void what_was_fetched_before_is_not_asked_for_again() throws IOException {
        Cid root = added(10, 1000);
        try (Fetch first = here.service().fetch(SEARCH)) {
            walked(first, root);
        }

        try (Fetch second = here.service().fetch(SEARCH)) {
            second.expect(root);
            walked(second, root);
            assertThat(second.stat().blocks()).isZero();
        }
    }

    @Test
    void a_block_that_nobody_has_is_named_with_who_was_asked() throws IOException {
        Cid nowhere = named("nobody has this");

        try (Fetch fetch = here.service().fetch(Duration.ofMillis(500))) {
            assertThatThrownBy(() -> fetch.get(nowhere))
                    .isInstanceOf(BlockNotFoundException.class)
                    .hasMessageContaining(nowhere.toString());
        }
    }

    @Test
    void a_block_that_is_added_later_comes_to_who_waits_for_it() throws Exception {
        Path file = Files.writeString(folder.resolve("late"), "it comes late");
        Cid late = named("it comes late");
        try (Fetch fetch = here.service().fetch(SEARCH);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<byte[]> waiting = threads.submit(() -> fetch.get(late).orElseThrow().bytes());
            await().until(
                            () ->
                                    there.service()
                                            .bitswap()
                                            .server()
                                            .wantlist(here.host().id())
                                            .contains(late));

            assertThat(there.node().add(file).cid()).isEqualTo(late);
            there.service().bitswap().stored(List.of(late));

            assertThat(waiting.get()).isEqualTo(Files.readAllBytes(file));
        }
    }

    @Test
    void who_is_interrupted_waits_no_more_and_wants_no_more() throws Exception {
        Cid nowhere = named("nobody has this");
        try (Fetch fetch = here.service().fetch(SEARCH)) {
            Thread waiting =
                    Thread.ofVirtual()
                            .unstarted(
                                    () ->
                                            assertThatThrownBy(() -> fetch.get(nowhere))
                                                    .isInstanceOf(InterruptedIOException.class));
            waiting.start();
            await().until(() -> here.service().bitswap().client().wantlist().contains(nowhere));

            waiting.interrupt();
            waiting.join();

            await().until(() -> here.service().bitswap().client().wantlist().isEmpty());
        }
    }

    private Cid named(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        var function = here.node().hashes().find(Multicodec.SHA2_256).orElseThrow();
        return Block.hashed(1, Multicodec.RAW, function, bytes).cid();
    }
}
