package cairn.blockstore.rocks;

import cairn.blockstore.TestBlocks;

import cairn.blockstore.database.BlockRecord;
import cairn.blockstore.database.Database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.multiformats.Block;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Blocks so small that the numbers of a bulk file are used up long before its bytes.
final class TinyBlocksTest {
    @TempDir Path temp;

    private static Block tiny(int number) {
        return TestBlocks.of(ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
    }

    /// A file has 65,536 numbers: one block less, as many, one more. What is gathered before the
    /// file is begun has room for all of them, or for fewer.
    @ParameterizedTest(name = "{0} blocks, {1} bytes gathered")
    @CsvSource({
        "65535, 2097152",
        "65536, 2097152",
        "65537, 2097152",
        "65535, 16777216",
        "65536, 16777216",
        "65537, 16777216"
    })
    void no_two_blocks_have_one_number(int count, long gathered) throws Exception {
        Random random = new Random(8);
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < count; i++) blocks.add(tiny(i));
        for (int i = 0; i < 2; i++) blocks.add(TestBlocks.random(random, Block.MAX_BYTES));
        Path data = temp.resolve("data");
        try (RocksStore store = RocksStore.open(data, new BulkWriter.Sizes(gathered, 64 << 20))) {
            store.blocks().putAll(blocks);
            List<Block> wrong = new ArrayList<>();
            for (Block block : blocks)
                if (!java.util.Arrays.equals(
                        store.blocks().get(block.cid()).orElseThrow().bytes(), block.bytes()))
                    wrong.add(block);
            assertThat(wrong).isEmpty();
        }
    }

    @Test
    void full_file_refuses_a_block() throws Exception {
        Path data = Files.createDirectory(temp.resolve("data"));
        try (Database database = Database.open(data)) {
            ByteBuffer scratch = ByteBuffer.allocateDirect(BlockRecord.MAX_BYTES);
            Path path = temp.resolve("x.sst");
            database.run(
                    "fill a file",
                    tables -> {
                        try (BulkFile file = new BulkFile(database, path, 0, scratch)) {
                            Block block = tiny(0);
                            for (int i = 0; i < BulkFile.MAX_BLOCKS; i++) file.add(block);
                            assertThatThrownBy(() -> file.add(block))
                                    .isInstanceOf(IllegalStateException.class);
                        }
                        return null;
                    });
        }
    }
}
