package cairn.node.collection;

import cairn.node.Access;
import cairn.node.CairnNode;
import cairn.node.NodeOptions;
import cairn.node.LostBlocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.blockstore.Pin;
import cairn.blockstore.StoreFullException;
import cairn.dag.path.DagPath;
import cairn.multiformats.Cid;
import cairn.node.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A repo of 20 MB that is filled with files of 6 MB.
class AutomaticCollectionTest {
    private static final int FILE_BYTES = 6_000_000;

    @TempDir Path folder;
    private final Random random = new Random(11);

    private Path repo() {
        return folder.resolve("repo");
    }

    private void set(String key, String value) throws IOException {
        NodeOptions.DEFAULT.configure(repo(), "Datastore." + key, new Json.Str(value));
    }

    private Cid add() throws IOException {
        byte[] bytes = new byte[FILE_BYTES];
        random.nextBytes(bytes);
        Path file = Files.write(folder.resolve("file"), bytes);
        try (CairnNode node = CairnNode.open(repo(), Access.WRITE)) {
            return node.add(file).cid();
        }
    }

    private void unpin(Cid cid) throws IOException {
        try (CairnNode node = CairnNode.open(repo(), Access.WRITE)) {
            node.pins().remove(List.of(cid));
        }
    }

    private boolean has(Cid cid) throws IOException {
        try (CairnNode node = CairnNode.open(repo(), Access.READ)) {
            return node.blocks().has(cid.hash());
        }
    }

    @Test
    void nothing_is_collected_unless_it_is_switched_on() throws Exception {
        set("StorageMax", "20MB");
        Cid garbage = add();
        add();
        add();
        unpin(garbage);
        assertThatThrownBy(this::add).isInstanceOf(StoreFullException.class);
        assertThat(has(garbage)).isTrue();
    }

    @Test
    void at_the_watermark_garbage_goes_before_something_is_added() throws Exception {
        set("StorageMax", "20MB");
        set("AutoGC", "true");
        set("StorageGCWatermark", "80");
        Cid garbage = add();
        unpin(garbage);
        add();
        assertThat(has(garbage)).as("below the watermark").isTrue();
        add();
        Cid last = add();
        assertThat(has(garbage)).isFalse();
        assertThat(has(last)).isTrue();
    }

    @Test
    void a_collection_that_found_little_is_not_repeated_before_the_period_is_over()
            throws Exception {
        set("StorageMax", "20MB");
        set("AutoGC", "true");
        set("StorageGCWatermark", "80");
        Cid garbage = add();
        add();
        add();
        assertThatThrownBy(this::add).isInstanceOf(StoreFullException.class);
        unpin(garbage);
        assertThatThrownBy(this::add).isInstanceOf(StoreFullException.class);
        assertThat(has(garbage)).isTrue();
        Path stamp = repo().resolve("last-collection");
        Files.setLastModifiedTime(stamp, FileTime.from(Instant.now().minusSeconds(3601)));
        add();
        assertThat(has(garbage)).isFalse();
    }

    @Test
    void one_that_cannot_be_done_is_told_with_what_found_no_room() throws Exception {
        set("StorageMax", "20MB");
        set("AutoGC", "true");
        set("StorageGCWatermark", "80");
        add();
        add();
        Cid last = add();
        try (CairnNode node = CairnNode.open(repo(), Access.WRITE)) {
            assertThat(node.pins().get(last)).map(Pin::mode).contains(Pin.Mode.RECURSIVE);
        }
        LostBlocks.lose(repo(), last);
        assertThatThrownBy(this::add)
                .isInstanceOf(StoreFullException.class)
                .satisfies(
                        e ->
                                assertThat(e.getSuppressed())
                                        .singleElement()
                                        .isInstanceOf(CollectionException.class));
    }

    @Test
    void what_deletes_and_pins_is_not_refused_over_the_limit() throws Exception {
        Cid pinned = add();
        set("StorageMax", "1MB");
        assertThatThrownBy(this::add).isInstanceOf(StoreFullException.class);
        try (CairnNode node = CairnNode.open(repo(), Access.WRITE)) {
            node.pins().add(pinned, Pin.Mode.RECURSIVE, "kept");
            node.pins().remove(List.of(pinned));
            assertThat(node.collector().collect(CollectionListener.NONE).blocks()).isPositive();
        }
        assertThat(has(pinned)).isFalse();
    }

    @Test
    void one_that_runs_already_is_not_waited_for() throws Exception {
        set("StorageMax", "20MB");
        set("AutoGC", "true");
        set("StorageGCWatermark", "80");
        unpin(add());
        add();
        add();
        try (CairnNode node = CairnNode.open(repo(), Access.WRITE)) {
            Path small = Files.writeString(folder.resolve("small"), "small");
            CollectionListener adds =
                    new CollectionListener() {
                        @Override
                        public void marked(long blocks) throws IOException {
                            node.add(small);
                        }
                    };
            node.collector().preview(adds);
        }
        Cid last = add();
        assertThat(has(last)).as("the one that was passed over took no period").isTrue();
    }

    @Test
    void what_came_free_is_used_though_a_part_of_the_store_can_not_be_read() throws Exception {
        set("StorageMax", "20MB");
        unpinHalf();
        Path half = largestTable();
        Cid garbage = add();
        add();
        unpin(garbage);
        flip(half);
        set("AutoGC", "true");
        set("StorageGCWatermark", "80");
        Cid last = add();
        assertThat(has(garbage)).isFalse();
        assertThat(has(last)).isTrue();
    }

    /// Adds a folder of two files of which one is garbage then.
    private void unpinHalf() throws IOException {
        Path tree = Files.createDirectory(folder.resolve("tree"));
        byte[] bytes = new byte[FILE_BYTES / 2];
        for (String name : List.of("kept", "garbage")) {
            random.nextBytes(bytes);
            Files.write(tree.resolve(name), bytes);
        }
        try (CairnNode node = CairnNode.open(repo(), Access.WRITE)) {
            Cid root = node.add(tree).cid();
            Cid kept = node.resolver().resolve(DagPath.parse(root + "/kept")).cid();
            node.pins().add(kept, Pin.Mode.RECURSIVE, "");
            node.pins().remove(List.of(root));
        }
    }

    private Path largestTable() throws IOException {
        try (Stream<Path> files = Files.list(repo().resolve("store"))) {
            return files.filter(file -> file.toString().endsWith(".sst"))
                    .max(Comparator.comparingLong(file -> file.toFile().length()))
                    .orElseThrow();
        }
    }

    /// Damages a byte in the middle of a file.
    private static void flip(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2]++;
        Files.write(file, bytes);
    }
}
