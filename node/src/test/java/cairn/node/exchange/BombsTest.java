package cairn.node.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.blockstore.WriteSession;
import cairn.dag.DagException;
import cairn.dag.walk.DagWalk;
import cairn.libp2p.crypto.SigningKey;
import cairn.libp2p.host.Host;
import cairn.libp2p.host.HostOptions;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.multiformats.Multicodec;
import cairn.multiformats.multiaddr.Multiaddr;
import cairn.multiformats.protobuf.ProtoMessage;
import cairn.node.repo.NetworkSettings;
import cairn.node.Access;
import cairn.node.CairnNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Blocks that hash right and are bombs to whoever decodes them, given by a peer: the walk ahead of
/// a reader takes no more than it may, the reader is told, and the node goes on.
@Timeout(60)
final class BombsTest {
    private static final Duration SEARCH = Duration.ofSeconds(2);

    /// A list of one element, in CBOR.
    private static final byte LIST = (byte) 0x81;

    /// A link of dag-pb that has nothing but its tag.
    private static final byte[] EMPTY_LINK = {0x12, 0};

    @TempDir Path folder;

    private CairnNode giving;
    private CairnNode getting;
    private Host giver;
    private Host getter;
    private BlockService gives;
    private BlockService gets;

    @BeforeEach
    void open() throws IOException {
        giving = CairnNode.open(folder.resolve("giving"), Access.WRITE);
        getting = CairnNode.open(folder.resolve("getting"), Access.WRITE);
        giver = host();
        getter = host();
        gives = BlockService.open(giving, giver, (_, _) -> {}, NetworkSettings.of(giving.config()));
        gets =
                BlockService.open(
                        getting, getter, (_, _) -> {}, NetworkSettings.of(getting.config()));
        getter.connect(giver.listenAddresses().getFirst().withPeer(giver.id()));
    }

    private static Host host() throws IOException {
        return Host.open(
                HostOptions.of(SigningKey.generate())
                        .listen(List.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/0"))));
    }

    @AfterEach
    void close() throws IOException {
        for (BlockService service : List.of(gets, gives)) service.close();
        for (Host host : List.of(getter, giver)) host.close();
        for (CairnNode node : List.of(getting, giving)) node.close();
    }

    private Cid given(Multicodec codec, byte[] bytes) throws IOException {
        Block block = block(codec, bytes);
        try (WriteSession session = giving.openSession()) {
            session.put(block);
            session.commit(List.of());
        }
        return block.cid();
    }

    private Block block(Multicodec codec, byte[] bytes) {
        return Block.hashed(
                1, codec, giving.hashes().find(Multicodec.SHA2_256).orElseThrow(), bytes);
    }

    /// What the reader of a DAG meets.
    private void walk(Cid root) throws IOException {
        try (Fetch fetch = gets.fetch(SEARCH)) {
            fetch.expect(root);
            new DagWalk(fetch).forEach(root, cid -> true);
        }
    }

    private void stillTrades() throws IOException {
        Cid small = given(Multicodec.RAW, new byte[] {1, 2, 3});
        try (Fetch fetch = gets.fetch(SEARCH)) {
            assertThat(fetch.get(small).orElseThrow().bytes()).containsExactly(1, 2, 3);
        }
        assertThat(gets.bitswap().client().wantlist()).isEmpty();
    }

    @Test
    void a_million_links_to_nothing_are_malformed() throws IOException {
        ByteBuffer bomb = ByteBuffer.allocate(Block.MAX_BYTES);
        while (bomb.remaining() >= EMPTY_LINK.length) bomb.put(EMPTY_LINK);
        Cid root = given(Multicodec.DAG_PB, bomb.array());

        assertThatThrownBy(() -> walk(root)).isInstanceOf(DagException.class);
        stillTrades();
    }

    @Test
    void tens_of_thousands_of_links_to_what_nobody_has_end_with_the_first() throws IOException {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        Cid nothing = block(Multicodec.RAW, new byte[] {0}).cid();
        for (int i = 0; bomb.size() < Block.MAX_BYTES - 128; i++) {
            byte[] cid = nothing.bytes();
            ByteBuffer.wrap(cid).putInt(cid.length - Integer.BYTES, i);
            ProtoMessage link = new ProtoMessage().bytes(1, cid).text(2, "").number(3, 1);
            bomb.writeBytes(new ProtoMessage().message(2, link).encode());
        }
        Cid root = given(Multicodec.DAG_PB, bomb.toByteArray());

        assertThatThrownBy(() -> walk(root)).isInstanceOf(IOException.class);
        stillTrades();
    }

    @Test
    void a_list_in_a_list_two_million_deep_is_refused() throws IOException {
        byte[] bomb = new byte[Block.MAX_BYTES];
        Arrays.fill(bomb, LIST);
        Cid root = given(Multicodec.DAG_CBOR, bomb);

        assertThatThrownBy(() -> walk(root)).isInstanceOf(DagException.class);
        stillTrades();
    }

    @Test
    void a_list_that_says_it_has_four_billion_elements_is_refused() throws IOException {
        Cid root = given(Multicodec.DAG_CBOR, new byte[] {(byte) 0x9a, -1, -1, -1, -1, 0});

        assertThatThrownBy(() -> walk(root)).isInstanceOf(DagException.class);
        stillTrades();
    }
}
