package cairn.cli.network;

import cairn.cli.console.ByteSizes;
import cairn.cli.console.Command;
import cairn.cli.console.CommandException;
import cairn.cli.console.Invocation;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.cli.daemon.Api;
import cairn.node.json.Json;
import cairn.rpc.client.Answer;
import cairn.rpc.client.ApiException;
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
                .text("-t --proto", "protocol", "Only those of this protocol.")
                .flag("--poll", "Show them again and again, a line each.")
                .text("-i --interval", "time", "How long to wait between lines. Default: 1s.")
                .example("cairn stats bw --poll -i 5s", "a line every five seconds");
    }

    @Override
    public void run(Invocation call) throws IOException, UsageException {
        Api api = Api.of(call);
        Parameters parameters = api.parameters();
        call.text("--peer").ifPresent(peer -> parameters.option("peer", peer));
        call.text("--proto").ifPresent(protocol -> parameters.option("proto", protocol));
        call.text("--interval").ifPresent(time -> parameters.option("interval", time));
        if (call.flag("--poll")) {
            poll(api, parameters.option("poll", "true"), call);
            return;
        }
        Optional<Json.Obj> answer = api.ask("stats/bw", parameters);
        if (answer.isEmpty()) return;
        Json.Obj traffic = answer.get();
        call.out().line("Bandwidth");
        call.out().line("TotalIn: " + total(traffic, "TotalIn"));
        call.out().line("TotalOut: " + total(traffic, "TotalOut"));
        call.out().line("RateIn: " + rate(traffic, "RateIn"));
        call.out().line("RateOut: " + rate(traffic, "RateOut"));
    }

    private static void poll(Api api, Parameters parameters, Invocation call) throws IOException {
        boolean json = call.globals().json();
        if (!json) call.out().line(row("TotalIn", "TotalOut", "RateIn", "RateOut"));
        try (Answer answer = api.call("stats/bw", parameters)) {
            for (Optional<Json> line = answer.next(); line.isPresent(); line = answer.next()) {
                if (json) call.out().json(line.get());
                else if (line.get() instanceof Json.Obj now)
                    call.out()
                            .line(
                                    row(
                                            total(now, "TotalIn"),
                                            total(now, "TotalOut"),
                                            rate(now, "RateIn"),
                                            rate(now, "RateOut")));
                call.out().flush();
            }
        } catch (ApiException e) {
            throw new CommandException(e.getMessage(), e);
        }
    }

    private static String row(String... columns) {
        return String.format("%10s  %10s  %10s  %10s", (Object[]) columns);
    }

    private static String total(Json.Obj traffic, String name) {
        return ByteSizes.humanized(Api.number(traffic, name));
    }

    private static String rate(Json.Obj traffic, String name) {
        if (!(traffic.get(name).orElse(null) instanceof Json.Num(var digits))) return "0 B/s";
        return ByteSizes.humanized(new BigDecimal(digits).longValue()) + "/s";
    }
}
