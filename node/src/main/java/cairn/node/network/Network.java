package cairn.node.network;

import cairn.libp2p.crypto.SigningKey;
import cairn.libp2p.host.Host;
import cairn.libp2p.host.HostOptions;
import cairn.libp2p.pnet.PrivateNetwork;
import cairn.multiformats.MalformedException;
import cairn.multiformats.multiaddr.AddressProtocol;
import cairn.multiformats.multiaddr.Multiaddr;
import cairn.node.repo.Config;
import cairn.node.repo.NetworkSettings;
import cairn.node.repo.RepoDirectory;
import cairn.node.repo.RepoException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A node's part on the network: the host that a repo's settings describe, under the repo's own
/// key. What is in the repo is read when it opens, and not looked at again.
public final class Network implements Closeable {
    private final Host host;
    private final Optional<PrivateNetwork> privateNetwork;
    private final List<Multiaddr> leftOut;

    private Network(Host host, Optional<PrivateNetwork> privateNetwork, List<Multiaddr> leftOut) {
        this.host = host;
        this.privateNetwork = privateNetwork;
        this.leftOut = leftOut;
    }

    /// Opens a repo's host: it listens when this returns.
    ///
    /// @param identity the repo's own key
    /// @param agent what peers are told that the program is
    /// @param forcePrivate whether to refuse a repo without the key of a private network
    public static Network open(
            RepoDirectory repo, SigningKey identity, String agent, boolean forcePrivate)
            throws IOException {
        Config config = Config.read(repo.configFile(), NetworkSettings::of);
        NetworkSettings settings = NetworkSettings.of(config);
        Optional<PrivateNetwork> network = privateNetwork(repo.swarmKeyFile());
        if (network.isEmpty() && forcePrivate)
            throw new RepoException(
                    "LIBP2P_FORCE_PNET asks for a private network, and there is no key of one: put"
                            + " it into "
                            + repo.swarmKeyFile());
        List<Multiaddr> listen = settings.listen();
        if (network.isPresent())
            listen = listen.stream().filter(a -> !a.has(AddressProtocol.QUIC_V1)).toList();
        List<Multiaddr> heard = listen;
        HostOptions options =
                HostOptions.of(identity)
                        .agentVersion(agent)
                        .listen(listen)
                        .announce(settings.announce())
                        .filters(settings.filters())
                        .peering(settings.peering())
                        .limits(settings.limits())
                        .watermarks(settings.watermarks())
                        .rates(settings.rates())
                        .dns(settings.dns())
                        .discoversLan(settings.mdns())
                        .peerFile(repo.peerFile());
        // The public peers have no way into a private network.
        if (network.isEmpty() || NetworkSettings.namesBootstrap(config))
            options.bootstrap(settings.bootstrap());
        network.ifPresent(options::privateNetwork);
        return new Network(
                Host.open(options),
                network,
                settings.listen().stream().filter(a -> !heard.contains(a)).toList());
    }

    private static Optional<PrivateNetwork> privateNetwork(Path file) throws IOException {
        try {
            if (Files.size(file) > PrivateNetwork.MAX_FILE_BYTES)
                throw new RepoException(file + " is too long for the key of a private network");
            return Optional.of(PrivateNetwork.parse(Files.readAllBytes(file)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (MalformedException e) {
            throw new RepoException(file + ": " + e.getMessage(), e);
        }
    }

    /// The host.
    public Host host() {
        return host;
    }

    /// The private network that it is on, if it is on one.
    public Optional<PrivateNetwork> privateNetwork() {
        return privateNetwork;
    }

    /// The addresses that the settings name and that aren't listened at, because a private network
    /// goes without QUIC.
    public List<Multiaddr> leftOut() {
        return leftOut;
    }

    @Override
    public void close() throws IOException {
        host.close();
    }
}
