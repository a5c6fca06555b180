package cairn.cli.repo;

import cairn.cli.console.Command;
import cairn.cli.console.Invocation;
import cairn.cli.console.Repos;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.node.json.Json;
import java.io.IOException;

/// Prints all settings.
public final class ConfigShowCommand implements Command {
    @Override
    public Usage usage() {
        return Usage.of("config show", "Print all settings");
    }

    @Override
    public void run(Invocation call) throws IOException, UsageException {
        Json root = Repos.options(call).config(Repos.path(call)).root();
        call.out().line(call.globals().json() ? root.compact() : root.indented());
    }
}
