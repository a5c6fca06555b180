package cairn.cli.network;

import cairn.cli.console.Command;
import cairn.cli.console.Invocation;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.cli.daemon.Api;
import java.io.IOException;

/// Lists the masks of addresses that the daemon has nothing to do with.
public final class SwarmFiltersCommand implements Command {
    @Override
    public Usage usage() {
        return Usage.of("swarm filters", "List the addresses to have nothing to do with");
    }

    @Override
    public void run(Invocation call) throws IOException, UsageException {
        Api api = Api.of(call);
        api.printStrings("swarm/filters", api.parameters());
    }
}
