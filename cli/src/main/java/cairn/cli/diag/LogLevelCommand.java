package cairn.cli.diag;

import cairn.cli.console.Command;
import cairn.cli.console.Escapes;
import cairn.cli.console.Invocation;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.cli.daemon.Api;
import cairn.node.json.Json;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/// Shows or changes how much a daemon logs.
public final class LogLevelCommand implements Command {
    @Override
    public Usage usage() {
        return Usage.of("log level", "Show or change how much a daemon logs")
                .arguments("[<subsystem>] [<level>]", 0, 2)
                .explain(
                        "A level is debug, info, warn or error; it holds until the daemon ends. The"
                                + " subsystem \"all\" stands for all, of libraries down to info"
                                + " only, and \"cairn log ls\" lists them. What is logged goes to"
                                + " the daemon's standard error.")
                .example("cairn log level libp2p debug", "has the network log what it does")
                .example("cairn log level all warn", "goes back");
    }

    @Override
    public void run(Invocation call) throws IOException, UsageException {
        Api api = Api.of(call);
        Optional<Json.Obj> answer =
                api.ask("log/level", api.parameters().arguments(call.arguments()));
        if (answer.isEmpty()) return;
        if (answer.get().get("Levels").orElse(null) instanceof Json.Obj levels) print(levels, call);
        else call.out().line(Api.text(answer.get(), "Message").replaceFirst("\\\\n$", ""));
    }

    private static void print(Json.Obj levels, Invocation call) throws IOException {
        boolean several = levels.members().size() > 1;
        for (Map.Entry<String, Json> level : levels.members().entrySet()) {
            String word = Api.text(levels, level.getKey());
            call.out().line((several ? Escapes.printable(level.getKey()) + ": " : "") + word);
        }
    }
}
