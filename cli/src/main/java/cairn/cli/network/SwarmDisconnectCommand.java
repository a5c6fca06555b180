package cairn.cli.network;

import cairn.cli.console.Command;
import cairn.cli.console.Invocation;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.cli.daemon.Api;
import java.io.IOException;

/// Ends connections to peers.
public final class SwarmDisconnectCommand implements Command {
    @Override
    public Usage usage() {
        return Usage.of("swarm disconnect", "End connections to peers")
                .arguments("<address>...", 1, Integer.MAX_VALUE)
                .explain(
                        "/p2p/ID ends all connections to a peer, a longer address those with that"
                                + " address. A peer may connect again; swarm filters keeps it out.")
                .example("cairn swarm disconnect /p2p/12D3...", "leaves a peer");
    }

    @Override
    public void run(Invocation call) throws IOException, UsageException {
        Api api = Api.of(call);
        api.printStrings("swarm/disconnect", api.parameters().arguments(call.arguments()));
    }
}
