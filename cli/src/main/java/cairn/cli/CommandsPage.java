package cairn.cli;

import cairn.cli.console.UsagePage;
import java.util.List;

/// The page `docs/commands.md`: what help tells of every command, in Markdown.
final class CommandsPage {
    private CommandsPage() {}

    static String text() {
        StringBuilder out = new StringBuilder();
        out.append(
                """
                # Commands

                What `cairn help` and `cairn COMMAND --help` tell, on one page. The program writes it itself:
                `./cairn commands --markdown > docs/commands.md`.

                | | |
                |---|---|
                """);
        for (CommandTable.Section section : CommandTable.sections()) {
            List<String> links =
                    section.names().stream()
                            .map(name -> "[`" + name + "`](#cairn-" + name.replace(' ', '-') + ")")
                            .toList();
            out.append("| ").append(section.title()).append(" | ");
            out.append(String.join(" · ", links)).append(" |\n");
        }
        for (CommandTable.Section section : CommandTable.sections()) {
            out.append("\n## ").append(section.title()).append('\n');
            for (String name : section.names())
                out.append('\n').append(UsagePage.of(CommandTable.command(name).usage()));
        }
        out.append("\n## Options of all commands\n\n");
        return out.append(UsagePage.globalOptions()).toString();
    }
}
