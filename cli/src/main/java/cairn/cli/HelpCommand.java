package cairn.cli;

import cairn.cli.console.Command;
import cairn.cli.console.Globals;
import cairn.cli.console.Invocation;
import cairn.cli.console.Output;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import java.io.IOException;
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
                .arguments("[<command>...]", 0, 2)
                .example("cairn help add", "tells all about add");
    }

    @Override
    public void run(Invocation call) throws IOException, UsageException {
        if (group.isEmpty() && !call.arguments().isEmpty()) {
            helpOn(call);
            return;
        }
        Output out = call.out();
        if (group.isEmpty()) {
            out.line("Cairn - files in, files out, by what they hold\n");
            out.line("USAGE\n  cairn <command> [options] [arguments]\n");
        }
        out.line("COMMANDS");
        for (String name : CommandTable.names()) {
            if (!group.isEmpty() && !name.startsWith(group + " ")) continue;
            out.line(
                    String.format("  %-22s%s", name, CommandTable.command(name).usage().summary()));
        }
        if (group.isEmpty()) {
            out.line("\n" + Globals.HELP.stripTrailing());
            out.line(
                    """

                    EXAMPLES
                      cairn add photo.jpg           prints the photo's CID
                      cairn add -r folder           adds a folder and all below it
                      cairn get CID -o copy         writes it back
                      cairn cat CID/notes.txt       prints a file in an added folder

                    The repo is made on first use. Exit codes: 0 done, 1 failed, 130 stopped by Ctrl-C.
                    """
                            .stripTrailing());
        }
        out.line("\nMore on each: cairn <command> --help");
    }

    private static void helpOn(Invocation call) throws IOException, UsageException {
        String name = String.join(" ", call.arguments());
        CommandTable.check(name, List.of());
        if (CommandTable.names().contains(name))
            call.out().line(CommandTable.command(name).usage().help().stripTrailing());
        else new HelpCommand(name).run(call);
    }
}
