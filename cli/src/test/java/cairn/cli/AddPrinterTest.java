package cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AddPrinterTest {
    /// More than the printer holds back.
    private static final int FILES = 10_001;

    @TempDir Path folder;

    @Test
    void lines_of_roots_wait_for_the_end_however_many_lines_come_between() throws Exception {
        Path first = Files.writeString(folder.resolve("a"), "x");
        Path second = Files.createDirectory(folder.resolve("b"));
        for (int i = 0; i < FILES; i++) Files.createFile(second.resolve("file" + i));

        List<String> lines = add(first, second);

        assertThat(lines).hasSize(FILES + 2);
        assertThat(lines.get(FILES)).endsWith(" a");
        assertThat(lines.get(FILES + 1)).endsWith(" b");
    }

    @Test
    void lines_keep_their_order_where_there_are_few() throws Exception {
        Path first = Files.writeString(folder.resolve("a"), "x");
        Path second = Files.createDirectory(folder.resolve("b"));
        Files.createFile(second.resolve("file"));

        assertThat(add(first, second).stream().map(l -> l.substring(l.lastIndexOf(' ') + 1)))
                .containsExactly("a", "b/file", "b");
    }

    private List<String> add(Path first, Path second) {
        return Called.with(
                        folder.resolve("repo"),
                        "add",
                        "-r",
                        "-n",
                        first.toString(),
                        second.toString())
                .out()
                .lines()
                .toList();
    }
}
