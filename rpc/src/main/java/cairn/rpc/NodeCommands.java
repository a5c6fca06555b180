package cairn.rpc;

import cairn.node.CairnNode;
import cairn.rpc.server.Endpoint;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// What a program lets others call of the commands that work on a node's blocks.
@FunctionalInterface
public interface NodeCommands {
    /// No commands.
    NodeCommands NONE = nodes -> Map.of();

    /// The daemon's node, as a command gets it.
    interface Nodes {
        /// The node for one command, which closes it at its end.
        ///
        /// @param offline whether blocks that aren't here are missing, instead of fetched
        /// @param time how long the command may take, if its caller says
        CairnNode open(boolean offline, Optional<Duration> time);
    }

    /// The endpoints by their paths, such as `pin/add`.
    Map<String, Endpoint> endpoints(Nodes nodes);
}
