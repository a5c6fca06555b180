package cairn.blockstore.database;

import cairn.blockstore.StoreException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;

public final class DatabaseTest {
    @TempDir Path dir;

    @Test
    void reader_that_could_not_open_again_tries_at_the_next_call() throws Exception {
        Database.open(dir).close();
        try (Database reader = Database.openReadOnly(dir)) {
            Path current = dir.resolve("CURRENT");
            Path away = Files.move(current, dir.resolve("away"));
            assertThatThrownBy(() -> reader.run("read", DatabaseTest::vanish))
                    .isInstanceOf(StoreException.class);
            assertThatThrownBy(() -> reader.run("read", tables -> true))
                    .isInstanceOf(StoreException.class)
                    .hasMessageNotContaining("closed");
            Files.move(away, current);
            assertThat(reader.<Boolean>run("read", tables -> true)).isTrue();
        }
    }

    private static boolean vanish(Tables tables) throws RocksDBException {
        throw new RocksDBException("No such file or directory");
    }
}
