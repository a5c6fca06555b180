package cairn.rpc;

import cairn.node.NodeOptions;
import java.nio.file.Path;

/// What a daemon is to be.
///
/// @param repo the folder of its repo, made where there is none
/// @param node how the repo is opened
/// @param version of the program, such as `0.1.0`
/// @param commit that it was built from; empty where that isn't known
/// @param commands that work on the node's blocks, as others may call them
/// @param forcePrivate whether to refuse a repo without the key of a private network
public record DaemonOptions(
        Path repo,
        NodeOptions node,
        String version,
        String commit,
        NodeCommands commands,
        boolean forcePrivate) {
    /// What peers and clients are told that the program is.
    String agent() {
        return "cairn/" + version;
    }
}
