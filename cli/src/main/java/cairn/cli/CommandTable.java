package cairn.cli;

import cairn.cli.files.AddCommand;
import cairn.cli.blocks.BlockGetCommand;
import cairn.cli.blocks.BlockPutCommand;
import cairn.cli.blocks.BlockStatCommand;
import cairn.cli.files.CatCommand;
import cairn.cli.repo.ConfigCommand;
import cairn.cli.repo.ConfigShowCommand;
import cairn.cli.files.GetCommand;
import cairn.cli.repo.InitCommand;
import cairn.cli.files.LsCommand;
import cairn.cli.pins.PinAddCommand;
import cairn.cli.pins.PinLsCommand;
import cairn.cli.pins.PinRmCommand;
import cairn.cli.files.RefsCommand;
import cairn.cli.repo.RepoLsCommand;
import cairn.cli.repo.RepoMigrateCommand;
import cairn.cli.repo.RepoRepairCommand;
import cairn.cli.repo.RepoStatCommand;
import cairn.cli.repo.RepoVerifyCommand;
import cairn.cli.repo.RepoVersionCommand;
import cairn.cli.repo.RepoBackupCommand;
import cairn.cli.repo.RepoGcCommand;
import cairn.cli.console.Command;
import cairn.cli.console.Suggestions;
import cairn.cli.console.UsageException;
import java.util.ArrayList;
import java.util.List;

/// The commands by name. A command is made only when it is asked for, so that a start pays for one.
final class CommandTable {
    /// Commands that belong together.
    ///
    /// @param title over them in help
    record Section(String title, List<String> names) {
        Section {
            names = List.copyOf(names);
        }
    }

    private static final List<Section> SECTIONS =
            List.of(
                    new Section("FILES AND FOLDERS", List.of("add", "cat", "get", "ls", "refs")),
                    new Section("PINS", List.of("pin add", "pin ls", "pin rm")),
                    new Section("BLOCKS", List.of("block get", "block put", "block stat")),
                    new Section(
                            "REPO",
                            List.of(
                                    "init",
                                    "config",
                                    "config show",
                                    "repo backup",
                                    "repo gc",
                                    "repo ls",
                                    "repo migrate",
                                    "repo repair",
                                    "repo stat",
                                    "repo verify",
                                    "repo version")),
                    new Section(
                            "ABOUT CAIRN",
                            List.of("version", "commands", "commands completion", "help")));

    private static final List<String> NAMES = names(SECTIONS);

    private CommandTable() {}

    private static List<String> names(List<Section> sections) {
        List<String> names = new ArrayList<>();
        for (Section section : sections) names.addAll(section.names());
        return List.copyOf(names);
    }

    /// All commands, in the order of help.
    static List<Section> sections() {
        return SECTIONS;
    }

    /// The names of all commands, in the order of help.
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
            case "init" -> new InitCommand();
            case "add" -> new AddCommand();
            case "cat" -> new CatCommand();
            case "get" -> new GetCommand();
            case "ls" -> new LsCommand();
            case "refs" -> new RefsCommand();
            case "pin add" -> new PinAddCommand();
            case "pin ls" -> new PinLsCommand();
            case "pin rm" -> new PinRmCommand();
            case "block get" -> new BlockGetCommand();
            case "block put" -> new BlockPutCommand();
            case "block stat" -> new BlockStatCommand();
            case "config" -> new ConfigCommand();
            case "config show" -> new ConfigShowCommand();
            case "repo backup" -> new RepoBackupCommand();
            case "repo gc" -> new RepoGcCommand();
            case "repo ls" -> new RepoLsCommand();
            case "repo migrate" -> new RepoMigrateCommand();
            case "repo repair" -> new RepoRepairCommand();
            case "repo stat" -> new RepoStatCommand();
            case "repo verify" -> new RepoVerifyCommand();
            case "repo version" -> new RepoVersionCommand();
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
