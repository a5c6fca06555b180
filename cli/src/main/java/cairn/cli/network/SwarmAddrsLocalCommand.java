package cairn.cli.network;

import cairn.cli.console.Command;
import cairn.cli.console.Invocation;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.cli.daemon.Api;
import cairn.rpc.client.Parameters;
import java.io.IOException;

/// Lists the addresses that peers are told.
public final class SwarmAddrsLocalCommand implements Command {
    @Override
    public Usage usage() {
        return Usage.of("swarm addrs local", "List the addresses that peers are told")
                .flag("--id", "With the id, as others dial them.")
                .example("cairn swarm addrs local --id", "prints what to give to swarm connect");
    }

    @Override
    public void run(Invocation call) throws IOException, UsageException {
        Api api = Api.of(call);
        Parameters parameters = api.parameters();
        if (call.flag("--id")) parameters.option("id", "true");
        api.printStrings("swarm/addrs/local", parameters);
    }
}
