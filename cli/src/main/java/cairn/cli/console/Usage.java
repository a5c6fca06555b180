package cairn.cli.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// How a command is called: its options, its arguments, and the text that teaches it. Options are
/// added in the order in which help shows them.
///
/// Flags follow Go's rules, which Kubo's users have in their fingers: `--pin` and `--pin=false`,
/// but never `--pin false`.
public final class Usage {
    static final String FLAGS =
            "An option without a value is a flag, and takes [=<bool>] too: --pin=false. A value may"
                    + " follow after a blank: -o photos.";

    private final String name;
    private final String summary;
    private final CommandSpec spec = CommandSpec.create();
    private final List<String> paragraphs = new ArrayList<>();
    private final List<Example> examples = new ArrayList<>();
    private String argumentLabel = "";
    private int min;
    private int max;

    private Optional<Runs> answer = Optional.empty();
    private boolean atStore;
    private Input input = Input.NONE;
    private boolean fetching;

    /// What a command answers with to whom calls it over the control API.
    public enum Runs {
        /// With text or JSON, as is asked for.
        VALUES,
        /// With bytes.
        BYTES,
        /// With a TAR archive, or with what is compressed, where `--compress` is given.
        ARCHIVE
    }

    /// What a command reads besides its options and arguments.
    public enum Input {
        NONE,
        /// Lines of standard input, where it has no arguments.
        LINES,
        /// Files of the caller. In a daemon they come as the parts of the request, and there are no
        /// arguments.
        FILES,
        /// The file that the last argument names. In a daemon it comes as the part of the request,
        /// and isn't among the arguments.
        LAST_FILE
    }

    /// How many of the options are the command's own; -1 until those of all commands are added.
    private int own = -1;

    private Usage(String name, String summary) {
        this.name = name;
        this.summary = summary;
    }

    /// @param name the words that call it, such as `pin add`
    /// @param summary what it does, in a line
    public static Usage of(String name, String summary) {
        return new Usage(name, summary);
    }

    /// Takes arguments that aren't options: at least `min` and at most `max` of them.
    public Usage arguments(String label, int min, int max) {
        argumentLabel = label;
        spec.addPositional(
                PositionalParamSpec.builder()
                        .index("0..*")
                        .arity("0..*")
                        .type(List.class)
                        .auxiliaryTypes(String.class)
                        .paramLabel(label)
                        .hideParamSyntax(true)
                        .build());
        this.min = min;
        this.max = max;
        return this;
    }

    /// Has an option without a value.
    ///
    /// @param names blank between them: `-r --recursive`
    public Usage flag(String names, String description) {
        spec.addOption(
                option(names, description)
                        .type(Boolean.class)
                        .arity("0..1")
                        .fallbackValue("true")
                        .hideParamSyntax(true)
                        .paramLabel("")
                        .preprocessor(
                                (arguments, command, option, info) -> {
                                    boolean attached = "=".equals(info.get("separator"));
                                    option.setValue(
                                            attached
                                                    ? GoBoolean.parse(names, arguments.pop())
                                                    : true);
                                    return true;
                                })
                        .build());
        return this;
    }

    /// Has an option with a text.
    public Usage text(String names, String label, String description) {
        spec.addOption(
                option(names, description)
                        .type(String.class)
                        .arity("1")
                        .paramLabel("<" + label + ">")
                        .build());
        return this;
    }

    /// Has an option with a whole number.
    public Usage number(String names, String label, String description) {
        spec.addOption(
                option(names, description)
                        .type(Long.class)
                        .arity("1")
                        .paramLabel("<" + label + ">")
                        .build());
        return this;
    }

    /// Has an option with a text that may be given several times.
    public Usage list(String names, String label, String description) {
        spec.addOption(
                option(names, description)
                        .type(List.class)
                        .auxiliaryTypes(String.class)
                        .arity("1")
                        .paramLabel("<" + label + ">")
                        .build());
        return this;
    }

    /// Says that the command runs where the store is: in the daemon, if one runs. There it finds
    /// neither files of the caller nor an environment.
    public Usage atStore(Runs answers) {
        atStore = true;
        return served(answers);
    }

    /// Whether the command runs where the store is.
    public boolean isAtStore() {
        return atStore;
    }

    /// Says that other programs may call the command over the control API, though the command line
    /// runs it by itself. In the daemon it finds neither files of the caller nor an environment.
    public Usage served(Runs answers) {
        answer = Optional.of(answers);
        return this;
    }

    /// How the command answers over the control API, if it does.
    public Optional<Runs> answer() {
        return answer;
    }

    /// Says that the command may wait for blocks of others.
    public Usage fetches() {
        fetching = true;
        return this;
    }

    /// Whether the command may wait for blocks of others.
    public boolean isFetching() {
        return fetching;
    }

    /// Says what the command reads.
    public Usage reads(Input what) {
        input = what;
        return this;
    }

    public Input input() {
        return input;
    }

    /// Adds a paragraph to the description.
    public Usage explain(String paragraph) {
        paragraphs.add(paragraph);
        return this;
    }

    /// Adds an example: what to type, and what it does.
    public Usage example(String line, String meaning) {
        examples.add(new Example(line, meaning));
        return this;
    }

    /// What to type, and what it does.
    record Example(String line, String meaning) {}

    public String name() {
        return name;
    }

    public String summary() {
        return summary;
    }

    /// Adds the options of all commands, once.
    public Usage withGlobals() {
        if (own < 0) {
            own = spec.options().size();
            Globals.addTo(this);
        }
        return this;
    }

    /// Every option's names, in the order of help.
    public List<List<String>> optionNames() {
        return spec.options().stream().map(o -> List.of(o.names())).toList();
    }

    /// Whether a name is that of a flag.
    public boolean isFlag(String name) {
        OptionSpec option = spec.findOption(name);
        return option != null && option.type() == Boolean.class;
    }

    int minArguments() {
        return min;
    }

    int maxArguments() {
        return max;
    }

    String argumentLabel() {
        return argumentLabel;
    }

    List<String> paragraphs() {
        return paragraphs;
    }

    List<Example> examples() {
        return examples;
    }

    CommandSpec spec() {
        return spec;
    }

    /// The whole help.
    public String help() {
        StringBuilder out = new StringBuilder();
        out.append("cairn ").append(name).append(" - ").append(summary).append("\n\nUSAGE\n  ");
        out.append(synopsis()).append('\n');
        if (!paragraphs.isEmpty()) out.append("\nDESCRIPTION\n");
        out.append(
                paragraphs.stream().map(p -> Lines.wrap(p, 2)).collect(Collectors.joining("\n")));
        if (!examples.isEmpty()) out.append("\nEXAMPLES\n");
        for (Example e : examples)
            out.append("  ").append(e.line).append("\n      ").append(e.meaning).append('\n');
        withGlobals();
        if (own > 0) out.append("\nOPTIONS\n").append(options(0, own));
        return out.append('\n').append(globalOptions()).toString();
    }

    /// The part of help that is the same for all commands.
    public String globalOptions() {
        withGlobals();
        return "OPTIONS OF ALL COMMANDS\n"
                + options(own, spec.options().size())
                + "\n"
                + Lines.wrap(FLAGS, 0);
    }

    private String options(int from, int to) {
        StringBuilder out = new StringBuilder();
        for (OptionSpec option : spec.options().subList(from, to)) {
            String head = "  " + String.join(", ", option.names()) + valueOf(option);
            out.append(Lines.column(head, String.join(" ", option.description())));
        }
        return out.toString();
    }

    /// How it is called, on a line.
    public String synopsis() {
        String options = spec.options().isEmpty() ? "" : " [options]";
        return ("cairn " + name + options + " " + argumentLabel).stripTrailing();
    }

    static String valueOf(OptionSpec option) {
        return option.type() == Boolean.class ? "" : "=" + option.paramLabel();
    }

    private static OptionSpec.Builder option(String names, String description) {
        // picocli takes a percent sign for a format's, unless there are two.
        return OptionSpec.builder(names.split(" ", -1)).description(description.replace("%", "%%"));
    }
}
