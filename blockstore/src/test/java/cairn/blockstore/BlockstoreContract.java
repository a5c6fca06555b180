package cairn.blockstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.multiformats.Multicodec;
import cairn.multiformats.Multihash;
import java.io.IOException;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What every [Blockstore] and its sessions do.
public abstract class BlockstoreContract {
    final Random random = new Random(1);
    Blockstore store;

    /// An empty store.
    protected abstract Blockstore open() throws Exception;

    /// The pins that the sessions of the store add to.
    protected abstract Pins pins();

    @BeforeEach
    void open_an_empty_store() throws Exception {
        store = open();
    }

    @Test
    void absent_block_is_empty_not_an_error() throws Exception {
        Block absent = TestBlocks.random(random, 10);
        ByteBuffer buffer = ByteBuffer.allocate(10);
        assertThat(store.get(absent.cid())).isEmpty();
        assertThat(store.get(absent.cid().hash(), buffer)).isEmpty();
        assertThat(buffer.position()).isZero();
        assertThat(store.has(absent.cid().hash())).isFalse();
        assertThat(store.size(absent.cid().hash())).isEmpty();
        assertThat(store.delete(absent.cid().hash())).isFalse();
    }

    /// None, one, around the size from which blocks bypass the cache, around the usual chunk, the
    /// largest.
    @ParameterizedTest(name = "{0} bytes")
    @ValueSource(
            ints = {
                0,
                1,
                32767,
                32768,
                (1 << 20) - 1,
                1 << 20,
                (1 << 20) + 1,
                Block.MAX_BYTES - 1,
                Block.MAX_BYTES
            })
    void block_of_any_size_comes_back_whole(int size) throws Exception {
        Block block = TestBlocks.random(random, size);
        store.put(block);
        check(block);
    }

    private void check(Block block) throws IOException {
        Multihash hash = block.cid().hash();
        assertThat(store.has(hash)).isTrue();
        assertThat(store.size(hash)).hasValue(block.size());
        Block got = store.get(block.cid()).orElseThrow();
        assertThat(got.cid()).isEqualTo(block.cid());
        assertThat(got.bytes()).isEqualTo(block.bytes());
        for (ByteBuffer into : buffers(block.size() + 7)) {
            into.position(3);
            assertThat(store.get(hash, into)).hasValue(block.size());
            assertThat(into.position()).isEqualTo(3 + block.size());
            assertThat(into.limit()).isEqualTo(block.size() + 7);
            assertThat(into.slice(3, block.size())).isEqualTo(block.data());
        }
    }

    private static List<ByteBuffer> buffers(int size) {
        return List.of(ByteBuffer.allocate(size), ByteBuffer.allocateDirect(size));
    }

    @Test
    void buffer_of_just_the_size_is_enough_and_one_byte_less_is_not() throws Exception {
        Block block = TestBlocks.random(random, 1000);
        store.put(block);
        for (ByteBuffer exact : buffers(1000))
            assertThat(store.get(block.cid().hash(), exact)).hasValue(1000);
        for (ByteBuffer tight : buffers(999)) {
            assertThatThrownBy(() -> store.get(block.cid().hash(), tight))
                    .isInstanceOf(BufferOverflowException.class);
            assertThat(tight).isEqualTo(ByteBuffer.allocate(999));
        }
    }

    @Test
    void cids_with_one_multihash_share_one_block() throws Exception {
        Block raw = TestBlocks.random(random, 10);
        Cid v0 = Cid.v0(raw.cid().hash());
        store.put(raw);
        assertThat(store.get(v0)).hasValueSatisfying(b -> assertThat(b.cid()).isEqualTo(v0));
        store.put(Block.verified(v0, raw.bytes(), TestBlocks.HASHES));
        assertThat(list()).containsOnlyKeys(raw.cid().hash());
        assertThat(store.delete(v0.hash())).isTrue();
        assertThat(store.get(raw.cid())).isEmpty();
    }

    @Test
    void block_of_another_hash_function_is_found_by_it_alone() throws Exception {
        byte[] bytes = {1, 2, 3};
        Block sha1 =
                Block.hashed(
                        1,
                        Multicodec.RAW,
                        TestBlocks.HASHES.find(Multicodec.SHA1).orElseThrow(),
                        bytes);
        store.put(sha1);
        check(sha1);
        assertThat(store.get(TestBlocks.of(bytes).cid())).isEmpty();
    }

    @Test
    void deleted_block_is_gone_and_can_be_put_again() throws Exception {
        Block block = TestBlocks.random(random, 100);
        store.put(block);
        assertThat(store.delete(block.cid().hash())).isTrue();
        assertThat(store.has(block.cid().hash())).isFalse();
        assertThat(store.get(block.cid())).isEmpty();
        assertThat(store.delete(block.cid().hash())).isFalse();
        store.put(block);
        check(block);
    }

    @Test
    void put_all_of_nothing_and_of_doubles() throws Exception {
        store.putAll(List.of());
        Block block = TestBlocks.random(random, 100);
        store.putAll(List.of(block, block, block));
        assertThat(list()).containsOnlyKeys(block.cid().hash());
    }

    @Test
    void what_is_given_back_is_not_what_is_kept() throws Exception {
        Block block = TestBlocks.random(random, 100);
        store.put(block);
        store.get(block.cid()).orElseThrow().bytes()[0]++;
        check(block);
    }

    /// More than two pages of a listing.
    @Test
    void every_block_is_listed_once_in_order_of_hashes() throws Exception {
        List<Block> blocks = TestBlocks.random(random, 10_000, 20);
        store.putAll(blocks);
        List<Multihash> listed = new ArrayList<>();
        store.forEach(
                (hash, size) -> {
                    assertThat(size).isEqualTo(20);
                    listed.add(hash);
                    return true;
                });
        assertThat(listed)
                .containsExactlyElementsOf(
                        blocks.stream().map(b -> b.cid().hash()).sorted().toList());
    }

    @Test
    void listing_stops_when_told_and_may_delete_as_it_goes() throws Exception {
        store.putAll(TestBlocks.random(random, 100, 20));
        List<Multihash> visited = new ArrayList<>();
        store.forEach(
                (hash, size) -> {
                    visited.add(hash);
                    return visited.size() < 10;
                });
        assertThat(visited).hasSize(10);
        store.forEach((hash, size) -> store.delete(hash));
        assertThat(list()).isEmpty();
    }

    @Test
    void error_of_a_visitor_passes_through() throws Exception {
        store.put(TestBlocks.random(random, 1));
        IOException error = new IOException("visitor");
        assertThatThrownBy(
                        () ->
                                store.forEach(
                                        (hash, size) -> {
                                            throw error;
                                        }))
                .isSameAs(error);
    }

    /// Below and above the threshold of bulk files, and more than one file of them.
    @ParameterizedTest(name = "{0} blocks of 64 KiB")
    @ValueSource(ints = {0, 1, 31, 32, 33, 1300})
    void committed_session_has_all_its_blocks_and_pins(int count) throws Exception {
        List<Block> blocks = TestBlocks.random(random, count, 64 << 10);
        Pin pin = new Pin(TestBlocks.random(random, 9).cid(), Pin.Mode.RECURSIVE, "root");
        try (WriteSession session = store.openSession()) {
            for (Block block : blocks) session.put(block);
            session.commit(List.of(pin));
        }
        for (Block block : blocks) check(block);
        assertThat(list()).hasSize(count);
        assertThat(pins().get(pin.cid())).hasValue(pin);
    }

    @Test
    void session_goes_on_after_a_commit() throws Exception {
        List<Block> blocks = TestBlocks.random(random, 60, 64 << 10);
        try (WriteSession session = store.openSession()) {
            for (int i = 0; i < blocks.size(); i++) {
                session.put(blocks.get(i));
                if (i % 7 == 0) session.commit(List.of());
            }
            session.commit(List.of());
        }
        for (Block block : blocks) check(block);
    }

    @Test
    void blocks_put_twice_are_there_once() throws Exception {
        List<Block> blocks = TestBlocks.random(random, 40, 64 << 10);
        store.putAll(blocks.subList(0, 5));
        try (WriteSession session = store.openSession()) {
            for (Block block : blocks) session.put(block);
            for (Block block : blocks) session.put(block);
            session.commit(List.of());
        }
        try (WriteSession session = store.openSession()) {
            for (Block block : blocks) session.put(block);
            session.commit(List.of());
        }
        assertThat(list()).hasSize(blocks.size());
        for (Block block : blocks) check(block);
    }

    @Test
    void session_that_is_closed_uncommitted_pins_nothing_and_the_next_one_completes()
            throws Exception {
        List<Block> blocks = TestBlocks.random(random, 1100, 64 << 10);
        try (WriteSession session = store.openSession()) {
            for (Block block : blocks) session.put(block);
        }
        store.putAll(blocks);
        assertThat(list()).hasSize(blocks.size());
        check(blocks.getFirst());
        check(blocks.getLast());
    }

    @Test
    void closed_session_takes_nothing() throws Exception {
        WriteSession session = store.openSession();
        session.close();
        session.close();
        Block block = TestBlocks.random(random, 1);
        assertThatThrownBy(() -> session.put(block)).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> session.commit(List.of())).isInstanceOf(StoreException.class);
        assertThat(store.has(block.cid().hash())).isFalse();
    }

    /// Half of the blocks are common to all sessions.
    @Test
    void many_threads_write_through_several_sessions() throws Exception {
        List<Block> common = TestBlocks.random(random, 60, 64 << 10);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Block>>> all = new ArrayList<>();
            for (int s = 0; s < 4; s++) all.add(threads.submit(session(s, common)));
            for (Future<List<Block>> own : all) for (Block block : own.get()) check(block);
        }
        for (Block block : common) check(block);
        assertThat(list()).hasSize(60 + 4 * 60);
    }

    private Callable<List<Block>> session(int seed, List<Block> common) {
        return () -> {
            List<Block> own = TestBlocks.random(new Random(100 + seed), 60, 64 << 10);
            List<Block> both = new ArrayList<>(own);
            both.addAll(common);
            try (WriteSession session = store.openSession();
                    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<?>> puts = new ArrayList<>();
                for (Block block : both)
                    puts.add(
                            threads.submit(
                                    () -> {
                                        session.put(block);
                                        return null;
                                    }));
                for (Future<?> put : puts) put.get();
                session.commit(List.of());
            }
            return own;
        };
    }

    final Map<Multihash, Integer> list() throws IOException {
        Map<Multihash, Integer> all = new TreeMap<>();
        store.forEach(
                (hash, size) -> {
                    assertThat(all.put(hash, size)).isNull();
                    return true;
                });
        return all;
    }
}
