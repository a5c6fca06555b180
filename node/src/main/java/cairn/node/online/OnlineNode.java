package cairn.node.online;

import cairn.libp2p.host.Host;
import cairn.multiformats.multiaddr.Multiaddr;
import cairn.node.Access;
import cairn.node.CairnNode;
import cairn.node.NodeOptions;
import cairn.node.exchange.BlockService;
import cairn.node.network.Network;
import cairn.node.repo.NetworkSettings;
import cairn.node.repo.RepoDirectory;
import cairn.node.repo.RepoException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/// A node on the network is a repo that is open for writing, its host, and the blocks that it
/// trades with peers, in the process of the program that opens it. Two live side by side in one
/// process.
///
/// ```java
/// try (OnlineNode node = OnlineNode.open(Path.of("repo"));
///         CairnNode blocks = node.fetching()) {
///     node.connect(peer);
///     blocks.pins().add(cid, Pin.Mode.RECURSIVE, "holiday");
///     try (UnixFsReader reader = blocks.reader()) {
///         reader.openFile(DagPath.parse(cid.toString())).writeTo(channel);
///     }
/// }
/// ```
///
/// Safe for use by many threads at once.
public final class OnlineNode implements Closeable {
    private final Deque<Closeable> parts = new ArrayDeque<>();
    private final CairnNode node;
    private final Network network;
    private final BlockService blocks;

    private OnlineNode(RepoDirectory repo, NodeOptions options, String agent) throws IOException {
        boolean open = false;
        try {
            node = options.openExisting(repo.path(), Access.WRITE);
            parts.push(node::close);
            var identity =
                    options.keys(repo.path())
                            .own()
                            .orElseThrow(() -> new RepoException("the repo has no identity"));
            network = Network.open(repo, identity, agent, false);
            parts.push(network);
            blocks =
                    BlockService.open(
                            node, network.host(), (_, _) -> {}, NetworkSettings.of(node.config()));
            parts.push(blocks);
            open = true;
        } finally {
            if (!open) close();
        }
    }

    /// Opens the repo in a folder, which is made where there is none, and goes on the network as
    /// its settings say.
    public static OnlineNode open(Path folder) throws IOException {
        return open(folder, NodeOptions.DEFAULT, "cairn");
    }

    /// The same.
    ///
    /// @param options how the repo is opened
    /// @param agent what peers are told that the program is
    public static OnlineNode open(Path folder, NodeOptions options, String agent)
            throws IOException {
        options.create(folder);
        return new OnlineNode(new RepoDirectory(folder), options, agent);
    }

    /// The node without the network: what isn't here is missing.
    public CairnNode local() {
        return node.shared();
    }

    /// The node with it: what isn't here is fetched. Closing it ends its fetch.
    public CairnNode fetching() {
        return blocks.fetching(Optional.empty());
    }

    /// Connects to a peer.
    ///
    /// @param address that ends in its id: `/ip4/192.0.2.9/tcp/4001/p2p/12D3KooW…`
    public void connect(Multiaddr address) throws IOException {
        network.host().connect(address);
    }

    /// The host: connections, addresses, limits.
    public Host host() {
        return network.host();
    }

    /// Leaves the network, and closes the repo.
    @Override
    public void close() throws IOException {
        IOException first = null;
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (IOException e) {
                if (first == null) first = e;
                else first.addSuppressed(e);
            }
        }
        if (first != null) throw first;
    }
}
