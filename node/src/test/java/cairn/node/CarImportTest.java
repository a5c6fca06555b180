package cairn.node;

import cairn.node.collection.CollectionListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.blockstore.Pin;
import cairn.dag.car.CarException;
import cairn.dag.car.CarExporter;
import cairn.dag.car.CarWriter;
import cairn.dag.car.ExportOptions;
import cairn.dag.path.DagPath;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
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
}
