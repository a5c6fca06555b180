package cairn.blockstore.rocks;

import cairn.blockstore.Blockstore;
import cairn.blockstore.BlockstoreContract;
import cairn.blockstore.Pins;
import cairn.blockstore.PinsContract;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

final class RocksBlockstoreTest extends BlockstoreContract {
    @TempDir Path dir;
    private RocksStore rocks;

    @Override
    protected Blockstore open() throws Exception {
        rocks = RocksStore.open(dir.resolve("data"));
        return rocks.blocks();
    }

    @Override
    protected Pins pins() {
        return rocks.pins();
    }

    @AfterEach
    void close() {
        rocks.close();
    }

    @Nested
    final class ItsPins extends PinsContract {
        @Override
        protected Pins open() {
            return rocks.pins();
        }
    }
}
