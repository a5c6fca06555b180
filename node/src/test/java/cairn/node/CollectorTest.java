package cairn.node;

import cairn.node.collection.CollectionException;
import cairn.node.collection.CollectionListener;
import cairn.node.collection.Root;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.blockstore.Pin;
import cairn.blockstore.WriteSession;
import cairn.dag.path.DagPath;
import cairn.dag.walk.DagWalk;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.multiformats.Multicodec;
import cairn.multiformats.Multihash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a collection keeps of DAGs.
final class CollectorTest {
    @TempDir Path folder;
    private CairnNode node;

    @BeforeEach
    void open() throws IOException {
        node = CairnNode.open(folder.resolve("repo"), Access.WRITE);
    }

    @AfterEach
    void close() throws IOException {
        node.close();
    }

    private void lose(Cid... cids) throws IOException {
        close();
        LostBlocks.lose(folder.resolve("repo"), cids);
        open();
    }

    private Path tree(String name) throws IOException {
        Path tree = Files.createDirectories(folder.resolve(name));
        Files.createDirectories(tree.resolve("sub"));
        Files.writeString(tree.resolve("leaf"), "leaf of " + name);
        Files.writeString(tree.resolve("sub/shared"), "shared");
        Files.writeString(tree.resolve("big"), name.repeat(100_000));
        return tree;
    }

    private Block block(String text, Multicodec codec) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Block.hashed(1, codec, node.hashes().find(Multicodec.SHA2_256).orElseThrow(), bytes);
    }

    private void put(Block block, Pin... pins) throws IOException {
        try (WriteSession session = node.blocks().openSession()) {
            session.put(block);
            session.commit(List.of(pins));
        }
    }

    private Set<Multihash> all() throws IOException {
        Set<Multihash> all = new TreeSet<>();
        node.blocks().forEach((hash, size) -> all.add(hash));
        return all;
    }

    private Set<Multihash> below(Cid root) throws IOException {
        Set<Multihash> below = new TreeSet<>();
        new DagWalk(node.source())
                .forEach(
                        root,
                        cid -> {
                            below.add(cid.hash());
                            return true;
                        });
        return below;
    }

    private Cid resolve(String path) throws IOException {
        try (var reader = node.reader()) {
            return reader.resolve(DagPath.parse(path));
        }
    }

    @Test
    void what_no_pin_reaches_goes_and_is_told() throws Exception {
        Cid kept = node.add(tree("kept")).cid();
        Cid gone = node.add(tree("gone")).cid();
        Set<Multihash> keptBlocks = below(kept);
        Set<Multihash> garbage = below(gone);
        garbage.removeAll(keptBlocks);
        node.pins().remove(List.of(gone));
        List<Multihash> told = new ArrayList<>();
        CollectionListener listener =
                new CollectionListener() {
                    @Override
                    public void removed(Cid cid, int length) {
                        told.add(cid.hash());
                    }
                };
        var previewed = node.collector().preview(listener);
        assertThat(told).containsExactlyElementsOf(garbage);
        assertThat(all()).containsAll(garbage);
        told.clear();
        var swept = node.collector().collect(listener);
        assertThat(swept.blocks()).isEqualTo(previewed.blocks()).isEqualTo(garbage.size());
        assertThat(told).containsExactlyElementsOf(garbage);
        assertThat(all()).isEqualTo(keptBlocks);
        assertThat(below(kept)).isEqualTo(keptBlocks);
    }

    @Test
    void a_direct_pin_keeps_its_block_alone() throws Exception {
        Cid root = node.add(tree("tree")).cid();
        node.pins().remove(List.of(root));
        node.pins().add(root, Pin.Mode.DIRECT, "");
        node.collector().collect(CollectionListener.NONE);
        assertThat(all()).containsExactly(root.hash());
    }

    @Test
    void a_block_that_is_pinned_as_raw_is_followed_where_it_is_met_as_a_node() throws Exception {
        Cid root = node.add(tree("tree")).cid();
        Set<Multihash> blocks = below(root);
        node.pins().add(Cid.v1(Multicodec.RAW, root.hash()), Pin.Mode.RECURSIVE, "");
        node.collector().collect(CollectionListener.NONE);
        assertThat(all()).isEqualTo(blocks);
    }

    @Test
    void a_missing_block_stops_the_collection_and_the_pin_is_named() throws Exception {
        Cid root = node.add(tree("tree")).cid();
        node.pins().add(root, Pin.Mode.RECURSIVE, "holiday");
        Cid missing = resolve(root + "/sub/shared");
        lose(missing);
        put(block("garbage", Multicodec.RAW));
        Set<Multihash> before = all();
        assertThatThrownBy(() -> node.collector().collect(CollectionListener.NONE))
                .isInstanceOf(CollectionException.class)
                .hasMessageContaining("nothing was deleted")
                .hasMessageContaining(root.toString())
                .hasMessageContaining("\"holiday\"")
                .hasMessageContaining(missing.toString());
        assertThat(all()).isEqualTo(before);
        node.pins().remove(List.of(root));
        node.collector().collect(CollectionListener.NONE);
        assertThat(all()).isEmpty();
    }

    @Test
    void odd_blocks_are_told_and_kept() throws Exception {
        Block unknown = block("unknown", Multicodec.of(0x300000));
        Block malformed = block("malformed", Multicodec.DAG_PB);
        for (Block odd : List.of(unknown, malformed))
            put(odd, new Pin(odd.cid(), Pin.Mode.RECURSIVE, ""));
        put(block("garbage", Multicodec.RAW));
        List<Cid> told = new ArrayList<>();
        node.collector()
                .collect(
                        new CollectionListener() {
                            @Override
                            public void odd(Root root, Cid cid, String reason) {
                                assertThat(root.cid()).isEqualTo(cid);
                                told.add(cid);
                            }
                        });
        assertThat(told).containsExactlyInAnyOrder(unknown.cid(), malformed.cid());
        assertThat(all()).containsExactlyInAnyOrder(unknown.cid().hash(), malformed.cid().hash());
    }

    @Test
    void a_pin_that_is_made_while_garbage_is_collected_keeps_all_below_it() throws Exception {
        Cid garbage = node.add(tree("tree")).cid();
        Set<Multihash> blocks = below(garbage);
        node.pins().remove(List.of(garbage));
        Cid other = node.add(tree("other")).cid();
        node.collector()
                .collect(
                        new CollectionListener() {
                            @Override
                            public void marked(long count) throws IOException {
                                if (count == 1) node.pins().remove(List.of(other));
                                if (count == 2)
                                    node.pins().add(garbage, Pin.Mode.RECURSIVE, "again");
                            }
                        });
        assertThat(below(garbage)).isEqualTo(blocks);
        assertThat(all()).containsAll(blocks);
        node.collector().collect(CollectionListener.NONE);
        assertThat(all()).isEqualTo(blocks);
    }

    @Test
    void a_pin_whose_blocks_live_in_its_name_needs_none_in_the_store() throws Exception {
        Cid identity =
                Cid.v1(Multicodec.RAW, Multihash.of(Multicodec.IDENTITY, new byte[] {1, 2, 3}));
        for (Pin.Mode mode : Pin.Mode.values()) node.pins().add(identity, mode, "");
        assertThat(node.collector().collect(CollectionListener.NONE).blocks()).isZero();
    }

    @Test
    void a_node_that_only_reads_collects_nothing() throws Exception {
        try (CairnNode reader = CairnNode.open(folder.resolve("repo"), Access.READ)) {
            assertThatThrownBy(() -> reader.collector().collect(CollectionListener.NONE))
                    .hasMessageContaining("reading only");
        }
    }
}
