package cairn.cli.network;

import cairn.cli.console.Command;
import cairn.cli.console.Invocation;
import cairn.cli.console.Output;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.cli.daemon.Api;
import cairn.node.json.Json;
import cairn.rpc.client.Parameters;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Lists connections.
public final class SwarmPeersCommand implements Command {
    private static final int INBOUND = 1;
    private static final int OUTBOUND = 2;
    private static final List<String> DETAILS =
            List.of("verbose", "streams", "latency", "direction", "identify");

    @Override
    public Usage usage() {
        return Usage.of("swarm peers", "List connections")
                .flag("-v --verbose", "All there is to know.")
                .flag("--streams", "With the protocols of open streams.")
                .flag("--latency", "With the round trip.")
                .flag("--direction", "With the end that dialled: inbound or outbound.")
                .flag("--identify", "With what the peer says that it is (in JSON).")
                .example(
                        "cairn swarm peers --latency",
                        "lists all connections, and how far they go");
    }

    @Override
    public void run(Invocation call) throws IOException, UsageException {
        Api api = Api.of(call);
        Parameters parameters = api.parameters();
        for (String detail : DETAILS)
            if (call.flag("--" + detail)) parameters.option(detail, "true");
        Optional<Json.Obj> answer = api.ask("swarm/peers", parameters);
        if (answer.isEmpty()) return;
        for (Json.Obj peer : Api.objects(answer.get(), "Peers")) print(peer, call.out());
    }

    private static void print(Json.Obj peer, Output out) throws IOException {
        StringBuilder line = new StringBuilder();
        line.append(Api.text(peer, "Addr")).append("/p2p/").append(Api.text(peer, "Peer"));
        String latency = Api.text(peer, "Latency");
        if (!latency.isEmpty()) line.append(' ').append(latency);
        long direction = Api.number(peer, "Direction");
        if (direction == INBOUND) line.append(" inbound");
        if (direction == OUTBOUND) line.append(" outbound");
        out.line(line.toString());
        for (Json.Obj stream : Api.objects(peer, "Streams")) {
            String protocol = Api.text(stream, "Protocol");
            out.line("  " + (protocol.isEmpty() ? "<no protocol name>" : protocol));
        }
    }
}
