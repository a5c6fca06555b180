package cairn.cli.exchange;

import cairn.cli.console.Command;
import cairn.cli.console.Invocation;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.cli.daemon.Api;
import cairn.node.json.Json;
import cairn.rpc.client.Parameters;
import java.io.IOException;
import java.util.Optional;

/// Shows which blocks are wanted.
public final class BitswapWantlistCommand implements Command {
    @Override
    public Usage usage() {
        return Usage.of("bitswap wantlist", "Show which blocks are wanted")
                .text("-p --peer", "peer", "What this peer wants of the node. Default: the node.")
                .example("cairn bitswap wantlist", "shows what the node waits for");
    }

    @Override
    public void run(Invocation call) throws IOException, UsageException {
        Api api = Api.of(call);
        Parameters parameters = api.parameters();
        call.text("--peer").ifPresent(peer -> parameters.option("peer", peer));
        Optional<Json.Obj> answer = api.ask("bitswap/wantlist", parameters);
        if (answer.isEmpty()) return;
        for (String cid : Wanted.texts(answer.get(), "Keys", call)) call.out().line(cid);
    }
}
