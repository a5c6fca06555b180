package cairn.cli.network;

import cairn.cli.console.Command;
import cairn.cli.console.CommandException;
import cairn.cli.console.Escapes;
import cairn.cli.console.Invocation;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.cli.daemon.Api;
import cairn.node.json.Json;
import cairn.rpc.client.Answer;
import cairn.rpc.client.ApiException;
import cairn.rpc.client.Parameters;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/// Measures the round trip to a peer.
public final class PingCommand implements Command {
    private static final double NANOS_PER_MILLI = 1e6;

    @Override
    public Usage usage() {
        return Usage.of("ping", "Measure the round trip to a peer")
                .arguments("<peer>", 1, 1)
                .number("-n --count", "n", "How often. Default: 10.")
                .explain("The peer is an id, or an address that ends in one.")
                .example("cairn ping -n 3 12D3...", "asks a peer three times");
    }

    @Override
    public void run(Invocation call) throws IOException, UsageException {
        Api api = Api.of(call);
        Parameters parameters = api.parameters().arguments(call.arguments());
        OptionalLong count = call.number("--count");
        if (count.isPresent()) parameters.option("count", "" + count.getAsLong());
        try (Answer answer = api.call("ping", parameters)) {
            for (Optional<Json> line = answer.next(); line.isPresent(); line = answer.next()) {
                if (call.globals().json()) call.out().json(line.get());
                else if (line.get() instanceof Json.Obj ping) call.out().line(text(ping));
                call.out().flush();
            }
        } catch (ApiException e) {
            throw new CommandException(e.getMessage(), e);
        }
    }

    private static String text(Json.Obj ping) {
        if (ping.get("Text").orElse(null) instanceof Json.Str(var text) && !text.isEmpty())
            return text.lines().map(Escapes::printable).reduce((a, b) -> a + "\n" + b).orElse("");
        return String.format(
                Locale.ROOT,
                "Pong received: time=%.2f ms",
                Api.number(ping, "Time") / NANOS_PER_MILLI);
    }
}
