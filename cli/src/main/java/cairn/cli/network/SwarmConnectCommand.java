package cairn.cli.network;

import cairn.cli.console.Command;
import cairn.cli.console.Invocation;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.cli.daemon.Api;
import java.io.IOException;

/// Connects to peers.
public final class SwarmConnectCommand implements Command {
    @Override
    public Usage usage() {
        return Usage.of("swarm connect", "Connect to peers")
                .arguments("<address>...", 1, Integer.MAX_VALUE)
                .explain(
                        "An address ends in the id of its peer: /ip4/192.0.2.1/tcp/4001/p2p/12D3...")
                .example(
                        "cairn swarm connect /dnsaddr/example.net/p2p/12D3...",
                        "connects to a peer wherever its name leads");
    }

    @Override
    public void run(Invocation call) throws IOException, UsageException {
        Api api = Api.of(call);
        api.printStrings("swarm/connect", api.parameters().arguments(call.arguments()));
    }
}
