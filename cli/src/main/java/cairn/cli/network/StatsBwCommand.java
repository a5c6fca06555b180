package cairn.cli.network;

import cairn.cli.console.ByteSizes;
import cairn.cli.console.Command;
import cairn.cli.console.Invocation;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.node.json.Json;
import cairn.rpc.client.Parameters;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Optional;

/// Shows the bytes that passed.
public final class StatsBwCommand implements Command {
    @Override
    public Usage usage() {
        return Usage.of("stats bw", "Show the bytes that passed")
                .text("-p --peer", "peer", "Only those to and from this peer.")
                .text("-t --proto", "protocol", "Only those of this protocol.");
    }

    @Override
    public void run(Invocation call) throws IOException, UsageException {
        Api api = Api.of(call);
        Parameters parameters = api.parameters();
        call.text("--peer").ifPresent(peer -> parameters.option("peer", peer));
        call.text("--proto").ifPresent(protocol -> parameters.option("proto", protocol));
        Optional<Json.Obj> answer = api.ask("stats/bw", parameters);
        if (answer.isEmpty()) return;
        Json.Obj traffic = answer.get();
        call.out().line("Bandwidth");
        call.out().line("TotalIn: " + ByteSizes.humanized(Api.number(traffic, "TotalIn")));
        call.out().line("TotalOut: " + ByteSizes.humanized(Api.number(traffic, "TotalOut")));
        call.out().line("RateIn: " + rate(traffic, "RateIn"));
        call.out().line("RateOut: " + rate(traffic, "RateOut"));
    }

    private static String rate(Json.Obj traffic, String name) {
        if (!(traffic.get(name).orElse(null) instanceof Json.Num(var digits))) return "0 B/s";
        return ByteSizes.humanized(new BigDecimal(digits).longValue()) + "/s";
    }
}
