package cairn.dag.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.dag.DagException;
import cairn.dag.HashBits;
import cairn.dag.LinkName;
import cairn.dag.MemoryDag;
import cairn.dag.PbLink;
import cairn.dag.exporter.Child;
import cairn.dag.exporter.ReadAhead;
import cairn.dag.exporter.UnixFsDirectory;
import cairn.dag.exporter.UnixFsReader;
import cairn.multiformats.Cid;
import cairn.multiformats.Multicodec;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryStackTest {
    /// Directories of this size: as many as fit into the limit, and less than one more.
    private static final int NODE_BYTES = 1 << 20;

    private static final int SHARDS = 4;
    private static final int MOST = (int) (DirectoryStack.MAX_HELD_BYTES / NODE_BYTES);

    private static final ReadAhead ONE_AHEAD = new ReadAhead(0, 2 << 20, 1);

    private final MemoryDag dag = new MemoryDag();

    /// A link that fills a node: its name is long.
    private PbLink filler(String prefix) {
        return dag.link(prefix + "x".repeat(NODE_BYTES - 200), dag.raw("x"));
    }

    /// Large directories, each the first entry of the one above, and one more below them.
    private Cid nested(int levels, Cid last) {
        Cid cid = last;
        for (int i = 0; i < levels; i++) cid = dag.directory(dag.link("d", cid), filler(""));
        return cid;
    }

    /// Walks a whole tree.
    ///
    /// @return how many directories were in one another at most
    private int walk(Cid root) throws IOException {
        int deepest = 0;
        try (UnixFsReader reader = new UnixFsReader(dag, ONE_AHEAD)) {
            UnixFsDirectory top = (UnixFsDirectory) reader.open(root);
            try (DirectoryStack<Integer> open = new DirectoryStack<>(top)) {
                open.push(top, 1);
                while (!open.isEmpty()) {
                    deepest = Math.max(deepest, open.top());
                    Optional<Child> child = open.next();
                    if (child.isEmpty()) open.pop();
                    else if (child.get().node() instanceof UnixFsDirectory directory)
                        open.push(directory, open.top() + 1);
                }
            }
        }
        return deepest;
    }

    @Test
    void directories_in_one_another_are_bounded_by_their_bytes() throws IOException {
        Cid small = dag.directory();
        assertThat(walk(nested(MOST, small))).isEqualTo(MOST + 1);
        Cid tooDeep = nested(MOST + 1, small);
        assertThatThrownBy(() -> walk(tooDeep))
                .isInstanceOf(DagException.class)
                .hasMessageContaining("is nested too deep: at most 16 MiB of directories");
    }

    @Test
    void directories_beside_one_another_are_not() throws IOException {
        Cid one = nested(2, dag.directory());
        PbLink[] links = new PbLink[MOST];
        for (int i = 0; i < MOST; i++) links[i] = dag.link("d" + i, one);
        assertThat(walk(dag.directory(links))).isEqualTo(4);
    }

    @Test
    void the_shards_of_a_directory_count_while_they_are_held() {
        Cid shards = dag.shard(8, new byte[] {0b10}, entry(SHARDS));
        for (int i = 0; i < SHARDS; i++)
            shards = dag.shard(8, new byte[] {0b11}, dag.link("0", shards), filler("1"));
        Cid tooDeep = nested(MOST - SHARDS + 1, shards);
        assertThatThrownBy(() -> walk(tooDeep))
                .hasMessageContaining("is nested too deep: at most 16 MiB of directories");
    }

    /// An entry whose hash leads to place 1 of a shard, through places 0 of those above.
    private PbLink entry(int above) {
        for (int i = 0; ; i++) {
            LinkName name = LinkName.of("entry-" + i);
            if (HashBits.of(name).first(3 * (above + 1)) == 1)
                return dag.link("1" + name, dag.raw("x"));
        }
    }

    @Test
    void files_and_archives_are_written_within_the_bound(@TempDir Path folder) throws IOException {
        Cid tooDeep = nested(MOST + 1, dag.directory());
        try (UnixFsReader reader = new UnixFsReader(dag, ONE_AHEAD)) {
            var root = reader.open(tooDeep);
            TreeWriter tree =
                    new TreeWriter(
                            new Recheck.ByHash(MemoryDag.HASHES), WriteListener.NONE, 1, false);
            assertThatThrownBy(() -> tree.write(root, folder.resolve("out"), LinkName.of("out")))
                    .hasMessageContaining("at most 16 MiB of directories");
            TarWriter archive = new TarWriter(WriteListener.NONE);
            OutputStream nowhere = OutputStream.nullOutputStream();
            assertThatThrownBy(() -> archive.write(root, LinkName.of("out"), nowhere))
                    .hasMessageContaining("at most 16 MiB of directories");
        }
    }

    /// Directories in one another with so many links in all, as short as links can be.
    private Cid ofLinks(int links) {
        PbLink empty = dag.link("", MemoryDag.identity(Multicodec.RAW, new byte[0]));
        Cid cid = dag.directory();
        for (int left = links; left > 0; left -= 50_000) {
            PbLink[] entries = new PbLink[Math.min(left, 50_000)];
            Arrays.fill(entries, empty);
            entries[0] = dag.link("d", cid);
            cid = dag.directory(entries);
        }
        return cid;
    }

    @Test
    void directories_in_one_another_are_bounded_by_their_links() throws IOException {
        assertThat(walk(ofLinks(DirectoryStack.MAX_HELD_LINKS))).isEqualTo(4);
        Cid tooMany = ofLinks(DirectoryStack.MAX_HELD_LINKS + 1);
        assertThatThrownBy(() -> walk(tooMany))
                .isInstanceOf(DagException.class)
                .hasMessageContaining("150000 links");
    }
}
