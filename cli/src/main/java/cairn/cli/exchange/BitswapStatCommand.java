package cairn.cli.exchange;

import cairn.cli.console.ByteSizes;
import cairn.cli.console.Command;
import cairn.cli.console.Escapes;
import cairn.cli.console.Invocation;
import cairn.cli.console.Output;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.cli.daemon.Api;
import cairn.node.json.Json;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Shows what was traded with peers.
public final class BitswapStatCommand implements Command {
    private final String name;

    /// @param name one of its two names
    public BitswapStatCommand(String name) {
        this.name = name;
    }

    @Override
    public Usage usage() {
        return Usage.of(name, "Show the blocks that were traded with peers")
                .flag("-v --verbose", "Show the peers and what is wanted, too.")
                .flag("--human", "Sizes as people read them, such as 3.0 MB.")
                .explain(
                        "Blocks that came twice, as peers were asked at the same time, are counted"
                                + " as dup. Those of servers that HTTPRetrieval.Sources names are"
                                + " told by server, beneath; the others are what peers sent.")
                .example("cairn " + name + " --human", "shows what came and went");
    }

    @Override
    public void run(Invocation call) throws IOException, UsageException {
        Api api = Api.of(call);
        Optional<Json.Obj> answer = api.ask("bitswap/stat", api.parameters());
        if (answer.isEmpty()) return;
        Json.Obj stat = answer.get();
        Output out = call.out();
        out.line("bitswap status");
        count(out, "blocks received", Long.toString(Api.number(stat, "BlocksReceived")));
        count(out, "blocks sent", Long.toString(Api.number(stat, "BlocksSent")));
        count(out, "data received", size(call, Api.number(stat, "DataReceived")));
        count(out, "data sent", size(call, Api.number(stat, "DataSent")));
        count(out, "dup blocks received", Long.toString(Api.number(stat, "DupBlksReceived")));
        count(out, "dup data received", size(call, Api.number(stat, "DupDataReceived")));
        list(call, "wantlist [%d keys]", Wanted.texts(stat, "Wantlist", call));
        list(
                call,
                "partners [%d]",
                Api.texts(stat, "Peers").stream().map(Escapes::printable).toList());
        List<Json.Obj> sources = Api.objects(stat, "Sources");
        if (sources.isEmpty()) return;
        out.line("\thttp sources [" + sources.size() + "]");
        for (Json.Obj source : sources) out.line("\t\t" + source(source, call));
    }

    private static String source(Json.Obj source, Invocation call) {
        boolean banned = source.get("Banned").equals(Optional.of(new Json.Bool(true)));
        return Api.text(source, "Name")
                + ": blocks received "
                + Api.number(source, "BlocksReceived")
                + ", data received "
                + size(call, Api.number(source, "DataReceived"))
                + (banned ? ", banned: it gave other bytes than a CID names" : "");
    }

    private static void count(Output out, String what, String value) throws IOException {
        out.line("\t" + what + ": " + value);
    }

    private static String size(Invocation call, long bytes) {
        return call.flag("--human") ? ByteSizes.humanized(bytes) : Long.toString(bytes);
    }

    private static void list(Invocation call, String title, List<String> items) throws IOException {
        call.out().line("\t" + title.formatted(items.size()));
        if (!call.flag("--verbose")) return;
        for (String item : items) call.out().line("\t\t" + item);
    }
}
