package cairn.cli;

import cairn.cli.console.Command;
import cairn.cli.console.Invocation;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import java.io.IOException;
import java.util.stream.Collectors;

/// Writes what a shell needs to complete commands and options.
final class CompletionCommand implements Command {
    @Override
    public Usage usage() {
        return Usage.of("commands completion", "Write a shell's completions")
                .arguments("bash|zsh|fish", 1, 1)
                .example(
                        "source <(cairn commands completion bash)",
                        "completes in this shell; put it into ~/.bashrc to have it in all")
                .example(
                        "cairn commands completion fish > ~/.config/fish/completions/cairn.fish",
                        "completes in fish");
    }

    @Override
    public void run(Invocation call) throws IOException, UsageException {
        String script =
                switch (call.arguments().getFirst()) {
                    case "bash" -> bash();
                    case "zsh" -> "autoload -U +X bashcompinit && bashcompinit\n" + bash();
                    case "fish" -> fish();
                    default ->
                            throw new UsageException(
                                    "no completions for "
                                            + call.arguments().getFirst()
                                            + "; there are bash, zsh and fish");
                };
        call.out().line(script.stripTrailing());
    }

    private static String bash() {
        StringBuilder cases = new StringBuilder();
        for (Command command : CommandTable.all())
            cases.append("        \"")
                    .append(command.usage().name())
                    .append("\") options=\"")
                    .append(options(command))
                    .append("\" ;;\n");
        return """
        _cairn() {
            local word=${COMP_WORDS[COMP_CWORD]} name=${COMP_WORDS[1]} options=
            case "$name" in
        GROUPS
            esac
            case "$name" in
        CASES    esac
            if ((COMP_CWORD == 1)); then
                COMPREPLY=($(compgen -W "FIRST" -- "$word"))
            elif [[ $word == -* ]]; then
                COMPREPLY=($(compgen -W "$options" -- "$word"))
            elif [[ -n $more ]] && ((COMP_CWORD == 2)); then
                COMPREPLY=($(compgen -W "$more" -- "$word"))
            else
                COMPREPLY=()
            fi
        }
        complete -o default -F _cairn cairn
        """
                .replace("GROUPS\n", groups())
                .replace("CASES", cases)
                .replace("FIRST", firstWords())
                .replace("options=\n", "options= more=\n");
    }

    private static String groups() {
        return CommandTable.names().stream()
                .map(name -> name.split(" ", -1)[0])
                .filter(CommandTable::isGroup)
                .distinct()
                .map(
                        group ->
                                "        %s) more=\"%s\"; ((COMP_CWORD > 2)) && name=\"%s ${COMP_WORDS[2]}\" ;;\n"
                                        .formatted(group, secondWords(group), group))
                .collect(Collectors.joining());
    }

    private static String fish() {
        StringBuilder out = new StringBuilder();
        out.append("complete -c cairn -n __fish_use_subcommand -f -a '")
                .append(firstWords())
                .append("'\n");
        for (Command command : CommandTable.all()) {
            String[] words = command.usage().name().split(" ", -1);
            String group = "__fish_seen_subcommand_from " + words[0];
            if (words.length == 2)
                out.append("complete -c cairn -n '")
                        .append(group)
                        .append("; and not __fish_seen_subcommand_from ")
                        .append(secondWords(words[0]))
                        .append("' -f -a ")
                        .append(words[1])
                        .append('\n');
            String seen =
                    words.length == 1
                            ? "'" + group + "'"
                            : "'" + group + "; and __fish_seen_subcommand_from " + words[1] + "'";
            for (var names : command.usage().withGlobals().optionNames()) {
                out.append("complete -c cairn -n ").append(seen);
                for (String name : names)
                    out.append(
                            name.startsWith("--")
                                    ? " -l " + name.substring(2)
                                    : " -s " + name.substring(1));
                out.append('\n');
            }
        }
        return out.toString();
    }

    private static String firstWords() {
        return CommandTable.names().stream()
                .map(name -> name.split(" ", -1)[0])
                .distinct()
                .collect(Collectors.joining(" "));
    }

    private static String secondWords(String group) {
        return CommandTable.names().stream()
                .filter(name -> name.startsWith(group + " "))
                .map(name -> name.substring(group.length() + 1))
                .collect(Collectors.joining(" "));
    }

    private static String options(Command command) {
        return command.usage().withGlobals().optionNames().stream()
                .flatMap(java.util.List::stream)
                .collect(Collectors.joining(" "));
    }
}
