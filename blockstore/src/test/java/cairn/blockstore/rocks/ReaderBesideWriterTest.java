package cairn.blockstore.rocks;

import cairn.blockstore.Blockstore;
import cairn.blockstore.WriteSession;
import cairn.blockstore.database.Database;

import static org.assertj.core.api.Assertions.assertThat;

import cairn.multiformats.Block;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.FlushOptions;

/// Readers open and read while a writer in another process writes, deletes and compacts.
final class ReaderBesideWriterTest {
    private static final BulkWriter.Sizes SIZES = new BulkWriter.Sizes(64 << 10, 256 << 10);

    @TempDir Path temp;

    @Test
    void reader_finds_all_that_was_acknowledged_before_it_opened() throws Exception {
        Path data = temp.resolve("data");
        Process writer =
                new ChildJvm(Files.createDirectory(temp.resolve("lib")))
                        .start(List.of(), Writer.class, data);
        int opened = 0;
        try (BufferedReader out = writer.inputReader()) {
            Optional<String> kept = ChildJvm.line(out);
            RocksStore longLived = RocksStore.openReadOnly(data);
            GeneratedSession first = GeneratedSession.of(Long.parseLong(kept.orElseThrow()));
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(6);
            while (System.nanoTime() < end) {
                kept = ChildJvm.line(out);
                GeneratedSession session = GeneratedSession.of(Long.parseLong(kept.orElseThrow()));
                try (RocksStore reader = RocksStore.openReadOnly(data)) {
                    check(reader, first);
                    check(reader, session);
                    opened++;
                }
                check(longLived, first);
            }
            longLived.close();
        } finally {
            writer.destroyForcibly().waitFor();
        }
        assertThat(opened).isGreaterThan(3);
    }

    private static void check(RocksStore store, GeneratedSession session) throws Exception {
        assertThat(store.pins().get(session.pin().cid())).hasValue(session.pin());
        for (Block block : session.blocks())
            assertThat(store.blocks().get(block.cid()).map(Block::bytes))
                    .hasValueSatisfying(bytes -> assertThat(bytes).isEqualTo(block.bytes()));
    }

    /// Keeps the first session and the last hundred, deletes the others, flushes and compacts all
    /// the while, so that files come and go.
    static final class Writer {
        private static final int KEPT = 100;

        private Writer() {}

        public static void main(String[] args) throws Exception {
            Path data = Path.of(args[0]);
            Path staging = Files.createDirectories(data.resolve("staging"));
            Random seeds = new Random(6);
            Deque<GeneratedSession> kept = new ArrayDeque<>();
            try (Database database = Database.open(data);
                    FlushOptions flush = new FlushOptions()) {
                BulkWriter bulk =
                        new BulkWriter(
                                database,
                                Reconciliation.run(database, staging),
                                staging,
                                SIZES,
                                new Room(staging, Limits.NONE, () -> 0));
                Blockstore blocks = new RocksBlockstore(database, bulk);
                for (int i = 0; ; i++) {
                    GeneratedSession generated = GeneratedSession.of(seeds.nextLong());
                    try (WriteSession session = blocks.openSession()) {
                        for (Block block : generated.blocks()) session.put(block);
                        session.commit(List.of(generated.pin()));
                    }
                    System.out.println(generated.seed());
                    if (i > 0) kept.add(generated);
                    if (kept.size() > KEPT)
                        for (Block block : kept.remove().blocks())
                            blocks.delete(block.cid().hash());
                    boolean compact = i % 20 == 19;
                    database.run(
                            "rewrite files",
                            tables -> {
                                for (var family :
                                        List.of(tables.index(), tables.blocks(), tables.loose())) {
                                    tables.db().flush(flush, family);
                                    if (compact) tables.db().compactRange(family);
                                }
                                return null;
                            });
                }
            }
        }
    }
}
