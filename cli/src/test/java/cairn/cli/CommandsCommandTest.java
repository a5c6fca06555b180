package cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import cairn.node.json.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommandsCommandTest {
    private static final Path NO_REPO = Path.of("none");

    @Test
    void text_has_a_line_for_every_command_and_group_in_the_order_of_names() {
        assertThat(Called.with(NO_REPO, "commands").out())
                .startsWith("cairn\ncairn add\ncairn bitswap\ncairn bitswap ledger\n")
                .contains(
                        "\ncairn config profile\ncairn config profile apply\ncairn config replace\n")
                .endsWith("\ncairn version\n");
    }

    @Test
    void flags_are_whole_calls_with_all_spellings_on_a_line() {
        assertThat(Called.with(NO_REPO, "commands", "-f").out())
                .contains("\ncairn pin add --name / cairn pin add -n\ncairn pin add --progress\n");
    }

    @Test
    void json_is_one_line_of_the_same_commands_as_a_tree() throws Exception {
        String out = Called.with(NO_REPO, "commands", "--enc=json").out();

        assertThat(out).endsWith("}\n").containsOnlyOnce("\n");
        List<String> lines = new ArrayList<>();
        collect(Json.parse(out.strip()), "", lines);
        assertThat(String.join("\n", lines) + "\n")
                .isEqualTo(Called.with(NO_REPO, "commands").out());
        assertThat(out)
                .startsWith("{\"Name\":\"cairn\",\"Subcommands\":[{\"Name\":\"add\",")
                .contains("{\"Names\":[\"name\",\"n\"]}")
                .contains("\"Options\":[{\"Names\":[\"repo-dir\"]}");
    }

    private static void collect(Json node, String above, List<String> lines) {
        if (!(node instanceof Json.Obj object)
                || !(object.get("Name").orElseThrow() instanceof Json.Str(var name))
                || !(object.get("Subcommands").orElseThrow() instanceof Json.Arr(var below)))
            throw new IllegalArgumentException(node.compact());
        lines.add(above + name);
        for (Json sub : below) collect(sub, above + name + " ", lines);
    }
}
