package cairn.cli.network;

import cairn.cli.console.Command;
import cairn.cli.console.Invocation;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.cli.daemon.Api;
import java.io.IOException;

/// Has the daemon have nothing to do with some addresses.
public final class SwarmFiltersAddCommand implements Command {
    @Override
    public Usage usage() {
        return Usage.of("swarm filters add", "Have nothing to do with some addresses")
                .arguments("<mask>...", 1, Integer.MAX_VALUE)
                .explain(
                        "Addresses under a mask are neither dialled nor let in, from now on; the"
                                + " setting Swarm.AddrFilters keeps the masks. Connections that are"
                                + " there stay.")
                .example(
                        "cairn swarm filters add /ip4/10.0.0.0/ipcidr/8", "leaves a network alone");
    }

    @Override
    public void run(Invocation call) throws IOException, UsageException {
        Api api = Api.of(call);
        api.printStrings("swarm/filters/add", api.parameters().arguments(call.arguments()));
    }
}
