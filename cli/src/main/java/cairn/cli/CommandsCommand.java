package cairn.cli;

import cairn.cli.console.Command;
import cairn.cli.console.Invocation;
import cairn.cli.console.Usage;
import cairn.node.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Lists every command, for scripts: a line each, or as JSON one tree of all, as Kubo does.
final class CommandsCommand implements Command {
    private static final String PROGRAM = "cairn";

    @Override
    public Usage usage() {
        return Usage.of("commands", "List every command")
                .served(Usage.Runs.VALUES)
                .flag("-f --flags", "With the options of each.")
                .flag("--markdown", "All that help tells, as one page: docs/commands.md.")
                .explain(
                        "With --enc=json it is one tree with the Name, Subcommands and Options of each;"
                                + " the options of all commands are at its root.");
    }

    @Override
    public void run(Invocation call) throws IOException {
        if (call.globals().json()) {
            call.out().json(tree(PROGRAM, CommandTable.below(""), globals()));
            return;
        }
        if (call.flag("--markdown")) {
            call.out().line(CommandsPage.text().stripTrailing());
            return;
        }
        call.out().line(PROGRAM);
        for (String name : CommandTable.nodes()) {
            String words = PROGRAM + " " + name;
            call.out().line(words);
            if (!call.flag("--flags")) continue;
            for (List<String> option : options(name))
                call.out()
                        .line(
                                option.stream()
                                        .map(spelling -> words + " " + spelling)
                                        .collect(Collectors.joining(" / ")));
        }
    }

    private static Json tree(String name, List<String> below, List<List<String>> options) {
        List<Json> subcommands = new ArrayList<>();
        for (String sub : below) {
            String word = sub.substring(sub.lastIndexOf(' ') + 1);
            subcommands.add(tree(word, CommandTable.below(sub), options(sub)));
        }
        Map<String, Json> members = new LinkedHashMap<>();
        members.put("Name", new Json.Str(name));
        members.put("Subcommands", new Json.Arr(subcommands));
        members.put(
                "Options",
                new Json.Arr(options.stream().map(CommandsCommand::namesWithoutDashes).toList()));
        return new Json.Obj(members);
    }

    private static Json namesWithoutDashes(List<String> option) {
        List<Json> names = new ArrayList<>();
        for (String name : option) names.add(new Json.Str(name.replaceFirst("^--?", "")));
        return new Json.Obj(Map.of("Names", new Json.Arr(names)));
    }

    /// A command's own options, long names first; none of a group.
    private static List<List<String>> options(String name) {
        if (!CommandTable.names().contains(name)) return List.of();
        return longFirst(CommandTable.command(name).usage().optionNames());
    }

    private static List<List<String>> globals() {
        return longFirst(Usage.of("", "").withGlobals().optionNames());
    }

    private static List<List<String>> longFirst(List<List<String>> options) {
        Comparator<String> order = Comparator.comparing(name -> !name.startsWith("--"));
        return options.stream().map(names -> names.stream().sorted(order).toList()).toList();
    }
}
