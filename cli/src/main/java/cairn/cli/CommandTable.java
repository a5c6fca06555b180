package cairn.cli;

import cairn.cli.console.Command;
import cairn.cli.console.Suggestions;
import cairn.cli.console.UsageException;
import java.util.ArrayList;
import java.util.List;

/// The commands by name. A command is made only when it is asked for, so that a start pays for one.
final class CommandTable {
    /// Names in the order of help.
    private static final List<String> NAMES =
            List.of(
                    "init",
                    "add",
                    "cat",
                    "get",
                    "ls",
                    "refs",
                    "pin add",
                    "pin ls",
                    "pin rm",
                    "block get",
                    "block put",
                    "block stat",
                    "config",
                    "config show",
                    "version",
                    "commands",
                    "commands completion",
                    "help");

    private CommandTable() {}

    static List<String> names() {
        return NAMES;
    }

    /// Whether a word is the first of several commands' names.
    static boolean isGroup(String word) {
        return NAMES.stream().anyMatch(name -> name.startsWith(word + " "));
    }

    /// @param others the words that come after
    /// @throws UsageException when there is no such command; it says which are near
    static void check(String name, List<String> others) throws UsageException {
        if (NAMES.contains(name)) return;
        String typed = name;
        if (isGroup(name)) {
            if (others.isEmpty() || others.getFirst().startsWith("-")) return;
            typed = name + " " + others.getFirst();
        }
        String near =
                Suggestions.nearest(typed, NAMES)
                        .map(word -> "; did you mean \"cairn " + word + "\"?")
                        .orElse("; \"cairn help\" lists all");
        throw new UsageException("unknown command \"" + typed + "\"" + near);
    }

    /// @param name one of [#names], or a group's
    static Command command(String name) {
        return switch (name) {
            case "init" -> new cairn.cli.command.InitCommand();
            case "config" -> new cairn.cli.command.ConfigCommand();
            case "config show" -> new cairn.cli.command.ConfigShowCommand();
            case "version" -> new VersionCommand();
            case "commands" -> new CommandsCommand();
            case "commands completion" -> new CompletionCommand();
            case "help" -> new HelpCommand("");
            default -> new HelpCommand(name);
        };
    }

    /// All commands, in the order of help.
    static List<Command> all() {
        List<Command> all = new ArrayList<>();
        for (String name : NAMES) all.add(command(name));
        return all;
    }
}
