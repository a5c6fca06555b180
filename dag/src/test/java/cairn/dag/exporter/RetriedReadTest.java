package cairn.dag.exporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import cairn.dag.BlockSource;
import cairn.dag.HashBits;
import cairn.dag.LinkName;
import cairn.dag.MemoryDag;
import cairn.dag.path.DagPath;
import cairn.multiformats.Cid;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What comes after a read that failed.
class RetriedReadTest {
    private static final int SIZE = 1000;

    /// Fewer than the file has blocks, so that one of them fails.
    private static final int MOST_GETS = 60;

    private final MemoryDag dag = new MemoryDag();

    /// A source of which one read fails, and none before or after.
    private BlockSource failingOnce(int nth) {
        int failing = dag.gets() + nth;
        return cid -> {
            Optional<cairn.multiformats.Block> block = dag.get(cid);
            if (dag.gets() == failing) throw new IOException("cut off");
            return block;
        };
    }

    private static UnixFsReader reader(BlockSource source, int threads) {
        return new UnixFsReader(source, new ReadAhead(threads, 2 << 20, 8));
    }

    private static byte[] readRetrying(SeekableByteChannel in) throws IOException {
        ByteBuffer out = ByteBuffer.allocate(SIZE);
        ByteBuffer part = ByteBuffer.allocate(37);
        while (true) {
            try {
                if (in.read(part.clear()) < 0) return out.array();
                out.put(part.flip());
            } catch (IOException e) {
                assertThat(e).hasMessage("cut off");
                assertThat(in.position()).as("where the read began").isEqualTo(out.position());
                assertThat(part.position()).as("nothing was read").isZero();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void a_channel_that_is_read_again_gives_the_bytes_at_its_position(int threads)
            throws IOException {
        byte[] whole = MemoryDag.content(SIZE);
        Cid file = dag.file(whole, 16, 4);
        for (int nth = 2; nth < MOST_GETS; nth++)
            try (UnixFsReader reader = reader(failingOnce(nth), threads);
                    SeekableByteChannel in = reader.openFile(DagPath.of(file)).open()) {
                assertThat(readRetrying(in)).as("read %d fails", nth).isEqualTo(whole);
            }
    }

    /// A step of a cursor.
    @FunctionalInterface
    private interface Step {
        Optional<?> next() throws IOException;
    }

    /// Takes steps to the first failure.
    private static void assertFailsForGood(Step cursor) {
        Throwable first = null;
        while (first == null) first = catchThrowable(() -> assertThat(cursor.next()).isPresent());
        assertThat(first).isExactlyInstanceOf(IOException.class).hasMessage("cut off");
        for (int i = 0; i < 3; i++) assertThat(catchThrowable(cursor::next)).isSameAs(first);
    }

    @Test
    void the_parts_of_a_file_fail_for_good() throws IOException {
        Cid file = dag.file(MemoryDag.content(SIZE), 16, 4);
        for (int nth = 2; nth < MOST_GETS; nth++)
            try (UnixFsReader reader = reader(failingOnce(nth), 0);
                    PartCursor parts = reader.openFile(DagPath.of(file)).parts(0, SIZE)) {
                assertFailsForGood(parts::next);
            }
    }

    @Test
    void the_children_of_a_directory_fail_for_good() throws IOException {
        Cid directory = dag.directory(dag.link("a", dag.raw("a")), dag.link("b", dag.raw("b")));
        for (int nth = 2; nth <= 3; nth++)
            try (UnixFsReader reader = reader(failingOnce(nth), 0);
                    ChildCursor children =
                            ((UnixFsDirectory) reader.open(directory)).children(true)) {
                assertFailsForGood(children::next);
            }
    }

    @Test
    void the_entries_of_a_sharded_directory_fail_for_good() throws IOException {
        Cid first = dag.shard(8, new byte[] {1}, dag.link("0" + named(0), dag.raw("x")));
        Cid second = dag.shard(8, new byte[] {1}, dag.link("0" + named(1), dag.raw("x")));
        Cid root = dag.shard(8, new byte[] {3}, dag.link("0", first), dag.link("1", second));
        for (int nth = 2; nth <= 3; nth++)
            try (UnixFsReader reader = reader(failingOnce(nth), 0);
                    EntryCursor entries = ((UnixFsDirectory) reader.open(root)).entries()) {
                assertFailsForGood(entries::next);
            }
    }

    /// A name whose hash leads to place 0 below a place of the root.
    private static LinkName named(int place) {
        for (int i = 0; ; i++) {
            LinkName name = LinkName.of("entry-" + i);
            if (HashBits.of(name).first(6) == place << 3) return name;
        }
    }
}
