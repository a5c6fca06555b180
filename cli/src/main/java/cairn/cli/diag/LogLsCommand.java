package cairn.cli.diag;

import cairn.cli.console.Command;
import cairn.cli.console.Invocation;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.cli.daemon.Api;
import java.io.IOException;

/// Lists the parts of a daemon that keep a log.
public final class LogLsCommand implements Command {
    @Override
    public Usage usage() {
        return Usage.of("log ls", "List the parts of a daemon that keep a log")
                .explain("Those that have logged nothing yet may be missing.");
    }

    @Override
    public void run(Invocation call) throws IOException, UsageException {
        Api api = Api.of(call);
        api.printStrings("log/ls", api.parameters());
    }
}
