package cairn.node.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cairn.bitswap.session.BlockTaker;
import cairn.dag.BlockSource;
import cairn.dag.DagException;
import cairn.dag.walk.Visited;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.multiformats.Hashes;
import cairn.multiformats.Multicodec;
import cairn.multiformats.protobuf.ProtoMessage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The walk ahead of a reader, over nodes that are here and leaves that aren't.
@Timeout(60)
final class AheadTest {
    private record Asked(Cid cid, BlockTaker taker) {}

    private final Map<Cid, Block> here = new HashMap<>();
    private final LinkedBlockingQueue<Asked> asked = new LinkedBlockingQueue<>();
    private Optional<Ahead> ahead = Optional.empty();
    private int leaves;

    @AfterEach
    void close() {
        ahead.ifPresent(Ahead::close);
    }

    private static Block block(Multicodec codec, byte[] bytes) {
        return Block.hashed(1, codec, Hashes.jdk().find(Multicodec.SHA2_256).orElseThrow(), bytes);
    }

    private Cid leaf() {
        return block(Multicodec.RAW, ByteBuffer.allocate(4).putInt(leaves++).array()).cid();
    }

    private Cid node(List<Cid> links) {
        ProtoMessage message = new ProtoMessage();
        for (Cid link : links)
            message.message(2, new ProtoMessage().bytes(1, link.bytes()).text(2, "").number(3, 1));
        Block block = block(Multicodec.DAG_PB, message.encode());
        here.put(block.cid(), block);
        return block.cid();
    }

    private Ahead walk(Cid root, Visited visited) {
        BlockSource local = cid -> Optional.ofNullable(here.get(cid));
        Ahead walk =
                new Ahead(
                        local,
                        (cid, taker) -> asked.add(new Asked(cid, taker)),
                        visited,
                        Ahead.MOST_UNREAD);
        ahead = Optional.of(walk);
        walk.add(root);
        return walk;
    }

    /// Answers all that is asked for, until so much was.
    private List<Cid> answered(Ahead walk, int count) throws InterruptedException {
        List<Cid> all = new ArrayList<>();
        while (all.size() < count) {
            Asked one = asked.take();
            all.add(one.cid);
            walk.read(one.cid);
            one.taker.failed(one.cid, new IOException("nobody has it"));
        }
        return all;
    }

    @Test
    void links_of_nodes_that_are_open_at_every_depth_take_little_and_none_is_left_out()
            throws Exception {
        List<Cid> expected = new ArrayList<>();
        Optional<Cid> below = Optional.empty();
        for (int depth = 0; depth < 20; depth++) {
            List<Cid> links = new ArrayList<>();
            below.ifPresent(links::add);
            for (int i = 0; i < 10_000; i++) links.add(leaf());
            expected.addAll(links.subList(below.isPresent() ? 1 : 0, links.size()));
            below = Optional.of(node(links));
        }
        Ahead walk = walk(below.orElseThrow(), Visited.onHeap());
        await().until(() -> asked.size() > 100);
        assertThat(walk.pendingBytes()).isBetween(1L, 5 * Ahead.MOST_PENDING_BYTES / 4);
        assertThat(answered(walk, expected.size())).isEqualTo(expected);
    }

    @Test
    void leaves_have_no_end_where_few_nodes_are_remembered() throws Exception {
        List<Cid> nodes = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            List<Cid> links = new ArrayList<>();
            for (int k = 0; k < 1000; k++) links.add(leaf());
            nodes.add(node(links));
        }
        Ahead walk = walk(node(nodes), new Few());
        assertThat(answered(walk, leaves)).doesNotHaveDuplicates();
    }

    /// Remembers ten.
    private static final class Few implements Visited {
        private final List<Cid> met = new ArrayList<>();

        @Override
        public Meeting meet(Cid cid) throws DagException {
            if (met.contains(cid)) return Meeting.AGAIN;
            if (met.size() == 10) throw new DagException("too many");
            met.add(cid);
            return Meeting.FIRST;
        }

        @Override
        public boolean contains(Cid cid) {
            return met.contains(cid);
        }
    }
}
