package cairn.dag.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.dag.DagException;
import cairn.dag.LinkName;
import cairn.dag.MemoryDag;
import cairn.dag.exporter.ReadAhead;
import cairn.dag.exporter.UnixFsReader;
import cairn.multiformats.Cid;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Directories in one another, as deep as they can be added.
class DeepTreeTest {
    /// What an import takes.
    private static final int ADDED = 1024;

    @TempDir Path folder;
    private final MemoryDag dag = new MemoryDag();
    private final AtomicInteger entries = new AtomicInteger();
    private final WriteListener counter =
            new WriteListener() {
                @Override
                public void entry(Cid cid) {
                    entries.incrementAndGet();
                }
            };

    /// Directories in one another, the last one empty.
    private Cid nested(int levels, String name) {
        Cid cid = dag.directory();
        for (int i = 1; i < levels; i++) cid = dag.directory(dag.link(name, cid));
        return cid;
    }

    private Path write(Cid cid) throws IOException {
        try (UnixFsReader reader = new UnixFsReader(dag, ReadAhead.LOCAL)) {
            return new TreeWriter(new Recheck.ByHash(MemoryDag.HASHES), counter, 2, false)
                    .write(reader.open(cid), folder.resolve("out"), LinkName.of("out"));
        }
    }

    private void archive(Cid cid) throws IOException {
        try (UnixFsReader reader = new UnixFsReader(dag, ReadAhead.LOCAL)) {
            new TarWriter(counter)
                    .write(reader.open(cid), LinkName.of("out"), OutputStream.nullOutputStream());
        }
    }

    @Test
    void what_can_be_added_is_written_to_disk() throws IOException {
        Path out = write(nested(ADDED, "d"));

        assertThat(entries).hasValue(ADDED);
        assertThat(out.resolve("d/".repeat(ADDED - 1))).isEmptyDirectory();
    }

    @Test
    void what_can_be_added_is_written_to_an_archive() throws IOException {
        archive(nested(ADDED, "d"));

        assertThat(entries).hasValue(ADDED);
    }

    @Test
    void deeper_is_refused() {
        Cid deeper = nested(ADDED + 1, "d");
        assertThatThrownBy(() -> write(deeper))
                .isInstanceOf(DagException.class)
                .hasMessageContaining("is nested too deep: at most 1024 directories");
        assertThatThrownBy(() -> archive(deeper))
                .isInstanceOf(DagException.class)
                .hasMessageContaining("is nested too deep: at most 1024 directories");
    }

    /// 4096 bytes are the most that Linux takes of a path.
    @Test
    void a_path_too_long_for_the_disk_is_named() {
        String name = "long-name";
        Cid tooLong = nested(ADDED, name);
        assertThatThrownBy(() -> write(tooLong))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(name + "/" + name)
                .hasMessageContaining("too long");
        assertThatThrownBy(() -> archive(tooLong)).hasMessageContaining("at most 4096");
    }
}
