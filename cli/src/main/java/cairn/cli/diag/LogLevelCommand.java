package cairn.cli.diag;

import cairn.cli.console.Command;
import cairn.cli.console.CommandException;
import cairn.cli.console.Invocation;
import cairn.cli.console.Usage;
import java.io.IOException;

/// Shows or changes how much a daemon logs. There is none yet, so it fails as Kubo's does where no
/// daemon runs.
public final class LogLevelCommand implements Command {
    @Override
    public Usage usage() {
        return Usage.of("log level", "Show or change how much is logged")
                .arguments("[<subsystem>] [<level>]", 0, 2)
                .explain(
                        "It is about a daemon that runs, and there is none yet: it always fails. What"
                                + " a command did is shown by --debug.");
    }

    @Override
    public void run(Invocation call) throws IOException {
        throw new CommandException(
                "command must be run on the daemon: [log level]; there is no daemon yet, and nothing"
                        + " else keeps a log (--debug shows where a command failed)");
    }
}
