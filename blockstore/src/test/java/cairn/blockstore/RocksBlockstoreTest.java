package cairn.blockstore;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

final class RocksBlockstoreTest extends BlockstoreContract {
    @TempDir Path dir;
    private RocksStore rocks;

    @Override
    Blockstore open() throws Exception {
        rocks = RocksStore.open(dir.resolve("data"));
        return rocks.blocks();
    }

    @Override
    Pins pins() {
        return rocks.pins();
    }

    @AfterEach
    void close() {
        rocks.close();
    }

    @Nested
    final class ItsPins extends PinsContract {
        @Override
        Pins open() {
            return rocks.pins();
        }
    }
}
