package cairn.node;

import cairn.node.collection.CollectionListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.blockstore.Pin;
import cairn.blockstore.rocks.RocksStore;
import cairn.dag.BlockSource;
import cairn.dag.car.CarException;
import cairn.dag.car.CarExporter;
import cairn.dag.car.CarWriter;
import cairn.dag.car.ExportOptions;
import cairn.dag.car.RootReport;
import cairn.dag.path.DagPath;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.multiformats.Multicodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CarImportTest {
    @TempDir Path folder;
    private CairnNode from;
    private CairnNode to;
    private Cid root;

    @BeforeEach
    void open() throws IOException {
        from = CairnNode.open(folder.resolve("from"), Access.WRITE);
        to = CairnNode.open(folder.resolve("to"), Access.WRITE);
        Path tree = Files.createDirectories(folder.resolve("tree"));
        for (String name : List.of("a", "b", "c")) Files.writeString(tree.resolve(name), name);
        root = from.add(tree).cid();
    }

    @AfterEach
    void close() throws IOException {
        from.close();
        to.close();
    }

    private byte[] archive(Cid cid) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new CarExporter(from.source(), ExportOptions.WHOLE)
                .export(List.of(cid), Channels.newChannel(out));
        return out.toByteArray();
    }

    private byte[] archive(List<Cid> roots, Cid... blocks) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CarWriter writer = new CarWriter(Channels.newChannel(out), roots);
        for (Cid cid : blocks) writer.put(from.source().get(cid).orElseThrow());
        writer.finish();
        return out.toByteArray();
    }

    private static ReadableByteChannel channel(byte[] archive) {
        return Channels.newChannel(new ByteArrayInputStream(archive));
    }

    private List<CarImport.CheckedRoot> take(byte[]... archives) throws IOException {
        try (CarImport in = to.importArchives()) {
            List<Cid> roots = List.of();
            for (byte[] archive : archives) roots = in.read(channel(archive)).roots();
            in.commit();
            return in.pin(roots);
        }
    }

    private Cid entry(String name) throws IOException {
        return from.resolver().resolve(DagPath.parse(root + "/" + name)).cid();
    }

    @Test
    void a_root_that_is_whole_is_pinned() throws Exception {
        assertThat(take(archive(root)))
                .singleElement()
                .satisfies(checked -> assertThat(checked.report().isWhole()).isTrue());
        assertThat(to.pins().get(root)).contains(new Pin(root, Pin.Mode.RECURSIVE, ""));
        assertThat(to.collector().collect(CollectionListener.NONE).blocks()).isZero();
    }

    @Test
    void a_root_may_be_whole_with_blocks_that_were_here_before() throws Exception {
        take(archive(entry("b")));
        assertThat(take(archive(List.of(root), root, entry("a"), entry("c"))))
                .allMatch(checked -> checked.report().isWhole());
        assertThat(to.pins().get(root)).isPresent();
    }

    @Test
    void a_root_that_lacks_blocks_is_not_pinned_and_they_are_named() throws Exception {
        Cid whole = entry("c");
        byte[] archive = archive(List.of(whole, root), root, entry("a"), whole);
        assertThat(take(archive))
                .extracting(checked -> checked.report().firstMissing())
                .containsExactly(List.of(), List.of(entry("b")));
        assertThat(to.pins().get(whole)).as("the other root").isPresent();
        assertThat(to.pins().get(root)).isEmpty();
        assertThat(to.source().has(entry("a"))).as("what came stays").isTrue();
    }

    @Test
    void blocks_that_a_collection_would_take_stay_until_the_import_is_over() throws Exception {
        take(archive(List.of(), entry("b"))); // no root: garbage
        try (CarImport in = to.importArchives()) {
            in.read(channel(archive(List.of(root), root, entry("a"), entry("c"))));
            in.commit();
            assertThat(in.pin(List.of(root))).allMatch(checked -> checked.report().isWhole());
            to.pins().remove(List.of(root));
            assertThat(to.collector().collect(CollectionListener.NONE).blocks()).isZero();
        }
        assertThat(to.collector().collect(CollectionListener.NONE).blocks()).isEqualTo(4);
    }

    @Test
    void nothing_is_pinned_of_an_archive_that_is_cut_short() throws Exception {
        byte[] archive = archive(root);
        byte[] cut = Arrays.copyOf(archive, archive.length - 1);
        assertThatThrownBy(() -> take(cut)).isInstanceOf(CarException.class);
        to.pins()
                .forEach(
                        pin -> {
                            throw new AssertionError(pin + " is there");
                        });
    }

    @Test
    void bytes_that_are_not_those_of_their_cid_are_not_taken() throws Exception {
        byte[] archive = archive(List.of(entry("a")), entry("a"));
        archive[archive.length - 1]++;
        assertThatThrownBy(() -> take(archive))
                .isInstanceOf(CarException.class)
                .hasMessageContaining("the bytes are not those of " + entry("a"));
        assertThat(to.source().has(entry("a"))).isFalse();
    }

    @Test
    void a_node_that_only_reads_imports_nothing() throws Exception {
        try (CairnNode reader = CairnNode.open(folder.resolve("from"), Access.READ)) {
            assertThatThrownBy(reader::importArchives).hasMessageContaining("reading only");
        }
    }

    @Test
    void sizes_count_a_block_once_in_each_dag_and_once_in_all() throws Exception {
        Cid a = entry("a");
        Block node = from.source().get(root).orElseThrow();
        DagSizes sizes = from.sizes(List.of(root, a, root), (blocks, bytes) -> {});
        assertThat(sizes.dags())
                .containsExactly(
                        new DagSizes.Size(root, 4, node.size() + 3),
                        new DagSizes.Size(a, 1, 1),
                        new DagSizes.Size(root, 4, node.size() + 3));
        assertThat(sizes)
                .returns(4L, DagSizes::distinct)
                .returns(node.size() + 3L, DagSizes::bytes)
                .returns(2 * (node.size() + 3L) + 1, DagSizes::redundantBytes);
    }

    /// Any number of roots over the same blocks, one of which isn't there.
    @Test
    void blocks_below_several_roots_are_not_read_for_each_of_them() throws Exception {
        int roots = 200;
        try (RocksStore store = RocksStore.open(folder.resolve("shared"))) {
            List<Cid> leaves = new ArrayList<>();
            for (int i = 0; i < 100; i++)
                leaves.add(put(store, Multicodec.DAG_CBOR, list(i + 3000)));
            Cid shared = put(store, Multicodec.DAG_CBOR, list(1, leaves));
            Cid absent = entry("a");
            Cid broken = put(store, Multicodec.DAG_CBOR, list(2, List.of(shared, absent)));
            List<Cid> all = new ArrayList<>();
            all.add(absent);
            all.add(broken);
            for (int i = 0; i < roots; i++)
                all.add(put(store, Multicodec.DAG_CBOR, list(i + 1000, List.of(shared))));
            for (int i = 0; i < roots; i++)
                all.add(put(store, Multicodec.DAG_CBOR, list(i + 2000, List.of(broken))));
            AtomicLong reads = new AtomicLong();
            BlockSource counted =
                    cid -> {
                        reads.incrementAndGet();
                        return store.blocks().get(cid);
                    };
            List<CarImport.CheckedRoot> checked;
            try (CarImport in = CarImport.begin(store, counted, to.hashes())) {
                in.commit();
                checked = in.pin(all);
            }
            assertThat(checked).extracting(CarImport.CheckedRoot::cid).isEqualTo(all);
            for (CarImport.CheckedRoot root : checked) {
                boolean whole = all.indexOf(root.cid()) >= 2 && all.indexOf(root.cid()) < 202;
                assertThat(store.pins().get(root.cid()).isPresent()).isEqualTo(whole);
                assertThat(root.report().isWhole()).isEqualTo(whole);
                if (!whole)
                    assertThat(root.report())
                            .returns(1L, RootReport::missing)
                            .returns(List.of(absent), RootReport::firstMissing);
            }
            assertThat(reads).hasValueLessThan(2 * (2L * roots + 102) + roots);
        }
    }

    private static byte[] list(int number) {
        return new byte[] {0x19, (byte) (number >> 8), (byte) number};
    }

    /// A list in dag-cbor: a number and links.
    private static byte[] list(int number, List<Cid> links) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) 0x98, (byte) (links.size() + 1)});
        if (links.size() + 1 < 24) {
            out.reset();
            out.write(0x81 + links.size());
        }
        out.writeBytes(list(number));
        for (Cid link : links) {
            byte[] bytes = link.bytes();
            out.writeBytes(new byte[] {(byte) 0xd8, 42, 0x58, (byte) (bytes.length + 1), 0});
            out.writeBytes(bytes);
        }
        return out.toByteArray();
    }

    private Cid put(RocksStore store, Multicodec codec, byte[] bytes) throws IOException {
        Block block =
                Block.hashed(1, codec, to.hashes().find(Multicodec.SHA2_256).orElseThrow(), bytes);
        store.blocks().put(block);
        return block.cid();
    }
}
