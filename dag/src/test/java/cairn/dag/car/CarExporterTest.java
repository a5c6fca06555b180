package cairn.dag.car;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.dag.BlockSource;
import cairn.dag.KuboDags;
import cairn.dag.MemoryDag;
import cairn.dag.MissingBlockException;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.multiformats.HashFunction;
import cairn.multiformats.Multicodec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CarExporterTest {
    private static final ExportOptions LOCAL = new ExportOptions(false, true);
    private static final ExportOptions ALL_WAYS = new ExportOptions(true, false);

    private final MemoryDag dag = new MemoryDag();

    private static byte[] export(BlockSource source, ExportOptions options, Cid... roots)
            throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Exported told =
                new CarExporter(source, options).export(List.of(roots), Channels.newChannel(out));
        byte[] archive = out.toByteArray();
        assertThat(told.bytes()).isEqualTo(archive.length);
        assertThat(told.blocks()).isEqualTo(Cars.read(archive).size());
        return archive;
    }

    private static List<Cid> cids(byte[] archive) throws IOException {
        return Cars.read(archive).stream().map(Block::cid).toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file-v0",
                "file-v1",
                "file-trickle",
                "file-inline",
                "tree",
                "tree-meta",
                "hamt-8",
                "hamt-256"
            })
    void an_archive_is_byte_for_byte_kubos(String name) throws IOException {
        byte[] kubo = Files.readAllBytes(Path.of("../testdata/exporter", name + ".car"));
        MemoryDag source = KuboDags.load(name);
        assertThat(export(source, ExportOptions.WHOLE, KuboDags.root(name))).isEqualTo(kubo);
    }

    @Test
    void an_archive_of_what_is_there_is_byte_for_byte_kubos() throws Exception {
        for (String line : Files.readAllLines(Path.of("../testdata/kubo/car-local.tsv"))) {
            String[] columns = line.split("\t", -1);
            MemoryDag source = KuboDags.load(columns[0]);
            if (!columns[1].isEmpty())
                for (String gone : columns[1].split(",", -1)) source.remove(Cid.parse(gone));
            byte[] archive = export(source, LOCAL, KuboDags.root(columns[0]));
            HashFunction sha = Cars.HASHES.find(Multicodec.SHA2_256).orElseThrow();
            assertThat(HexFormat.of().formatHex(sha.hash(archive, 0, archive.length).digest()))
                    .as(line)
                    .isEqualTo(columns[2]);
        }
    }

    @Test
    void a_block_that_is_met_twice_is_written_once_or_each_time() throws IOException {
        Cid leaf = dag.raw("leaf");
        Cid sub = dag.directory(dag.link("a", leaf), dag.link("b", leaf));
        Cid root = dag.directory(dag.link("x", sub), dag.link("y", sub));
        assertThat(cids(export(dag, ExportOptions.WHOLE, root))).containsExactly(root, sub, leaf);
        assertThat(cids(export(dag, ALL_WAYS, root)))
                .containsExactly(root, sub, leaf, leaf, sub, leaf, leaf);
    }

    @Test
    void several_roots_come_one_after_another() throws IOException {
        Cid leaf = dag.raw("leaf");
        Cid one = dag.directory(dag.link("a", leaf));
        Cid two = dag.directory(dag.link("b", leaf));
        byte[] archive = export(dag, ExportOptions.WHOLE, one, two, leaf);
        assertThat(CarReader.open(Cars.channel(archive)).roots()).containsExactly(one, two, leaf);
        assertThat(cids(archive)).containsExactly(one, leaf, two);
    }

    @Test
    void a_root_that_is_raw_or_identity_is_an_archive_of_one_block() throws IOException {
        Cid leaf = dag.raw("leaf");
        Cid inline = MemoryDag.identity(Multicodec.RAW, new byte[] {1, 2});
        assertThat(cids(export(dag, ExportOptions.WHOLE, leaf))).containsExactly(leaf);
        assertThat(cids(export(dag, ExportOptions.WHOLE, inline))).containsExactly(inline);
        assertThat(cids(export(dag, ALL_WAYS, leaf))).containsExactly(leaf);
    }

    @Test
    void a_missing_root_is_told_before_anything_is_written() {
        Cid root = dag.raw("gone");
        dag.remove(root);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (ExportOptions options : List.of(ExportOptions.WHOLE, LOCAL))
            assertThatThrownBy(
                            () ->
                                    new CarExporter(dag, options)
                                            .export(List.of(root), Channels.newChannel(out)))
                    .isInstanceOf(MissingBlockException.class)
                    .hasMessageContaining(root.toString());
        assertThat(out.size()).isZero();
    }

    @Test
    void a_missing_block_ends_an_export_unless_it_may_be_left_out() throws IOException {
        Cid leaf = dag.raw("gone");
        Cid under = dag.raw("under");
        Cid sub = dag.directory(dag.link("u", under));
        Cid kept = dag.raw("kept");
        Cid root = dag.directory(dag.link("a", leaf), dag.link("b", sub), dag.link("c", kept));
        dag.remove(leaf);
        assertThatThrownBy(() -> export(dag, ExportOptions.WHOLE, root))
                .isInstanceOf(MissingBlockException.class)
                .hasMessageContaining(leaf.toString());
        dag.remove(sub);
        assertThat(cids(export(dag, LOCAL, root))).containsExactly(root, kept);
        Exported told =
                new CarExporter(dag, LOCAL)
                        .export(List.of(root), Channels.newChannel(new ByteArrayOutputStream()));
        assertThat(told.missing()).isEqualTo(2);
    }

    @Test
    void what_was_exported_is_imported_again() throws IOException {
        Cid root = dag.file(MemoryDag.content(300_000), 1000, 7);
        byte[] archive = export(dag, ExportOptions.WHOLE, root);
        MemoryDag other = new MemoryDag();
        assertThat(Cars.put(archive, other::put).roots()).containsExactly(root);
        assertThat(export(other, ExportOptions.WHOLE, root)).isEqualTo(archive);
    }
}
