package cairn.node.pins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.blockstore.Pin;
import cairn.blockstore.Pins;
import cairn.blockstore.rocks.RocksStore;
import cairn.dag.BlockSource;
import cairn.dag.DagException;
import cairn.dag.MissingBlockException;
import cairn.dag.path.DagPath;
import cairn.dag.walk.DagWalk;
import cairn.dag.walk.Visited;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.multiformats.Multicodec;
import cairn.node.Access;
import cairn.node.CairnNode;
import cairn.node.LostBlocks;
import cairn.node.collection.CollectionListener;
import cairn.node.collection.Collector;
import cairn.node.collection.Root;
import cairn.node.collection.Roots;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What pins keep, how they move, and what is told of broken ones.
final class PinnerTest {
    private static final Multicodec UNKNOWN = new Multicodec(0x999);

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

    /// A tree of three files in folders of their own, the last of them large.
    private Path tree() throws IOException {
        Path tree = folder.resolve("tree");
        for (String name : List.of("a", "b", "c")) {
            Files.createDirectories(tree.resolve(name));
            Files.writeString(tree.resolve(name).resolve("file"), name);
        }
        Files.writeString(tree.resolve("c/file"), "c".repeat(3_000_000));
        return tree;
    }

    private Cid add(Path path) throws IOException {
        return node.add(path).cid();
    }

    private Cid addUnpinned(Path path) throws IOException {
        Cid cid = add(path);
        node.pins().remove(List.of(cid));
        return cid;
    }

    private Cid resolve(Cid root, String path) throws IOException {
        try (var reader = node.reader()) {
            return reader.resolve(DagPath.parse(root + "/" + path));
        }
    }

    private Block put(Multicodec codec, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Block block =
                Block.hashed(
                        1, codec, node.hashes().find(Multicodec.SHA2_256).orElseThrow(), bytes);
        node.blocks().put(block);
        return block;
    }

    private List<Pin> pins() throws IOException {
        List<Pin> pins = new ArrayList<>();
        node.pins().forEach(pins::add);
        return pins;
    }

    @Test
    void a_pin_moves_with_its_name_and_both_stay_where_asked() throws Exception {
        Path tree = tree();
        Cid old = add(tree);
        node.pins().add(old, Pin.Mode.RECURSIVE, "mine");
        Files.writeString(tree.resolve("a/file"), "changed");
        Cid now = addUnpinned(tree);
        node.pins().update(old, now, false);
        assertThat(pins())
                .containsExactlyInAnyOrder(
                        new Pin(old, Pin.Mode.RECURSIVE, "mine"),
                        new Pin(now, Pin.Mode.RECURSIVE, "mine"));
        node.pins().remove(List.of(now));
        node.pins().update(old, now, true);
        assertThat(pins()).containsExactly(new Pin(now, Pin.Mode.RECURSIVE, "mine"));
    }

    @Test
    void only_what_differs_is_read() throws Exception {
        Path tree = tree();
        Cid old = add(tree);
        Files.writeString(tree.resolve("a/file"), "changed");
        Cid now = addUnpinned(tree);
        List<Cid> read = new ArrayList<>();
        new DagDifference(
                        cid -> {
                            read.add(cid);
                            return node.source().get(cid);
                        },
                        Visited.onHeap())
                .walk(old, now);
        // A leaf is only asked for; this source reads it to tell.
        assertThat(read)
                .containsExactlyInAnyOrder(
                        old, now, resolve(old, "a"), resolve(now, "a"), resolve(now, "a/file"));
    }

    @Test
    void a_difference_meets_all_that_is_new() throws Exception {
        Path tree = tree();
        Cid old = add(tree);
        Files.writeString(tree.resolve("c/file"), "c".repeat(1_500_000) + "d".repeat(1_600_000));
        Files.createDirectories(tree.resolve("new/sub"));
        Files.writeString(tree.resolve("new/sub/file"), "new");
        Cid now = addUnpinned(tree);
        Visited met = Visited.onHeap();
        new DagWalk(node.source(), met).forEach(old, _ -> true);
        new DagDifference(node.source(), met).walk(old, now);
        List<Cid> unmet = new ArrayList<>();
        new DagWalk(node.source())
                .forEach(
                        now,
                        cid -> {
                            if (!met.contains(cid)) unmet.add(cid);
                            return true;
                        });
        assertThat(unmet).isEmpty();
    }

    @Test
    void a_pin_does_not_move_to_what_misses_a_block() throws Exception {
        Path tree = tree();
        Cid old = add(tree);
        Files.writeString(tree.resolve("a/file"), "changed");
        Cid now = addUnpinned(tree);
        Cid missing = resolve(now, "a/file");
        lose(missing);
        assertThatThrownBy(() -> node.pins().update(old, now, true))
                .isInstanceOf(MissingBlockException.class)
                .hasMessageContaining(missing.toString());
        assertThat(pins()).extracting(Pin::cid).containsExactly(old);
    }

    /// The collection has passed the new pin's place when the pin moves, and then misses the old
    /// one: pins are visited in the order of their bytes, dag-pb before dag-cbor before dag-json, a
    /// page at a time.
    @Test
    void a_pin_that_moves_beside_a_collection_keeps_all() throws Exception {
        Cid now = addUnpinned(tree());
        Block old = put(Multicodec.DAG_JSON, "{\"a\":{\"/\":\"" + resolve(now, "c") + "\"}}");
        node.pins().add(old.cid(), Pin.Mode.RECURSIVE, "");
        for (int i = 0; i < 2500; i++)
            node.pins()
                    .add(put(Multicodec.DAG_CBOR, "\u0019" + number(i)).cid(), Pin.Mode.DIRECT, "");
        node.collector()
                .collect(
                        new CollectionListener() {
                            @Override
                            public void marked(long blocks) throws IOException {
                                if (blocks == 1) node.pins().update(old.cid(), now, true);
                            }
                        });
        assertThat(node.pins().get(now)).isPresent();
        new DagWalk(node.source()).forEach(now, _ -> true);
    }

    /// Two ASCII characters that differ for each number below 2^14.
    private static String number(int i) {
        return "" + (char) (i >> 7) + (char) (i & 0x7f);
    }

    @Test
    void a_recursive_pin_of_what_cannot_be_followed_is_refused_and_names_the_block()
            throws Exception {
        Block unknown = put(UNKNOWN, "?");
        Block malformed = put(Multicodec.DAG_CBOR, "a"); // a text of one byte that isn't there
        for (Block odd : List.of(unknown, malformed)) {
            Block root = put(Multicodec.DAG_JSON, "{\"a\":{\"/\":\"" + odd.cid() + "\"}}");
            assertThatThrownBy(() -> node.pins().add(root.cid(), Pin.Mode.RECURSIVE, ""))
                    .isInstanceOf(DagException.class)
                    .hasMessageContaining(odd.cid().toString());
            node.pins().add(root.cid(), Pin.Mode.DIRECT, "");
        }
        assertThat(pins()).extracting(Pin::mode).containsOnly(Pin.Mode.DIRECT);
    }

    @Test
    void a_check_tells_how_far_it_is() throws Exception {
        add(tree());
        put(Multicodec.RAW, "beside it");
        verify();
        assertThat(checked).isGreaterThanOrEqualTo(node.stat().blocks() - 1);
    }

    private long checked;

    /// What a check told, a line for each call.
    private List<String> verify() throws IOException {
        List<String> told = new ArrayList<>();
        checked = 0;
        node.pins()
                .verify(
                        new PinCheckListener() {
                            @Override
                            public void checked(long blocks) {
                                assertThat(blocks).isEqualTo(++checked);
                            }

                            @Override
                            public void whole(Pin pin) {
                                told.add(pin.name() + " whole");
                            }

                            @Override
                            public void bad(Pin pin, Cid cid, IOException reason) {
                                told.add(pin.name() + " misses " + cid);
                            }

                            @Override
                            public void broken(Pin pin) {
                                told.add(pin.name() + " broken");
                            }
                        });
        return told;
    }

    @Test
    void a_bad_block_is_told_for_every_pin_that_reaches_it() throws Exception {
        Path tree = tree();
        Cid first = addUnpinned(tree);
        Files.writeString(tree.resolve("a/file"), "changed");
        Cid second = addUnpinned(tree);
        Files.writeString(tree.resolve("c/file"), "small");
        Cid third = addUnpinned(tree);
        Map<Cid, String> names = Map.of(first, "first", second, "second", third, "third");
        for (var entry : names.entrySet())
            node.pins().add(entry.getKey(), Pin.Mode.RECURSIVE, entry.getValue());
        assertThat(verify())
                .containsExactlyInAnyOrder("first whole", "second whole", "third whole");
        Cid file = resolve(first, "c/file");
        Cid direct = put(Multicodec.RAW, "direct").cid();
        node.pins().add(direct, Pin.Mode.DIRECT, "direct");
        lose(file, direct);
        assertThat(verify())
                .containsExactlyInAnyOrder(
                        "first misses " + file,
                        "first broken",
                        "second misses " + file,
                        "second broken",
                        "third whole",
                        "direct misses " + direct,
                        "direct broken")
                .containsSubsequence("first misses " + file, "first broken");
    }

    @Test
    void a_missing_leaf_is_found() throws Exception {
        Cid root = add(tree());
        Cid leaf = resolve(root, "a/file");
        lose(leaf);
        assertThat(verify()).containsExactly(" misses " + leaf, " broken");
    }

    @Test
    void keepers_of_several_blocks_are_found_in_one_walk() throws Exception {
        Cid root = add(tree());
        Cid leaf = resolve(root, "a/file");
        Cid sub = resolve(root, "c");
        // Pinned itself, and before the root in a listing.
        node.pins().add(leaf, Pin.Mode.RECURSIVE, "");
        Cid stray = put(Multicodec.RAW, "stray").cid();
        var keepers = node.pins().keepersOf(List.of(leaf, sub, stray, root));
        assertThat(keepers.keySet()).containsExactlyInAnyOrder(leaf, sub);
        assertThat(Optional.ofNullable(keepers.get(leaf)).map(Pin::cid)).contains(root);
    }

    @Test
    void what_was_begun_and_failed_takes_no_more() throws Exception {
        Cid good = put(Multicodec.RAW, "good").cid();
        Cid absent = Cid.parse("bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy");
        try (PinAddition addition = node.pins().adding(Pin.Mode.RECURSIVE, "", _ -> true)) {
            addition.add(List.of(good));
            assertThatThrownBy(() -> addition.add(List.of(absent)))
                    .isInstanceOf(MissingBlockException.class);
            assertThatThrownBy(() -> addition.add(List.of(good)))
                    .isInstanceOf(IllegalStateException.class);
        }
        assertThat(pins()).extracting(Pin::cid).containsExactly(good);
    }

    @Test
    void what_is_over_adds_no_more() throws Exception {
        Cid cid = put(Multicodec.RAW, "block").cid();
        PinAddition addition = node.pins().adding(Pin.Mode.RECURSIVE, "", _ -> true);
        addition.add(List.of(cid));
        node.pins().remove(List.of(cid));
        addition.close();
        assertThatThrownBy(() -> addition.add(List.of(cid)))
                .isInstanceOf(IllegalStateException.class);
        assertThat(pins()).isEmpty();
    }

    /// Right after the old pin was looked up a collection takes what it kept, but for the upper
    /// blocks; then somebody writes the same pin again.
    @Test
    void a_pin_does_not_move_away_from_one_that_went_before_a_collection() throws Exception {
        Path repo = folder.resolve("other");
        List<Cid> upper = new ArrayList<>();
        try (CairnNode other = CairnNode.open(repo, Access.WRITE)) {
            Path tree = tree();
            upper.add(other.add(tree).cid());
            Files.writeString(tree.resolve("new"), "new");
            upper.add(other.add(tree).cid());
            other.pins().remove(List.of(upper.getLast()));
            for (String name : List.of("a", "b", "c", "new"))
                upper.add(other.resolver().resolve(DagPath.parse(upper.get(1) + "/" + name)).cid());
        }
        Cid old = upper.getFirst();
        Cid now = upper.get(1);
        try (RocksStore store = RocksStore.open(repo.resolve("store"))) {
            BlockSource source = cid -> store.blocks().get(cid);
            Step steps =
                    () -> {
                        store.pins().remove(List.of(old));
                        store.pins()
                                .add(
                                        upper.stream()
                                                .map(cid -> new Pin(cid, Pin.Mode.DIRECT, ""))
                                                .toList());
                        new Collector(store, source, List.of(v -> visit(store, v)))
                                .collect(CollectionListener.NONE);
                        store.pins().add(List.of(new Pin(old, Pin.Mode.RECURSIVE, "")));
                    };
            Pinner pinner =
                    new Pinner(
                            store,
                            new Watched(store.pins(), old, steps),
                            source,
                            Optional.empty(),
                            node.hashes());
            assertThatThrownBy(() -> pinner.update(old, now, false))
                    .isInstanceOf(MissingBlockException.class);
            assertThat(store.pins().get(now)).map(Pin::mode).contains(Pin.Mode.DIRECT);
        }
    }

    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }

    private static void visit(RocksStore store, Roots.Visitor visitor) throws IOException {
        store.pins()
                .forEach(
                        pin -> {
                            visitor.visit(Root.of(pin));
                            return true;
                        });
    }

    /// Pins with something that happens once a certain one was looked up.
    private record Watched(Pins pins, Cid cid, Step then) implements Pins {
        @Override
        public void add(List<Pin> added) throws IOException {
            pins.add(added);
        }

        @Override
        public void remove(List<Cid> cids) throws IOException {
            pins.remove(cids);
        }

        @Override
        public void replace(List<Cid> removed, Pin pin) throws IOException {
            pins.replace(removed, pin);
        }

        @Override
        public Optional<Pin> get(Cid asked) throws IOException {
            Optional<Pin> pin = pins.get(asked);
            if (asked.equals(cid)) then.run();
            return pin;
        }

        @Override
        public void forEach(Visitor visitor) throws IOException {
            pins.forEach(visitor);
        }
    }
}
