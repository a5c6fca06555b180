package cairn.blockstore.rocks;

import cairn.blockstore.TestBlocks;

import cairn.blockstore.StoreException;
import cairn.blockstore.database.Tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.multiformats.Block;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Logs that the disk has damaged. Each opening for writing begins a new one.
final class DamagedLogTest {
    @TempDir Path temp;
    private final List<Block> blocks = TestBlocks.random(new Random(9), 3, 300);
    private final List<Path> logs = new ArrayList<>();

    private Path data() {
        return temp.resolve("data");
    }

    /// Puts each block into a log of its own.
    @BeforeEach
    void write() throws IOException {
        for (Block block : blocks) {
            try (RocksStore store = RocksStore.open(data())) {
                store.blocks().put(block);
            }
        }
        Tables.logs(data()).stream().sorted().filter(log -> size(log) > 300).forEach(logs::add);
        assertThat(logs).hasSize(3);
    }

    private static long size(Path log) {
        return log.toFile().length();
    }

    @Test
    void damage_in_any_log_is_an_error_that_names_the_logs_and_loses_nothing() throws Exception {
        for (Path log : logs) {
            byte[] whole = Files.readAllBytes(log);
            byte[] damaged = whole.clone();
            damaged[100] ^= 1;
            Files.write(log, damaged);
            for (Opener opener : List.<Opener>of(RocksStore::open, RocksStore::openReadOnly))
                assertThatThrownBy(() -> opener.open(data()))
                        .isInstanceOf(StoreException.class)
                        .hasMessageContaining("damaged")
                        .hasMessageContaining(log.getFileName().toString())
                        .hasMessageContaining("repo repair");
            Files.write(log, whole);
            try (RocksStore store = RocksStore.openReadOnly(data())) {
                for (Block block : blocks) assertThat(store.blocks().get(block.cid())).isPresent();
            }
        }
    }

    /// Nothing is behind it that would show it.
    @ParameterizedTest
    @ValueSource(strings = {"cut", "emptied", "gone", "zeros"})
    void what_is_missing_at_the_end_after_a_clean_one_is_an_error(String how) throws Exception {
        Path last = logs.getLast();
        byte[] whole = Files.readAllBytes(last);
        switch (how) {
            case "cut" -> Files.write(last, Arrays.copyOf(whole, whole.length - 1));
            case "emptied" -> Files.write(last, new byte[0]);
            case "zeros" -> Files.write(last, new byte[whole.length]);
            default -> Files.delete(last);
        }
        for (Opener opener : List.<Opener>of(RocksStore::open, RocksStore::openReadOnly))
            assertThatThrownBy(() -> opener.open(data()))
                    .isInstanceOf(StoreException.class)
                    .hasMessageMatching(".*\\d+ changes are missing at its end.*")
                    .hasMessageContaining("cairn repo repair");
        Files.write(last, whole);
        RocksStore.open(data()).close();
    }

    @Test
    void an_incomplete_tail_is_what_was_never_acknowledged() throws Exception {
        Files.delete(data().resolve("last-change")); // its writer was killed
        Path last = logs.getLast();
        try (FileChannel file = FileChannel.open(last, StandardOpenOption.WRITE)) {
            file.truncate(size(last) - 1);
        }
        try (RocksStore store = RocksStore.open(data())) {
            assertThat(store.blocks().get(blocks.get(1).cid())).isPresent();
            assertThat(store.blocks().get(blocks.getLast().cid())).isEmpty();
        }
    }

    /// The changes in the logs behind rely on those that are gone.
    @ParameterizedTest
    @ValueSource(strings = {"cut at a record", "cut", "emptied", "gone"})
    void what_is_missing_before_a_newer_log_is_an_error_that_says_how_much(String how)
            throws Exception {
        for (Path log : logs.subList(0, 2)) {
            byte[] whole = Files.readAllBytes(log);
            switch (how) {
                case "cut at a record" -> Files.write(log, Arrays.copyOf(whole, lastRecord(whole)));
                case "cut" -> Files.write(log, Arrays.copyOf(whole, whole.length - 1));
                case "emptied" -> Files.write(log, new byte[0]);
                default -> Files.delete(log);
            }
            for (Opener opener : List.<Opener>of(RocksStore::open, RocksStore::openReadOnly))
                assertThatThrownBy(() -> opener.open(data()))
                        .isInstanceOf(StoreException.class)
                        .hasMessageMatching(".*\\d+ changes are missing.*")
                        .hasMessageContaining("cairn repo repair");
            Files.write(log, whole);
            try (RocksStore store = RocksStore.openReadOnly(data())) {
                for (Block block : blocks) assertThat(store.blocks().get(block.cid())).isPresent();
            }
        }
    }

    /// Where the last record of a log of one block begins.
    private static int lastRecord(byte[] log) {
        ByteBuffer records = ByteBuffer.wrap(log).order(ByteOrder.LITTLE_ENDIAN);
        int at = 0;
        for (int next = 0; next < log.length; next += 7 + records.getShort(next + 4)) at = next;
        return at;
    }

    @Test
    void a_store_without_any_log_is_not_opened() throws Exception {
        for (Path log : Tables.logs(data())) Files.delete(log);
        for (Opener opener : List.<Opener>of(RocksStore::open, RocksStore::openReadOnly))
            assertThatThrownBy(() -> opener.open(data()))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("its log is gone")
                    .hasMessageContaining("cairn repo repair");
    }

    @FunctionalInterface
    private interface Opener {
        RocksStore open(Path folder) throws IOException;
    }
}
