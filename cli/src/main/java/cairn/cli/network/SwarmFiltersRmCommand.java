package cairn.cli.network;

import cairn.cli.console.Command;
import cairn.cli.console.Invocation;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.cli.daemon.Api;
import java.io.IOException;

/// Has the daemon deal with some addresses again.
public final class SwarmFiltersRmCommand implements Command {
    @Override
    public Usage usage() {
        return Usage.of("swarm filters rm", "Deal with some addresses again")
                .arguments("<mask>...|all", 1, Integer.MAX_VALUE)
                .example("cairn swarm filters rm all", "takes all masks away");
    }

    @Override
    public void run(Invocation call) throws IOException, UsageException {
        Api api = Api.of(call);
        api.printStrings("swarm/filters/rm", api.parameters().arguments(call.arguments()));
    }
}
