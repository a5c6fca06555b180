package cairn.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoldersTest {
    @TempDir Path dir;

    @Test
    void a_folder_is_deleted_with_all_in_it_and_nothing_that_links_point_to() throws IOException {
        Path kept = Files.createDirectory(dir.resolve("kept"));
        Files.writeString(kept.resolve("file"), "x");
        Path folder = Files.createDirectories(dir.resolve("folder/deep")).getParent();
        Files.writeString(folder.resolve("deep/file"), "x");
        Files.createSymbolicLink(folder.resolve("link"), kept);

        Folders.delete(folder);

        assertThat(folder).doesNotExist();
        assertThat(kept.resolve("file")).exists();
    }

    @Test
    void what_is_not_there_needs_no_deleting() throws IOException {
        Folders.delete(dir.resolve("nothing"));
        assertThat(dir).isEmptyDirectory();
    }
}
