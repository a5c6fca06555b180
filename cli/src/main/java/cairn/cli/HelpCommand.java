package cairn.cli;

import cairn.cli.console.Command;
import cairn.cli.console.Invocation;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import java.io.IOException;
import java.util.Locale;
import java.util.List;

/// Tells what there is: all commands, those of a group, or one command at length.
final class HelpCommand implements Command {
    private final String group;

    /// @param group whose commands are told; empty for all
    HelpCommand(String group) {
        this.group = group;
    }

    @Override
    public Usage usage() {
        return Usage.of(group.isEmpty() ? "help" : group, "Tell what commands there are")
                .arguments("[<command>...]", 0, 3)
                .example("cairn help add", "tells all about add");
    }

    @Override
    public void run(Invocation call) throws IOException, UsageException {
        if (group.isEmpty() && !call.arguments().isEmpty()) {
            helpOn(call);
            return;
        }
        if (!group.isEmpty()) CommandTable.check(group, call.arguments());
        call.out().line((group.isEmpty() ? overview(call) : groupHelp(group)).stripTrailing());
    }

    private static String overview(Invocation call) {
        StringBuilder out = new StringBuilder();
        out.append(
                """
                Cairn - files in, files out, by what they hold

                USAGE
                  cairn <command> [options] [arguments]
                """);
        for (CommandTable.Section section : CommandTable.sections()) {
            out.append('\n').append(section.title().toUpperCase(Locale.ROOT)).append('\n');
            section.names().forEach(name -> out.append(line(name)));
        }
        out.append('\n').append(call.usage().globalOptions());
        return out.append(
                        """

                        ENVIRONMENT
                          CAIRN_PATH                The repo, unless --repo-dir names one.
                          CAIRN_DEBUG=1             Show the stack trace of an error.
                          CAIRN_JAVA_OPTS           More options for the JVM, blanks between.
                          CAIRN_BUILD=never         Start what is built, however old it is.

                        EXIT CODES
                          0 done, 1 failed, 130 stopped by Ctrl-C, 141 the output's reader left

                        EXAMPLES
                          cairn add photo.jpg       prints the photo's CID
                          cairn add -r folder       adds a folder and all below it
                          cairn get CID -o copy     writes it back
                          cairn cat CID/notes.txt   prints a file of a folder that was added

                        The first add makes the repo. More on each: cairn <command> --help
                        """)
                .toString();
    }

    private static String groupHelp(String group) {
        StringBuilder out = new StringBuilder("COMMANDS\n");
        for (String name : CommandTable.names())
            if (name.startsWith(group + " ")) out.append(line(name));
        return out.append("\nMore on each: cairn <command> --help\n").toString();
    }

    /// All about one command, and what else its name begins.
    static String on(Command command) {
        String name = command.usage().name();
        String help = command.usage().help().stripTrailing();
        return CommandTable.isGroup(name) ? help + "\n\n" + groupHelp(name).stripTrailing() : help;
    }

    private static String line(String name) {
        return String.format("  %-26s%s%n", name, CommandTable.command(name).usage().summary());
    }

    private static void helpOn(Invocation call) throws IOException, UsageException {
        String name = String.join(" ", call.arguments());
        CommandTable.check(name, List.of());
        if (CommandTable.names().contains(name)) call.out().line(on(CommandTable.command(name)));
        else new HelpCommand(name).run(call);
    }
}
