package cairn.blockstore.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/// Logs and lists of tables may hold anything after a disk has failed.
public final class LogFuzzTest {
    @FuzzTest
    void log(byte[] bytes) throws IOException {
        Path file = Files.createTempFile("fuzz", ".log");
        try {
            Files.write(file, bytes);
            long[] records = {0};
            LogFile.read(
                            file,
                            head -> {
                                assertThat(head.remaining()).isLessThanOrEqualTo(256);
                                records[0]++;
                            })
                    .ifPresent(damage -> assertThat(damage).matches("byte \\d+: .+"));
            // Each has a header of 7 bytes.
            assertThat(records[0]).isLessThanOrEqualTo(bytes.length / 7);
        } finally {
            Files.delete(file);
        }
    }

    @FuzzTest
    void list_of_tables(byte[] bytes) {
        ByteBuffer edit = ByteBuffer.wrap(bytes);
        TableList.lastChange(edit);
        assertThat(edit.position()).isLessThanOrEqualTo(bytes.length);
    }
}
