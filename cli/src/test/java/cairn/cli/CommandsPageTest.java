package cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CommandsPageTest {
    private static final Path PAGE = KuboRecord.folder().resolve("../../docs/commands.md");

    @Test
    void the_page_in_docs_is_what_the_commands_say_now() throws Exception {
        assertThat(Files.exists(PAGE) ? Files.readString(PAGE) : "")
                .as("run: ./cairn commands --markdown > docs/commands.md")
                .isEqualTo(CommandsPage.text());
    }

    @Test
    void every_command_is_on_it_with_its_options_and_examples() {
        String page = Called.with(Path.of("none"), "commands", "--markdown").out();
        for (String name : CommandTable.names())
            assertThat(page).contains("\n### cairn " + name + "\n");
        assertThat(page)
                .contains("[`cid format`](#cairn-cid-format)")
                .contains("| `-r`, `--recursive` | Add folders, with all below them. |")
                .contains("```sh\n# adds a file\ncairn add photo.jpg\n");
    }
}
