package cairn.cli.exchange;

import cairn.cli.console.Command;
import cairn.cli.console.Invocation;
import cairn.cli.console.Output;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.cli.daemon.Api;
import cairn.node.json.Json;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/// Shows what was traded with one peer.
public final class BitswapLedgerCommand implements Command {
    @Override
    public Usage usage() {
        return Usage.of("bitswap ledger", "Show what was traded with a peer")
                .arguments("<peer>", 1, 1)
                .explain(
                        "The debt ratio is what the peer got by what came from it. The node gives to"
                                + " all alike, whatever it is.")
                .example("cairn bitswap ledger 12D3...", "shows what a peer got and sent");
    }

    @Override
    public void run(Invocation call) throws IOException, UsageException {
        Api api = Api.of(call);
        Optional<Json.Obj> answer =
                api.ask("bitswap/ledger", api.parameters().arguments(call.arguments()));
        if (answer.isEmpty()) return;
        Json.Obj ledger = answer.get();
        Output out = call.out();
        out.line("Ledger for " + Api.text(ledger, "Peer"));
        out.line(String.format(Locale.ROOT, "Debt ratio:\t%f", value(ledger)));
        out.line("Exchanges:\t" + Api.number(ledger, "Exchanged"));
        out.line("Bytes sent:\t" + Api.number(ledger, "Sent"));
        out.line("Bytes received:\t" + Api.number(ledger, "Recv"));
        out.line("");
    }

    private static double value(Json.Obj ledger) {
        return ledger.get("Value").orElse(null) instanceof Json.Num(var digits)
                ? Double.parseDouble(digits)
                : 0;
    }
}
