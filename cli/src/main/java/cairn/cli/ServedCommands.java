package cairn.cli;

import cairn.cli.console.Command;
import cairn.rpc.NodeCommands;
import cairn.rpc.server.Endpoint;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;

/// The commands that other programs may call, as endpoints of a daemon: `pin add` is `pin/add`.
public final class ServedCommands implements NodeCommands {
    /// So many commands that take files in run at once, each of which may hold some 100 MB; others
    /// wait.
    private static final int IMPORTS_AT_ONCE = 2;

    private final Path repo;
    private final Semaphore imports = new Semaphore(IMPORTS_AT_ONCE, true);

    /// @param repo the daemon's
    public ServedCommands(Path repo) {
        this.repo = repo;
    }

    @Override
    public Map<String, Endpoint> endpoints(Nodes nodes) {
        Map<String, Endpoint> endpoints = new HashMap<>();
        for (String name : CommandTable.names()) {
            Command command = CommandTable.command(name);
            if (command.usage().answer().isPresent())
                endpoints.put(
                        name.replace(' ', '/'), new ServedCommand(name, nodes, repo, imports));
        }
        return endpoints;
    }
}
