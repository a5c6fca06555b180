package cairn.cli;

import cairn.cli.console.Command;
import cairn.cli.console.Invocation;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import java.io.IOException;
import java.util.List;
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
        cases.append("        \"\") more=\"").append(lastWords("")).append("\" options=\"");
        cases.append(options(Usage.of("", ""))).append("\" ;;\n");
        for (String name : CommandTable.nodes()) {
            Usage usage = CommandTable.command(name).usage();
            cases.append("        \"").append(name).append("\") ");
            if (CommandTable.isGroup(name))
                cases.append("more=\"").append(lastWords(name)).append("\" ");
            cases.append("options=\"").append(options(usage)).append("\" ;;\n");
        }
        return """
        _cairn() {
            local word=${COMP_WORDS[COMP_CWORD]} name= more= options= i last=0 longer
            for ((i = 1; i < COMP_CWORD; i++)); do
                longer="${name:+$name }${COMP_WORDS[i]}"
                case "$longer" in
                    NAMES) name=$longer last=$i ;;
                    *) [[ -z $name || ${COMP_WORDS[i]} == -* ]] || break ;;
                esac
            done
            case "$name" in
        CASES    esac
            COMPREPLY=()
            if [[ $word == -* ]]; then
                COMPREPLY=($(compgen -W "$options" -- "$word"))
            elif [[ -n $more ]] && { [[ -z $name ]] || ((last == COMP_CWORD - 1)); }; then
                COMPREPLY=($(compgen -W "$more" -- "$word"))
            fi
        }
        complete -o default -F _cairn cairn
        """
                .replace("NAMES", quoted("|"))
                .replace("CASES", cases);
    }

    private static String fish() {
        StringBuilder out =
                new StringBuilder(
                        """
                        # Whether the command that was typed so far is this one.
                        function __cairn_is
                            set -l name
                            for word in (commandline -opc)[2..-1]
                                set -l longer (string trim -- "$name $word")
                                if contains -- "$longer" NAMES
                                    set name $longer
                                else if test -n "$name"; and not string match -q -- '-*' $word
                                    break
                                end
                            end
                            test "$name" = "$argv"
                        end
                        """
                                .replace("NAMES", quoted(" ")));
        for (String name : CommandTable.below("")) suggest("", name, out);
        for (String name : CommandTable.nodes()) {
            for (String below : CommandTable.below(name)) suggest(name, below, out);
            for (var names : CommandTable.command(name).usage().withGlobals().optionNames()) {
                out.append("complete -c cairn -n '__cairn_is ").append(name).append('\'');
                for (String option : names)
                    out.append(
                            option.startsWith("--")
                                    ? " -l " + option.substring(2)
                                    : " -s " + option.substring(1));
                out.append('\n');
            }
        }
        return out.toString();
    }

    /// Has fish offer a word behind a name, with what it does.
    private static void suggest(String name, String below, StringBuilder out) {
        String condition = name.isEmpty() ? "__cairn_is \"\"" : "__cairn_is " + name;
        out.append("complete -c cairn -n '").append(condition).append("' -f -a ");
        out.append(lastWord(below));
        if (CommandTable.names().contains(below))
            out.append(" -d '")
                    .append(CommandTable.command(below).usage().summary().replace("'", "\\'"))
                    .append('\'');
        out.append('\n');
    }

    /// The names of all commands and groups.
    private static String quoted(String between) {
        return CommandTable.nodes().stream()
                .map(name -> '"' + name + '"')
                .collect(Collectors.joining(between));
    }

    /// The words that may follow a name.
    private static String lastWords(String name) {
        return CommandTable.below(name).stream()
                .map(CompletionCommand::lastWord)
                .collect(Collectors.joining(" "));
    }

    private static String lastWord(String name) {
        return name.substring(name.lastIndexOf(' ') + 1);
    }

    private static String options(Usage usage) {
        return usage.withGlobals().optionNames().stream()
                .flatMap(List::stream)
                .collect(Collectors.joining(" "));
    }
}
