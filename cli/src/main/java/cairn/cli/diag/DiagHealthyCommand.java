package cairn.cli.diag;

import cairn.cli.console.Command;
import cairn.cli.console.Invocation;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.cli.daemon.Api;
import cairn.node.json.Json;
import cairn.rpc.client.Answer;
import java.io.IOException;

/// Says whether a daemon answers.
public final class DiagHealthyCommand implements Command {
    @Override
    public Usage usage() {
        return Usage.of("diag healthy", "Say whether the daemon answers")
                .explain("Exits with 0 when it does, and with 1 when it doesn't.")
                .example("cairn diag healthy || restart", "looks after a daemon");
    }

    @Override
    public void run(Invocation call) throws IOException, UsageException {
        Api api = Api.of(call);
        try (Answer answer = api.call("diag/healthy", api.parameters())) {
            call.out().json(answer.next().orElse(new Json.Null()));
        }
    }
}
