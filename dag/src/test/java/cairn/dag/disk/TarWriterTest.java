package cairn.dag.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.dag.DagException;
import cairn.dag.KuboDags;
import cairn.dag.LinkName;
import cairn.dag.MemoryDag;
import cairn.dag.PbLink;
import cairn.dag.exporter.ReadAhead;
import cairn.dag.exporter.UnixFsReader;
import cairn.multiformats.Cid;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarWriterTest {
    private final MemoryDag dag = new MemoryDag();

    private static byte[] tar(MemoryDag blocks, Cid cid, String name) throws IOException {
        try (UnixFsReader reader = new UnixFsReader(blocks, ReadAhead.LOCAL)) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            new TarWriter(WriteListener.NONE).write(reader.open(cid), LinkName.of(name), out);
            return out.toByteArray();
        }
    }

    /// Each entry as type, mode, size, name and target, as another implementation reads it.
    private static List<String> entries(byte[] tar) throws IOException {
        List<String> entries = new ArrayList<>();
        try (TarArchiveInputStream in =
                new TarArchiveInputStream(new ByteArrayInputStream(tar), "UTF-8")) {
            for (TarArchiveEntry e = in.getNextEntry(); e != null; e = in.getNextEntry())
                entries.add(
                        (char) e.getLinkFlag()
                                + " %o ".formatted(e.getMode() & 07777)
                                + e.getSize()
                                + " "
                                + e.getName().replaceFirst("/$", "")
                                + " "
                                + e.getLinkName()
                                + " "
                                + e.getLastModifiedTime().toInstant().getEpochSecond());
        }
        return entries;
    }

    @Test
    void entries_are_those_of_kubo() throws IOException {
        byte[] tar = tar(KuboDags.load("tree"), KuboDags.root("tree"), "root");

        assertThat(entries(tar))
                .containsExactly(
                        "5 755 0 root  0",
                        "5 755 0 root/empty  0",
                        "0 644 0 root/nothing  0",
                        "0 644 700 root/one  0",
                        "5 755 0 root/sub  0",
                        "5 755 0 root/sub/deeper  0",
                        "0 644 3 root/sub/deeper/back\\slash  0",
                        "2 777 0 root/sub/link ../one 0",
                        "0 644 8 root/sub/" + "n".repeat(200) + "  0",
                        "0 644 9 root/sub/ü ☃  0");
        assertThat(tar.length % TarHeader.BLOCK).isZero();
    }

    @Test
    void modes_and_times_go_along() throws IOException {
        byte[] tar = tar(KuboDags.load("tree-meta"), KuboDags.root("tree-meta"), "root");
        assertThat(entries(tar)).contains("0 640 700 root/one  981173106");
    }

    @Test
    void contents_follow_their_heads() throws IOException {
        for (int size : new int[] {0, 1, 511, 512, 513, 1024}) {
            Cid cid = dag.file(MemoryDag.content(size), 100, 3);
            try (TarArchiveInputStream in =
                    new TarArchiveInputStream(new ByteArrayInputStream(tar(dag, cid, "f")))) {
                assertThat(in.getNextEntry().getName()).isEqualTo("f");
                assertThat(in.readAllBytes()).isEqualTo(MemoryDag.content(size));
                assertThat(in.getNextEntry()).isNull();
            }
        }
    }

    // Around the 100 bytes of a name, and the 155 of a prefix.
    @ParameterizedTest
    @ValueSource(ints = {98, 99, 100, 101, 154, 155, 156, 255})
    void paths_of_any_length_are_read_back(int length) throws IOException {
        String name = "d".repeat(length);
        Cid cid = dag.directory(dag.link(name, dag.directory(dag.link("file", dag.raw("x")))));
        assertThat(entries(tar(dag, cid, "r")))
                .containsExactly(
                        "5 755 0 r  0",
                        "5 755 0 r/" + name + "  0",
                        "0 644 1 r/" + name + "/file  0");
    }

    @Test
    void long_targets_and_bytes_that_are_not_utf8_are_kept() throws IOException {
        String target = "../".repeat(60) + "x";
        assertThat(entries(tar(dag, dag.symlink(target), "l")))
                .containsExactly("2 777 0 l " + target + " 0");
        byte[] name = {'a', (byte) 0xff};
        Cid cid = dag.directory(new PbLink(dag.raw("x"), LinkName.of(name), 1));
        try (TarArchiveInputStream in =
                new TarArchiveInputStream(
                        new ByteArrayInputStream(tar(dag, cid, "r")), "ISO-8859-1")) {
            in.getNextEntry();
            assertThat(in.getNextEntry().getName()).isEqualTo("r/a\u00ff");
        }
    }

    @Test
    void sizes_past_eight_gigabytes_fit() throws IOException {
        byte[] head =
                new TarHeader(
                                LinkName.of("f"),
                                TarHeader.Type.FILE,
                                0644,
                                1L << 40,
                                -5,
                                LinkName.EMPTY)
                        .encode();
        try (TarArchiveInputStream in = new TarArchiveInputStream(new ByteArrayInputStream(head))) {
            TarArchiveEntry entry = in.getNextEntry();
            assertThat(entry.getSize()).isEqualTo(1L << 40);
            assertThat(entry.getLastModifiedTime().toInstant().getEpochSecond()).isEqualTo(-5);
        }
    }

    @Test
    void the_same_dag_gives_the_same_bytes() throws IOException {
        Cid root = KuboDags.root("hamt-8");
        assertThat(tar(KuboDags.load("hamt-8"), root, "r"))
                .isEqualTo(tar(KuboDags.load("hamt-8"), root, "r"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/b", "/a", "../x", "a\0"})
    void a_name_that_leads_out_is_refused(String name) {
        Cid x = dag.raw("x");
        Cid cid = dag.directory(dag.link(name, x));
        assertThatThrownBy(() -> tar(dag, cid, "r"))
                .isInstanceOf(DagException.class)
                .hasMessageContaining("can't go into an archive");
        assertThatThrownBy(() -> tar(dag, x, name)).isInstanceOf(DagException.class);
    }

    @Test
    void a_name_that_comes_twice_is_refused() {
        Cid cid =
                dag.directory(
                        dag.link("a", dag.symlink("/etc")),
                        dag.link("a", dag.directory(dag.link("passwd", dag.raw("x")))));
        assertThatThrownBy(() -> tar(dag, cid, "r")).hasMessageContaining("twice");
    }
}
