package cairn.blockstore.rocks;

import static org.assertj.core.api.Assertions.assertThat;

import cairn.blockstore.TestBlocks;
import cairn.blockstore.WriteSession;
import cairn.multiformats.Block;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// No number is ever given out twice.
final class SequenceNumbersTest {
    private static final BulkWriter.Sizes SIZES = new BulkWriter.Sizes(64 << 10, 1 << 20);

    @TempDir Path temp;

    /// Of a file that was ingested, the last record is deleted, as its block is elsewhere. A range
    /// below is open, so that the next opening looks at all from there on.
    @Test
    void that_of_a_needless_copy_is_not_given_out_again() throws Exception {
        List<Block> blocks = TestBlocks.random(new Random(5), 5, 30_000);
        long before;
        RocksStore store = RocksStore.open(temp, SIZES);
        WriteSession below = store.blocks().openSession();
        for (Block block : TestBlocks.random(new Random(6), 5, 30_000)) below.put(block);
        try (WriteSession session = store.blocks().openSession()) {
            for (Block block : blocks) session.put(block);
            store.blocks().put(blocks.getLast());
            session.commit(List.of());
            before = store.number(blocks.get(3).cid().hash()).orElseThrow();
        }
        store.close(); // as a kill does: the first session is still open
        try (RocksStore again = RocksStore.open(temp, SIZES)) {
            Block next = TestBlocks.random(new Random(9), 100_000);
            again.blocks().put(next);
            assertThat(again.number(next.cid().hash()).orElseThrow()).isGreaterThan(before + 1);
            VerifiedWhole.check(again);
        }
    }
}
