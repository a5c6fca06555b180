package cairn.dag.exporter;

import static org.assertj.core.api.Assertions.assertThat;

import cairn.dag.MemoryDag;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
}
