package cairn.cli;

import cairn.cli.console.Command;
import cairn.rpc.NodeCommands;
import cairn.rpc.server.Endpoint;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// The commands that run where the store is, as endpoints of a daemon: `pin add` is `pin/add`.
public final class ServedCommands implements NodeCommands {
    private final Path repo;

    /// @param repo the daemon's
    public ServedCommands(Path repo) {
        this.repo = repo;
    }

    @Override
    public Map<String, Endpoint> endpoints(Nodes nodes) {
        Map<String, Endpoint> endpoints = new HashMap<>();
        for (String name : CommandTable.names()) {
            Command command = CommandTable.command(name);
            if (command.usage().atStore().isPresent())
                endpoints.put(name.replace(' ', '/'), new ServedCommand(name, nodes, repo));
        }
        return endpoints;
    }
}
