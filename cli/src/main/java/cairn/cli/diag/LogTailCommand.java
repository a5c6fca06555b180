package cairn.cli.diag;

import cairn.cli.console.Command;
import cairn.cli.console.Invocation;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.cli.daemon.Api;
import cairn.node.json.Json;
import cairn.rpc.client.Answer;
import java.io.IOException;
import java.util.Optional;

/// Prints what a daemon logs from now on.
public final class LogTailCommand implements Command {
    @Override
    public Usage usage() {
        return Usage.of("log tail", "Print what a daemon logs, until Ctrl-C")
                .explain("A JSON object is printed for each message of the levels that are set.")
                .example("cairn log tail", "shows what goes on");
    }

    @Override
    public void run(Invocation call) throws IOException, UsageException {
        Api api = Api.of(call);
        try (Answer answer = api.call("log/tail", api.parameters())) {
            Optional<Json> line = answer.next();
            for (; line.isPresent(); line = answer.next()) {
                call.out().json(line.get());
                call.out().flush();
            }
        }
    }
}
