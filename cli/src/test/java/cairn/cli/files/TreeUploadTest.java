package cairn.cli.files;

import static org.assertj.core.api.Assertions.assertThat;

import cairn.dag.tree.ImportSource;
import cairn.dag.tree.NamedSource;
import cairn.dag.tree.TreeOptions;
import cairn.rpc.client.RequestBody;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What is sent of a file that is written to meanwhile.
@Timeout(30)
final class TreeUploadTest {
    private static final int SIZE = 3 << 20;

    @TempDir Path folder;
    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("file");
        Files.write(file, new byte[SIZE]);
    }

    /// Does something whenever bytes are sent.
    private interface Meanwhile {
        void run() throws IOException;
    }

    private String sent(Meanwhile meanwhile) throws IOException {
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        OutputStream out =
                new FilterOutputStream(sent) {
                    @Override
                    public void write(byte[] bytes, int offset, int length) throws IOException {
                        sent.write(bytes, offset, length);
                        if (length > 1000) meanwhile.run();
                    }
                };
        TreeOptions tree = TreeOptions.DEFAULT;
        SentTrees trees =
                new SentTrees(
                        NamedSource.sorted(List.of(ImportSource.path(file)), tree),
                        tree,
                        false,
                        false,
                        false,
                        new Sizer());
        RequestBody.of(parts -> new TreeUpload(trees, parts).send()).writer().writeTo(out);
        return sent.toString(StandardCharsets.ISO_8859_1);
    }

    @Test
    void a_file_that_stays_as_it_is_is_sent_whole() throws IOException {
        assertThat(sent(() -> {})).hasSizeGreaterThan(SIZE).doesNotContain("broken-off");
    }

    /// It grows as fast as it is read.
    @Test
    void a_file_that_grows_is_sent_no_further_than_it_went() throws IOException {
        String sent = sent(() -> Files.write(file, new byte[1 << 20], StandardOpenOption.APPEND));
        assertThat(sent)
                .hasSizeBetween(SIZE, SIZE + 2000)
                .contains("application/vnd.cairn.broken-off", "changed while it was read");
    }

    @Test
    void a_file_that_shrinks_is_told_as_broken_off() throws IOException {
        String sent = sent(() -> Files.write(file, new byte[10]));
        assertThat(sent)
                .hasSizeLessThan(SIZE)
                .contains("application/vnd.cairn.broken-off", "changed while it was read");
    }
}
