package cairn.cli.console;

import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.OptionSpec;

/// What help tells of a command, in Markdown.
public final class UsagePage {
    private UsagePage() {}

    /// A section of a page, headed by the words that call the command.
    public static String of(Usage usage) {
        StringBuilder out = new StringBuilder();
        out.append("### cairn ").append(usage.name()).append("\n\n");
        out.append(escaped(usage.summary())).append(".\n\n```\n");
        out.append(usage.synopsis()).append("\n```\n");
        for (String paragraph : usage.paragraphs())
            out.append('\n').append(escaped(paragraph)).append('\n');
        if (!usage.spec().options().isEmpty())
            out.append('\n').append(table(usage.spec().options()));
        if (usage.examples().isEmpty()) return out.toString();
        out.append("\n```sh\n");
        for (Usage.Example example : usage.examples())
            out.append("# ")
                    .append(example.meaning())
                    .append('\n')
                    .append(example.line())
                    .append('\n');
        return out.append("```\n").toString();
    }

    /// The options that all commands take.
    public static String globalOptions() {
        return table(Usage.of("", "").withGlobals().spec().options())
                + "\n"
                + escaped(Usage.FLAGS)
                + "\n";
    }

    private static String table(List<OptionSpec> options) {
        StringBuilder out = new StringBuilder("| option | |\n|---|---|\n");
        for (OptionSpec option : options) {
            String names =
                    List.of(option.names()).stream()
                            .map(name -> "`" + name + Usage.valueOf(option) + "`")
                            .collect(Collectors.joining(", "))
                            .replace("|", "\\|"); // ends a cell, even within code
            out.append("| ").append(names).append(" | ");
            out.append(escaped(String.join(" ", option.description()))).append(" |\n");
        }
        return out.toString();
    }

    private static String escaped(String text) {
        return text.replaceAll("[*<|`\\[]", "\\\\$0");
    }
}
