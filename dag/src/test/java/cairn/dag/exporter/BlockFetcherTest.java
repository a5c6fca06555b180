package cairn.dag.exporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.dag.BlockSource;
import cairn.dag.MemoryDag;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;

class BlockFetcherTest {
    private static final int FETCHES = 64;

    private final MemoryDag dag = new MemoryDag();
    private final Cid largest = dag.raw(new byte[Block.MAX_BYTES]);

    // Without threads, so that a test runs the fetches itself; room for two blocks a stream.
    private final BlockFetcher fetcher =
            new BlockFetcher(dag, new ReadAhead(0, 2 * Block.MAX_BYTES, FETCHES));

    private List<Fetch<Block>> fetchedAhead(int claim) {
        List<Fetch<Block>> fetches =
                IntStream.range(0, FETCHES).mapToObj(_ -> fetcher.start(largest, claim)).toList();
        fetches.forEach(Fetch::run);
        return fetches;
    }

    /// How many of the fetches had their block waiting.
    private int waiting(List<Fetch<Block>> fetches) throws IOException {
        int before = dag.gets();
        for (Fetch<Block> fetch : fetches)
            assertThat(fetch.await().size()).isEqualTo(Block.MAX_BYTES);
        return fetches.size() - (dag.gets() - before);
    }

    // Nothing, a byte, all but a byte, the truth.
    @ParameterizedTest
    @ValueSource(ints = {0, 1, Block.MAX_BYTES - 1, Block.MAX_BYTES})
    void the_bytes_that_wait_are_bounded_whatever_is_claimed_of_them(int claim) throws IOException {
        assertThat(waiting(fetchedAhead(claim))).isBetween(3, 4);
    }

    @Test
    void blocks_that_are_taken_make_room_again() throws IOException {
        for (int round = 0; round < 3; round++)
            assertThat(waiting(fetchedAhead(Block.MAX_BYTES))).isEqualTo(4);
    }

    @Test
    void blocks_that_are_given_up_make_room_again() throws IOException {
        for (int round = 0; round < 3; round++)
            fetchedAhead(Block.MAX_BYTES).forEach(Fetch::cancel);
        assertThat(waiting(fetchedAhead(Block.MAX_BYTES))).isEqualTo(4);
    }

    @Test
    void a_block_smaller_than_claimed_takes_its_true_room() throws IOException {
        Cid small = dag.raw("small");
        for (int i = 0; i < FETCHES; i++) fetcher.start(small, Block.MAX_BYTES).run();
        assertThat(waiting(fetchedAhead(Block.MAX_BYTES))).isEqualTo(3);
    }

    @Test
    void what_is_missing_takes_no_room() throws IOException {
        Cid missing = dag.raw("missing");
        dag.remove(missing);
        for (int i = 0; i < FETCHES; i++) fetcher.start(missing, Block.MAX_BYTES).run();
        assertThat(waiting(fetchedAhead(Block.MAX_BYTES))).isEqualTo(4);
    }

    private int freeRoom() {
        return fetcher.freeRoom();
    }

    @Test
    void a_wait_that_is_interrupted_makes_room_for_what_arrives_later() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        try (BlockFetcher slow =
                new BlockFetcher(held(asked, answer), new ReadAhead(0, 2 * Block.MAX_BYTES, 1))) {
            int room = slow.freeRoom();
            Fetch<LeafBytes> fetch = slow.startLeaf(largest, Block.MAX_BYTES);
            Thread ahead = Thread.ofPlatform().start(fetch);
            asked.await();

            Thread.currentThread().interrupt();
            assertThatThrownBy(fetch::await).isInstanceOf(InterruptedIOException.class);
            assertThat(Thread.interrupted()).isTrue();
            answer.countDown();
            ahead.join();

            assertThat(slow.freeRoom()).isEqualTo(room);
            assertThat(slow.leasedBuffers()).isZero();
        }
    }

    /// The same blocks, held back until they are let go.
    private BlockSource held(CountDownLatch asked, CountDownLatch answer) {
        return cid -> {
            asked.countDown();
            boolean interrupted = false;
            while (true) {
                try {
                    answer.await();
                    break;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) Thread.currentThread().interrupt();
            return dag.get(cid);
        };
    }

    @Test
    void a_fetch_is_awaited_once_and_a_lease_ended_once() throws IOException {
        Fetch<LeafBytes> fetch = fetcher.startLeaf(largest, Block.MAX_BYTES);
        LeafBytes bytes = fetch.await();
        assertThatThrownBy(fetch::await).isInstanceOf(IllegalStateException.class);

        bytes.giveBack();
        assertThatThrownBy(bytes::giveBack).isInstanceOf(IllegalStateException.class);
        assertThat(fetcher.leasedBuffers()).isZero();
    }

    @Test
    void giving_up_what_was_awaited_or_given_up_changes_nothing() throws IOException {
        int room = freeRoom();
        Fetch<Block> taken = fetcher.start(largest, Block.MAX_BYTES);
        Fetch<Block> givenUp = fetcher.start(largest, Block.MAX_BYTES);
        taken.run();
        givenUp.run();
        assertThat(taken.await().size()).isEqualTo(Block.MAX_BYTES);
        for (int i = 0; i < 2; i++) {
            taken.cancel();
            givenUp.cancel();
        }
        assertThat(freeRoom()).isEqualTo(room);
    }

    /// How a reader's walk through a file ends early.
    enum End {
        FAILED,
        CLOSED,
        INTERRUPTED
    }

    @ParameterizedTest
    @EnumSource(End.class)
    void a_file_that_is_not_read_to_its_end_gives_all_back(End end) throws Exception {
        int leaf = 100_000;
        Cid file = dag.file(MemoryDag.content(40 * leaf), leaf, 5);
        for (int round = 0; round < 10; round++) {
            int failing = dag.gets() + 10 + round;
            BlockSource source =
                    cid -> {
                        if (end == End.FAILED && dag.gets() >= failing)
                            throw new IOException("cut off");
                        return dag.get(cid);
                    };
            BlockFetcher ahead = new BlockFetcher(source, new ReadAhead(3, 2 << 20, 16));
            int room = ahead.freeRoom();
            UnixFsFile opened = (UnixFsFile) Nodes.of(dag.get(file).orElseThrow(), ahead);
            try (PartCursor parts = opened.parts(0, opened.size())) {
                for (int i = 0; i < 3; i++) assertThat(parts.next()).isPresent();
                if (end == End.INTERRUPTED) Thread.currentThread().interrupt();
                if (end != End.CLOSED)
                    assertThatThrownBy(() -> toEnd(parts)).isInstanceOf(IOException.class);
            }
            assertThat(Thread.interrupted()).isEqualTo(end == End.INTERRUPTED);
            ahead.close();
            ahead.awaitThreads();
            assertThat(ahead.freeRoom()).isEqualTo(room);
            assertThat(ahead.leasedBuffers()).isZero();
        }
    }

    private static void toEnd(PartCursor parts) throws IOException {
        while (parts.next().isPresent()) assertThat(parts).isNotNull();
        // Where each wait found its block there already, nothing was waited for.
        if (Thread.currentThread().isInterrupted()) throw new InterruptedIOException("at the end");
    }

    @Test
    void a_fetch_that_starts_as_the_reader_closes_is_left_to_whoever_awaits_it() throws Exception {
        for (int round = 0; round < 300; round++) {
            BlockFetcher closing = new BlockFetcher(dag, new ReadAhead(1, 2 << 20, 1));
            Thread closer = Thread.ofPlatform().start(closing::close);
            while (closer.isAlive())
                assertThat(closing.start(largest, 0).await().size()).isEqualTo(Block.MAX_BYTES);
            closer.join();
        }
    }
}
