package cairn.cli.diag;

import cairn.cli.console.Command;
import cairn.cli.console.CommandException;
import cairn.cli.console.Invocation;
import cairn.cli.console.Usage;
import java.io.IOException;

/// Shows or changes how much a daemon logs. None answers it yet, so it fails as Kubo's does where
/// no daemon runs.
public final class LogLevelCommand implements Command {
    @Override
    public Usage usage() {
        return Usage.of("log level", "Show or change how much is logged")
                .arguments("[<subsystem>] [<level>]", 0, 2)
                .explain(
                        "It is about a daemon, which doesn't answer it yet: it always fails. What"
                                + " a command did is shown by --debug.");
    }

    @Override
    public void run(Invocation call) throws IOException {
        throw new CommandException(
                "command must be run on the daemon: [log level]; daemons don't answer it yet,"
                        + " and nothing else keeps a log (--debug shows where a command failed)");
    }
}
