package cairn.cli.diag;

import cairn.cli.console.Command;
import cairn.cli.console.Invocation;
import cairn.cli.console.Usage;
import cairn.node.json.Json;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/// Lists the parts of the program that keep a log: none, until there is a daemon.
public final class LogLsCommand implements Command {
    @Override
    public Usage usage() {
        return Usage.of("log ls", "List what keeps a log")
                .explain(
                        "Commands keep no log: they print what went wrong, and end. So the list is"
                                + " empty until there is a daemon.");
    }

    @Override
    public void run(Invocation call) throws IOException {
        if (call.globals().json())
            call.out().json(new Json.Obj(Map.of("Strings", new Json.Arr(List.of()))));
        else
            call.messages()
                    .say(
                            "cairn: nothing keeps a log until there is a daemon; --debug shows"
                                    + " where a command failed");
    }
}
