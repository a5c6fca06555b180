package cairn.cli.network;

import cairn.cli.console.Command;
import cairn.cli.console.Escapes;
import cairn.cli.console.Invocation;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.cli.daemon.Api;
import cairn.node.json.Json;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Shows what connections and streams use, and what they may.
public final class SwarmResourcesCommand implements Command {
    private static final String HEADER =
            "Scope\t\t\t\t\tLimit Name\t\tLimit Value\t\tLimit Usage Amount\tLimit Usage Percent\t";
    private static final String BLOCKED = "blockAll";
    private static final List<String> LIMITS =
            List.of(
                    "Memory",
                    "FD",
                    "Conns",
                    "ConnsInbound",
                    "ConnsOutbound",
                    "Streams",
                    "StreamsInbound",
                    "StreamsOutbound");

    /// A column of tabs that are eight wide.
    private static final int TAB = 8;

    @Override
    public Usage usage() {
        return Usage.of("swarm resources", "Show what connections and streams use, and may use")
                .explain(
                        "Lines without a limit are left out. The settings Swarm.ResourceMgr and"
                                + " Swarm.ConnMgr change the limits.");
    }

    @Override
    public void run(Invocation call) throws IOException, UsageException {
        Api api = Api.of(call);
        Optional<Json.Obj> answer = api.ask("swarm/resources", api.parameters());
        if (answer.isEmpty()) return;
        call.out().line(HEADER);
        print("system", answer.get().get("System"), call);
        print("transient", answer.get().get("Transient"), call);
        printAll("svc:", answer.get().get("Services"), call);
        printAll("proto:", answer.get().get("Protocols"), call);
        printAll("peer:", answer.get().get("Peers"), call);
    }

    private static void printAll(String prefix, Optional<Json> scopes, Invocation call)
            throws IOException {
        if (!(scopes.orElse(null) instanceof Json.Obj all)) return;
        for (Map.Entry<String, Json> scope : all.members().entrySet())
            print(prefix + Escapes.printable(scope.getKey()), Optional.of(scope.getValue()), call);
    }

    private static void print(String name, Optional<Json> scope, Invocation call)
            throws IOException {
        if (!(scope.orElse(null) instanceof Json.Obj limits)) return;
        for (String limit : LIMITS) {
            String most = value(limits.get(limit));
            if (most.isEmpty() || most.equals("unlimited")) continue;
            long used = Api.number(limits, limit + "Usage");
            call.out()
                    .line(
                            column(name, 5 * TAB)
                                    + column(limit, 3 * TAB)
                                    + column(most, 3 * TAB)
                                    + column(Long.toString(used), 3 * TAB)
                                    + column(percent(used, most), 3 * TAB));
        }
    }

    private static String value(Optional<Json> limit) {
        return switch (limit.orElse(new Json.Null())) {
            case Json.Str(var text) -> Escapes.printable(text);
            case Json.Num(var digits) -> digits;
            case Json.Arr _, Json.Bool _, Json.Null _, Json.Obj _ -> "";
        };
    }

    private static String percent(long used, String most) {
        if (most.equals(BLOCKED) || !most.matches("[1-9]\\d{0,17}")) return "n/a";
        double percent = 100.0 * used / Long.parseLong(most);
        return percent == 0 ? "0%" : String.format(Locale.ROOT, "%.1f%%", percent);
    }

    private static String column(String cell, int width) {
        int tabs = Math.max(1, (width - cell.length() + TAB - 1) / TAB);
        return cell + "\t".repeat(tabs);
    }
}
