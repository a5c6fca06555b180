package cairn.blockstore.rocks;

import cairn.blockstore.TestBlocks;

import cairn.blockstore.Pin;
import cairn.blockstore.WriteSession;

import static org.assertj.core.api.Assertions.assertThat;

import cairn.multiformats.Block;
import cairn.multiformats.Multihash;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Threads add, pin again and unpin from one small pool of contents, so that they meet each other's
/// garbage all the time, while another one collects. Every pin keeps the blocks of its session.
///
/// `-Dcairn.collect.seconds` says for how long, `-Dcairn.collect.seed` repeats the threads'
/// choices.
final class CollectionBesideWritersTest {
    private static final BulkWriter.Sizes SIZES = new BulkWriter.Sizes(64 << 10, 512 << 10);
    private static final int WRITERS = 3;

    /// Contents that a thread pins and unpins. Those of different threads share blocks.
    private static final int CONTENTS = 8;

    @TempDir Path temp;
    private final ConcurrentHashMap<String, Content> byPin = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Throwable> errors = new ConcurrentLinkedQueue<>();
    private volatile boolean ended;

    private record Content(Pin pin, List<Block> blocks) {}

    @Test
    void what_is_pinned_is_whole_and_what_is_not_goes() throws Exception {
        long seed = Long.getLong("cairn.collect.seed", System.nanoTime());
        long seconds = Long.getLong("cairn.collect.seconds", 6);
        System.out.printf("CollectionBesideWritersTest: seed %d%n", seed);
        Random random = new Random(seed);
        List<Block> pool = new ArrayList<>();
        for (int i = 0; i < 60; i++)
            pool.add(TestBlocks.random(random, i % 3 == 0 ? 40_000 : 1 + random.nextInt(3_000)));
        List<Block> roots = TestBlocks.random(random, WRITERS * CONTENTS, 100);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        int collections = 0;
        try (RocksStore store = RocksStore.open(temp.resolve("data"), SIZES)) {
            List<Thread> writers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                List<Content> own = new ArrayList<>();
                for (Block root : roots.subList(i * CONTENTS, (i + 1) * CONTENTS))
                    own.add(content(root, pool, random));
                Random choices = new Random(random.nextLong());
                writers.add(
                        Thread.ofPlatform()
                                .uncaughtExceptionHandler((t, e) -> errors.add(e))
                                .start(() -> write(store, own, choices)));
            }
            while (System.nanoTime() < end && errors.isEmpty()) {
                collect(store);
                collections++;
            }
            ended = true;
            for (Thread writer : writers) writer.join();
            assertThat(errors).as("with seed " + seed).isEmpty();
            collect(store);
            check(store, seed);
        }
        try (RocksStore store = RocksStore.open(temp.resolve("data"), SIZES)) {
            check(store, seed);
        }
        assertThat(collections).isGreaterThan(2);
    }

    private Content content(Block root, List<Block> pool, Random random) {
        List<Block> blocks = new ArrayList<>(List.of(root));
        int count = random.nextInt(20);
        for (int i = 0; i < count; i++) blocks.add(pool.get(random.nextInt(pool.size())));
        Content content = new Content(new Pin(root.cid(), Pin.Mode.RECURSIVE, ""), blocks);
        byPin.put(root.cid().toString(), content);
        return content;
    }

    private void write(RocksStore store, List<Content> own, Random choices) {
        try {
            while (!ended) {
                Content content = own.get(choices.nextInt(own.size()));
                switch (choices.nextInt(3)) {
                    case 0 -> add(store, content);
                    case 1 -> pinWhatIsThere(store, content);
                    default -> store.pins().remove(List.of(content.pin.cid()));
                }
                if (store.pins().get(content.pin.cid()).isPresent()) checkWhole(store, content);
            }
        } catch (IOException e) {
            errors.add(e);
        }
    }

    private static void add(RocksStore store, Content content) throws IOException {
        try (WriteSession session = store.blocks().openSession()) {
            for (Block block : content.blocks) session.put(block);
            session.commit(List.of(content.pin));
        }
    }

    private static void pinWhatIsThere(RocksStore store, Content content) throws IOException {
        try (Lease lease = store.lease()) {
            for (Block block : content.blocks) if (!lease.hold(block.cid().hash())) return;
            store.pins().add(List.of(content.pin));
        }
    }

    private static void checkWhole(RocksStore store, Content content) throws IOException {
        for (Block block : content.blocks)
            assertThat(store.blocks().get(block.cid()).map(Block::bytes))
                    .as("block " + block + " of the pin " + content.pin.cid())
                    .hasValueSatisfying(bytes -> assertThat(bytes).isEqualTo(block.bytes()));
    }

    private void collect(RocksStore store) throws IOException {
        try (GarbageCollection collection =
                store.collect(new GarbageCollection.Terms(4, Long.MAX_VALUE))) {
            store.pins()
                    .forEach(
                            pin -> {
                                Content content = byPin.get(pin.cid().toString());
                                for (Block block : content.blocks) collection.keep(block.cid());
                                return true;
                            });
            collection.sweep((hash, length) -> {});
        }
    }

    private void check(RocksStore store, long seed) throws IOException {
        Set<Multihash> wanted = new HashSet<>();
        store.pins()
                .forEach(
                        pin -> {
                            Content content = byPin.get(pin.cid().toString());
                            checkWhole(store, content);
                            for (Block block : content.blocks) wanted.add(block.cid().hash());
                            return true;
                        });
        Set<Multihash> found = new HashSet<>();
        store.blocks().forEach((hash, size) -> found.add(hash));
        assertThat(found).as("blocks with seed " + seed).isEqualTo(wanted);
    }
}
