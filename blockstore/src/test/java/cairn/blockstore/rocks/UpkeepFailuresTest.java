package cairn.blockstore.rocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cairn.testkit.MemoryDisk;
import cairn.blockstore.DiskFullException;
import cairn.blockstore.StoreException;
import cairn.blockstore.TestBlocks;
import cairn.blockstore.upkeep.Repair;
import cairn.blockstore.upkeep.StoreCopy;
import cairn.multiformats.Block;
import cairn.multiformats.Multihash;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Copies, repairs and upgrades that a full disk, a read-only one or a kill breaks off: the store
/// is left as it was.
final class UpkeepFailuresTest {
    private static final BulkWriter.Sizes SIZES = new BulkWriter.Sizes(64 << 10, 1 << 20);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Repair.Listener NOBODY =
            new Repair.Listener() {
                @Override
                public void looked(long tables, long of) {}

                @Override
                public void lost(Multihash hash) {}
            };

    @TempDir Path temp;
    private final List<Block> blocks = TestBlocks.random(new Random(3), 100, 30_000);
    private List<Path> mounted = new ArrayList<>();

    private Path data() {
        return temp.resolve("data");
    }

    @BeforeEach
    void write() throws IOException {
        try (RocksStore store = RocksStore.open(data(), SIZES)) {
            store.blocks().putAll(blocks);
            store.blocks().putAll(TestBlocks.random(new Random(4), 50, 1_000));
        }
    }

    @AfterEach
    void unmount() throws Exception {
        for (Path path : mounted) MemoryDisk.run("umount", path.toString());
    }

    private void mount(Path at, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of("mount"));
        command.addAll(Arrays.asList(options));
        command.add(at.toString());
        assumeTrue(
                MemoryDisk.run(command.toArray(String[]::new)), "mounting is not permitted here");
        mounted.add(at);
    }

    private List<String> files() throws IOException {
        List<String> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(data())) {
            for (Path file : files.sorted().toList())
                if (Files.isRegularFile(file))
                    all.add(file + " " + Arrays.hashCode(Files.readAllBytes(file)));
        }
        return all;
    }

    @Test
    void a_copy_or_repair_to_a_full_disk_says_so_and_leaves_the_store_as_it_was() throws Exception {
        Path small = Files.createDirectory(temp.resolve("small"));
        mount(small, "-t", "tmpfs", "-o", "size=2m", "none");
        List<String> before = files();
        assertThatThrownBy(() -> StoreCopy.run(data(), small.resolve("copy"), PATIENCE, b -> {}))
                .isInstanceOf(DiskFullException.class)
                .hasMessageContaining("make room");
        assertThatThrownBy(
                        () ->
                                Repair.run(
                                        data(),
                                        small.resolve("new"),
                                        small.resolve("logs"),
                                        TestBlocks.HASHES,
                                        NOBODY))
                .isInstanceOf(DiskFullException.class)
                .hasMessageContaining("make room");
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void a_read_only_file_system_can_be_checked_and_copied_from() throws Exception {
        mount(data(), "--bind", data().toString());
        assumeTrue(
                MemoryDisk.run("mount", "-o", "remount,ro,bind", data().toString()),
                "mounting read-only is not permitted here");
        try (RocksStore store = RocksStore.openReadOnly(data())) {
            VerifiedWhole.check(store);
            assertThat(store.count()).isEqualTo(150);
        }
        StoreCopy.run(data(), temp.resolve("copy"), PATIENCE, bytes -> {});
        try (RocksStore store = RocksStore.open(temp.resolve("copy"))) {
            VerifiedWhole.check(store);
        }
        assertThatThrownBy(() -> RocksStore.open(data()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("read-only");
    }

    /// What a killed process was about.
    enum Work {
        COPY,
        REPAIR,
        DOWNGRADE
    }

    @Test
    void a_kill_at_any_moment_leaves_the_store_whole() throws Exception {
        ChildJvm jvm = new ChildJvm(Files.createDirectory(temp.resolve("lib")));
        Random random = new Random(Long.getLong("cairn.kill.seed", System.nanoTime()));
        long seconds = Long.getLong("cairn.kill.seconds", 10);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() < end)
            for (Work work : Work.values()) {
                Path out = temp.resolve("out");
                Process process = jvm.start(List.of(), Worker.class, work, data(), out);
                try (BufferedReader lines = process.inputReader()) {
                    assertThat(ChildJvm.line(lines)).hasValue("BEGUN");
                    process.waitFor(random.nextInt(300), TimeUnit.MILLISECONDS);
                    process.toHandle().destroyForcibly();
                    process.waitFor();
                }
                try (RocksStore store = RocksStore.open(data(), SIZES)) {
                    assertThat(store.version()).isEqualTo(Reconciliation.VERSION);
                    assertThat(store.count()).isEqualTo(150);
                    VerifiedWhole.check(store);
                }
                if (Files.exists(out)) delete(out);
            }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
        }
    }

    /// Does one work over and over until it is killed.
    static final class Worker {
        private Worker() {}

        public static void main(String[] args) throws IOException {
            Path data = Path.of(args[1]);
            Path out = Files.createDirectory(Path.of(args[2]));
            System.out.println("BEGUN");
            for (int i = 0; ; i++) {
                Path to = out.resolve("new" + i);
                switch (Work.valueOf(args[0])) {
                    case COPY -> StoreCopy.run(data, to, PATIENCE, bytes -> {});
                    case REPAIR ->
                            Repair.run(
                                    data, to, out.resolve("logs" + i), TestBlocks.HASHES, NOBODY);
                    case DOWNGRADE -> {
                        try (RocksStore store = RocksStore.open(data)) {
                            store.downgrade();
                        }
                    }
                }
            }
        }
    }
}
