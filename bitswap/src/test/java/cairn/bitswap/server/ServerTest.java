package cairn.bitswap.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cairn.bitswap.message.BitswapVersion;
import cairn.bitswap.message.WantlistEntry.Cancel;
import cairn.bitswap.message.WantlistEntry.Kind;
import cairn.bitswap.message.WantlistEntry.Want;
import cairn.libp2p.crypto.SigningKey;
import cairn.libp2p.host.Host;
import cairn.libp2p.host.HostOptions;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.multiformats.Multicodec;
import cairn.multiformats.Multihash;
import cairn.multiformats.multiaddr.Multiaddr;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ServerTest {
    private static final int TINY = ServerOptions.DEFAULTS.tinyBlock();
    private static final int LARGE = 256 << 10;

    private final MemoryBlocks blocks = new MemoryBlocks();
    private final Deque<Closeable> open = new ArrayDeque<>();
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
        blocks.release();
        for (Closeable each : open) each.close();
    }

    private Server server(ServerOptions options) {
        Server server = new Server(host.swarm(), blocks, options);
        open.push(server);
        return server;
    }

    private Server server() {
        return server(ServerOptions.DEFAULTS);
    }

    private Asker asker(Server server, BitswapVersion version) throws IOException {
        Asker asker = Asker.connected(server, host, version);
        open.push(asker);
        return asker;
    }

    private Asker asker(Server server) throws IOException {
        return asker(server, BitswapVersion.V1_2_0);
    }

    private static Want want(Cid cid, Kind kind, int priority) {
        return new Want(cid, kind, priority, false);
    }

    @Test
    void a_want_of_a_block_gets_the_block() throws Exception {
        Server server = server();
        Asker asker = asker(server);
        Block block = blocks.add(Cids.block(1, LARGE));
        asker.wantBlock(block.cid());
        await().until(() -> asker.blocks.containsKey(block.cid()));
        await().until(() -> server.stat().bytesInMemory() == 0);
        assertThat(server.wantlist(asker.host().id())).isEmpty();
        assertThat(server.ledger(asker.host().id())).contains(new ServerLedger(block.size(), 1, 1));
        assertThat(server.stat().sent()).isEqualTo(new ServerLedger(block.size(), 1, 1));
        assertThat(blocks.lookups).hasValue(0);
        assertThat(blocks.reads).hasValue(1);
    }

    @Test
    void a_block_is_asked_for_by_any_name_of_its_hash() throws Exception {
        Asker asker = asker(server());
        Cid old = Cid.v0(blocks.add(Cids.block(1, 100)).cid().hash());
        asker.wantBlock(old);
        await().until(() -> asker.blocks.containsKey(old));
    }

    @Test
    void a_block_of_the_largest_size_is_sent() throws Exception {
        Asker asker = asker(server());
        Block block = blocks.add(Cids.block(1, Block.MAX_BYTES));
        Block small = blocks.add(Cids.block(2, 10));
        asker.say(
                false,
                want(block.cid(), Kind.BLOCK, 1),
                want(small.cid(), Kind.BLOCK, 1),
                new Want(Cids.of(1), Kind.BLOCK, 1, true));
        await().until(() -> asker.blocks.size() == 2);
        assertThat(asker.dontHave).containsExactly(Cids.of(1));
    }

    @Test
    void a_want_of_a_word_gets_the_word_and_of_a_tiny_block_the_block() throws Exception {
        Asker asker = asker(server());
        Block large = blocks.add(Cids.block(1, TINY + 1));
        Block tiny = blocks.add(Cids.block(2, TINY));
        asker.wantHave(large.cid());
        asker.wantHave(tiny.cid());
        asker.wantHave(Cids.of(3));
        await().until(() -> asker.blocks.containsKey(tiny.cid()));
        await().until(() -> !asker.have.isEmpty() && !asker.dontHave.isEmpty());
        assertThat(asker.have).containsExactly(large.cid());
        assertThat(asker.dontHave).containsExactly(Cids.of(3));
        assertThat(blocks.reads).hasValue(1);
    }

    @Test
    void dont_have_is_said_only_where_it_is_asked_for() throws Exception {
        Server server = server();
        Asker asker = asker(server);
        asker.say(false, want(Cids.of(1), Kind.BLOCK, 1), want(Cids.of(2), Kind.HAVE, 1));
        asker.wantBlock(Cids.of(3));
        await().until(() -> !asker.dontHave.isEmpty());
        await().until(() -> blocks.lookups.get() + blocks.reads.get() == 3);
        assertThat(asker.dontHave).containsExactly(Cids.of(3));
        assertThat(server.wantlist(asker.host().id())).hasSize(3);
    }

    @Test
    void what_is_absent_is_sent_when_it_arrives() throws Exception {
        Server server = server();
        Asker asker = asker(server);
        Block wanted = Cids.block(1, LARGE);
        Block asked = Cids.block(2, LARGE);
        asker.wantBlock(wanted.cid());
        asker.wantHave(asked.cid());
        await().until(() -> asker.dontHave.size() == 2);
        blocks.add(wanted);
        blocks.add(asked);
        Cid otherName = Cid.v1(Multicodec.DAG_PB, wanted.cid().hash());
        server.arrived(List.of(otherName, asked.cid(), Cids.of(7)));
        await().until(() -> asker.blocks.containsKey(wanted.cid()) && !asker.have.isEmpty());
        assertThat(asker.have).containsExactly(asked.cid());
        assertThat(server.wantlist(asker.host().id())).isEmpty();
    }

    @Test
    void what_is_cancelled_while_it_is_looked_up_is_not_sent() throws Exception {
        Server server = server();
        Asker asker = asker(server);
        Block block = blocks.add(Cids.block(1, LARGE));
        Block other = blocks.add(Cids.block(2, LARGE));
        blocks.hold();
        asker.wantBlock(block.cid());
        await().until(() -> blocks.reads.get() == 1);
        asker.say(false, new Cancel(block.cid()));
        blocks.release();
        asker.wantBlock(other.cid());
        await().until(() -> asker.blocks.containsKey(other.cid()));
        assertThat(asker.blocks).doesNotContainKey(block.cid());
        await().until(() -> server.stat().bytesInMemory() == 0);
    }

    @Test
    void a_full_wantlist_replaces_the_last_one() throws Exception {
        Server server = server();
        Asker asker = asker(server);
        asker.say(false, want(Cids.of(1), Kind.BLOCK, 1), want(Cids.of(2), Kind.BLOCK, 1));
        asker.say(true, want(Cids.of(2), Kind.BLOCK, 1), want(Cids.of(3), Kind.BLOCK, 1));
        assertThat(server.wantlist(asker.host().id()))
                .containsExactlyInAnyOrder(Cids.of(2), Cids.of(3));
    }

    @Test
    void the_more_urgent_is_sent_first_and_small_blocks_before_large_ones() throws Exception {
        Asker asker = asker(server());
        Block low = blocks.add(Cids.block(1, LARGE));
        Block high = blocks.add(Cids.block(2, LARGE));
        Block small = blocks.add(Cids.block(3, 2000));
        Block gate = blocks.add(Cids.block(4, LARGE));
        blocks.hold();
        asker.wantBlock(gate.cid());
        await().until(() -> blocks.reads.get() == 1);
        asker.say(
                false,
                want(low.cid(), Kind.BLOCK, 1),
                want(high.cid(), Kind.BLOCK, 9),
                want(small.cid(), Kind.BLOCK, -1));
        blocks.release();
        await().until(() -> asker.order.size() == 4);
        assertThat(asker.order)
                .containsSubsequence(small.cid(), high.cid(), low.cid())
                .contains(gate.cid());
    }

    @Test
    void a_message_says_how_much_is_still_to_come() throws Exception {
        Asker asker = asker(server());
        Want[] wants = new Want[8];
        for (int i = 0; i < wants.length; i++)
            wants[i] = want(blocks.add(Cids.block(i, LARGE)).cid(), Kind.BLOCK, 1);
        asker.say(false, wants);
        await().until(() -> asker.blocks.size() == wants.length);
        assertThat(asker.pendingBytes.getFirst()).isEqualTo(7 * LARGE);
        await().until(() -> asker.pendingBytes.getLast() == 0);
    }

    @Test
    void identity_cids_are_never_answered() throws Exception {
        Server server = server();
        Asker asker = asker(server);
        Cid identity = Cid.v1(Multicodec.RAW, Multihash.of(Multicodec.IDENTITY, new byte[] {1}));
        asker.wantBlock(identity);
        asker.wantBlock(Cids.of(1));
        await().until(() -> !asker.dontHave.isEmpty());
        assertThat(asker.dontHave).containsExactly(Cids.of(1));
        assertThat(server.wantlist(asker.host().id())).containsExactly(Cids.of(1));
    }

    @Test
    void one_that_speaks_an_older_version_gets_blocks_and_no_words() throws Exception {
        for (BitswapVersion version : List.of(BitswapVersion.V1_1_0, BitswapVersion.V1_0_0)) {
            Asker asker = asker(server(), version);
            Cid old = Cid.v0(blocks.add(Cids.block(1, LARGE)).cid().hash());
            asker.wantBlock(Cids.of(2));
            asker.wantBlock(old);
            await().until(() -> asker.blocks.containsKey(old));
            assertThat(asker.dontHave).isEmpty();
        }
    }

    @Test
    void one_that_serves_nothing_says_so_and_remembers_nothing() throws Exception {
        Server server = server(ServerOptions.DEFAULTS.withEnabled(false));
        Asker asker = asker(server);
        Block block = blocks.add(Cids.block(1, 10));
        asker.say(false, want(Cids.of(9), Kind.BLOCK, 1));
        asker.wantBlock(block.cid());
        asker.wantHave(Cids.of(2));
        await().until(() -> asker.dontHave.size() == 2);
        assertThat(asker.blocks).isEmpty();
        assertThat(server.stat().wants()).isZero();
    }

    @Test
    void a_store_that_fails_is_as_one_that_has_nothing() throws Exception {
        Asker asker = asker(server());
        blocks.fail();
        asker.wantBlock(Cids.of(1));
        asker.wantHave(Cids.of(2));
        await().until(() -> asker.dontHave.size() == 2);
    }

    @Test
    void a_bug_in_the_store_lets_one_peer_go_and_the_rest_are_served() throws Exception {
        Server server = server(ServerOptions.DEFAULTS.withWorkers(1));
        Asker unlucky = asker(server);
        Asker other = asker(server);
        Block block = blocks.add(Cids.block(1, LARGE));
        blocks.surprise();
        unlucky.wantBlock(Cids.of(2));
        await().until(() -> host.swarm().connections(unlucky.host().id()).isEmpty());
        assertThat(server.stat().peers()).isZero();
        other.wantBlock(block.cid());
        await().until(() -> other.blocks.containsKey(block.cid()));
    }

    @Test
    void a_block_that_vanishes_before_it_is_read_is_one_that_is_absent() throws Exception {
        Asker asker = asker(server(ServerOptions.DEFAULTS.withMostInMemory(1)));
        Block first = blocks.add(Cids.block(1, LARGE));
        Block second = blocks.add(Cids.block(2, LARGE));
        blocks.hold();
        asker.wantBlock(first.cid());
        await().until(() -> blocks.reads.get() == 1);
        asker.wantBlock(second.cid());
        blocks.remove(second.cid());
        blocks.release();
        await().until(() -> asker.dontHave.contains(second.cid()));
        assertThat(asker.blocks).containsOnlyKeys(first.cid());
    }

    @Test
    void one_that_leaves_is_forgotten_but_for_its_ledger() throws Exception {
        Server server = server();
        Asker asker = asker(server);
        Block block = blocks.add(Cids.block(1, 100));
        asker.wantBlock(block.cid());
        asker.wantBlock(Cids.of(2));
        await().until(() -> asker.dontHave.size() == 1 && asker.blocks.size() == 1);
        asker.close();
        await().until(() -> host.swarm().connections(asker.host().id()).isEmpty());
        server.gone(asker.host().id());
        assertThat(server.stat().peers()).isZero();
        assertThat(server.stat().wants()).isZero();
        assertThat(server.stat().bytesInMemory()).isZero();
        assertThat(server.ledger(asker.host().id())).contains(new ServerLedger(100, 1, 2));
        asker.wantBlock(Cids.of(3));
        assertThat(server.stat().peers()).isZero();
    }

    @Test
    void wants_beyond_the_most_are_dropped() throws Exception {
        Server server = server(ServerOptions.DEFAULTS.withMostWants(2));
        Asker asker = asker(server);
        for (int i = 0; i < 5; i++) asker.say(false, want(Cids.of(i), Kind.BLOCK, 1));
        assertThat(server.wantlist(asker.host().id())).hasSize(2);
        assertThat(server.stat().wantsDropped()).isEqualTo(3);
    }
}
