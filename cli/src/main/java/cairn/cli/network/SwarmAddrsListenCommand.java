package cairn.cli.network;

import cairn.cli.console.Command;
import cairn.cli.console.Invocation;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.cli.daemon.Api;
import java.io.IOException;

/// Lists the addresses that the daemon listens at.
public final class SwarmAddrsListenCommand implements Command {
    @Override
    public Usage usage() {
        return Usage.of("swarm addrs listen", "List the addresses that the daemon listens at");
    }

    @Override
    public void run(Invocation call) throws IOException, UsageException {
        Api api = Api.of(call);
        api.printStrings("swarm/addrs/listen", api.parameters());
    }
}
