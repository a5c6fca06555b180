package cairn.cli.network;

import cairn.cli.console.Command;
import cairn.cli.console.Invocation;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.cli.daemon.Api;
import cairn.rpc.client.Answer;
import java.io.IOException;

/// Ends the daemon.
public final class ShutdownCommand implements Command {
    @Override
    public Usage usage() {
        return Usage.of("shutdown", "End the daemon");
    }

    @Override
    public void run(Invocation call) throws IOException, UsageException {
        Api api = Api.of(call);
        try (Answer answer = api.call("shutdown", api.parameters())) {
            if (answer.next().isPresent())
                throw new IOException("what answered isn't a daemon of Cairn or Kubo");
        }
    }
}
