package cairn.libp2p.host;

import cairn.libp2p.address.AddressFilters;
import cairn.libp2p.bandwidth.Bandwidth;
import cairn.libp2p.connections.ConnectionKeeper;
import cairn.libp2p.connections.PeerValues;
import cairn.libp2p.crypto.SigningKey;
import cairn.libp2p.discovery.Bootstrap;
import cairn.libp2p.discovery.LanPeers;
import cairn.libp2p.discovery.PeerAddresses;
import cairn.libp2p.discovery.Peering;
import cairn.libp2p.dns.NameResolver;
import cairn.libp2p.identify.Identify;
import cairn.libp2p.limits.ResourceLimits;
import cairn.libp2p.peerstore.AddressTtl;
import cairn.libp2p.peerstore.PeerStore;
import cairn.libp2p.peerstore.SavedPeers;
import cairn.libp2p.perf.Perf;
import cairn.libp2p.ping.Ping;
import cairn.libp2p.swarm.Connection;
import cairn.libp2p.swarm.StreamHandler;
import cairn.libp2p.swarm.Swarm;
import cairn.libp2p.swarm.SwarmListener;
import cairn.libp2p.transport.Transport;
import cairn.libp2p.wire.Closing;
import cairn.multiformats.MalformedException;
import cairn.multiformats.multiaddr.Multiaddr;
import cairn.multiformats.peer.PeerId;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A host is a libp2p node in this process: it has a key, listens, connects, and speaks the
/// protocols that every peer expects. Several may live side by side.
///
/// ```java
/// SigningKey key = SigningKey.generate();
/// var options = HostOptions.of(key).listen(List.of(Multiaddr.parse("/ip4/0.0.0.0/tcp/0")));
/// try (Host host = Host.open(options)) {
///     host.swarm().handle("/echo/1.0.0", stream -> { ... });
///     Connection there = host.connect(Multiaddr.parse("/ip4/192.0.2.1/tcp/4001/p2p/12D3..."));
/// }
/// ```
public final class Host implements Closeable {
    /// How often listeners and interfaces are looked at for changes.
    private static final Duration REFRESH_TIME = Duration.ofSeconds(30);

    private static final String PEERING_TAG = "peering";

    private static final String PROTOCOL_VERSION = "ipfs/0.1.0";

    private final Swarm swarm;
    private final SigningKey identity;
    private final ResourceLimits limits;
    private final Bandwidth bandwidth;
    private final AddressFilters filters;
    private final PeerStore peers;
    private final Optional<SavedPeers> savedPeers;
    private final NameResolver resolver;
    private final OwnAddresses addresses;
    private final Identify identify;
    private final ConnectionKeeper keeper;
    private final Peering peering;
    private final Bootstrap bootstrap;
    private final Optional<LanPeers> lan;
    private final Thread refresher;
    private volatile List<MovedPort> moved = List.of();

    private Host(HostOptions options, List<Transport> transports) throws MalformedException {
        identity = options.identity();
        limits = new ResourceLimits(options.limits());
        bandwidth = new Bandwidth(options.rates());
        filters = new AddressFilters(options.filters());
        peers = new PeerStore(options.clock());
        savedPeers = options.peerFile().map(file -> new SavedPeers(peers, file));
        resolver = new NameResolver(options.dns());
        swarm =
                new Swarm(
                        identity.peerId(),
                        transports,
                        limits,
                        new FilterGate(filters),
                        bandwidth,
                        peers::addresses,
                        resolver::resolve,
                        options.clock());
        addresses = new OwnAddresses(swarm, options.announce());
        KnownPeers known = new KnownPeers(peers);
        identify =
                new Identify(
                        swarm,
                        identity,
                        PROTOCOL_VERSION,
                        options.agentVersion(),
                        addresses,
                        (connection, info, signed) -> {
                            known.learned(connection, info, signed);
                            addresses.learned(connection, info);
                        },
                        options.clock());
        swarm.subscribe(known);
        swarm.subscribe(addresses);
        peering = new Peering(swarm);
        bootstrap = new Bootstrap(swarm, options.bootstrap());
        lan =
                options.discoversLan()
                        ? Optional.of(new LanPeers(swarm, addresses::announced))
                        : Optional.empty();
        refresher = Thread.ofVirtual().name("addresses").unstarted(this::keepAddressesFresh);
        keeper =
                new ConnectionKeeper(
                        options.watermarks(),
                        () -> swarm.connections().stream().map(KeptConnection::new).toList(),
                        options.clock());
        swarm.subscribe(
                new SwarmListener() {
                    @Override
                    public void connected(Connection connection) {
                        keeper.opened();
                    }
                });
        identify.start();
        swarm.handle(Ping.PROTOCOL, new Ping());
        if (options.servesPerf()) swarm.handle(Perf.PROTOCOL, new Perf());
    }

    /// Opens a host: it listens when this returns, and begins to look for peers.
    ///
    /// @throws IOException when it can't listen where it should
    public static Host open(HostOptions options) throws IOException {
        Host host = new Host(options, HostTransports.of(options));
        boolean open = false;
        try {
            host.start(options);
            open = true;
            return host;
        } finally {
            if (!open) host.close();
        }
    }

    private void start(HostOptions options) throws IOException {
        moved = new Listening(swarm).open(options.listen());
        addresses.refresh();
        refresher.start();
        lan.ifPresent(LanPeers::start);
        bootstrap.start();
        for (PeerAddresses peer : options.peering()) keep(peer);
    }

    private void keepAddressesFresh() {
        try {
            while (true) {
                Thread.sleep(REFRESH_TIME);
                addresses.refresh();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// This host's id.
    public PeerId id() {
        return identity.peerId();
    }

    /// The key that the id is of.
    public SigningKey identity() {
        return identity;
    }

    /// The connections and the protocols on them.
    public Swarm swarm() {
        return swarm;
    }

    /// What is known of peers.
    public PeerStore peers() {
        return peers;
    }

    /// What may be used, and what is.
    public ResourceLimits limits() {
        return limits;
    }

    /// What passes, and the rates that it is held to.
    public Bandwidth bandwidth() {
        return bandwidth;
    }

    /// The addresses that there are no connections with; may be changed.
    public AddressFilters filters() {
        return filters;
    }

    /// The peers that are kept connected.
    public List<PeerAddresses> kept() {
        return peering.peers();
    }

    /// The addresses of all interfaces that it listens at.
    public List<Multiaddr> listenAddresses() {
        return addresses.listening();
    }

    /// The addresses that others are told.
    public List<Multiaddr> announcedAddresses() {
        return addresses.announced();
    }

    /// The ports that were taken by others, and those it listens on instead.
    public List<MovedPort> movedPorts() {
        return moved;
    }

    /// Connects to a peer at an address that ends in its id.
    ///
    /// @throws MalformedException when the address names no peer
    public Connection connect(Multiaddr address) throws IOException {
        PeerAddresses peer = PeerAddresses.of(address);
        return swarm.connect(peer.peer(), peer.addresses(), true);
    }

    /// Serves a protocol from now on, and tells the peers that are connected.
    public void serve(String protocol, StreamHandler handler) {
        swarm.handle(protocol, handler);
        identify.pushToAll();
    }

    /// Keeps a peer connected from now on.
    public void keep(PeerAddresses peer) {
        peers.addAddresses(peer.peer(), peer.addresses(), AddressTtl.PERMANENT);
        keeper.values().protect(peer.peer(), PEERING_TAG);
        peering.add(peer);
    }

    /// Keeps a peer connected no more.
    ///
    /// @return whether it was kept
    public boolean unkeep(PeerId peer) {
        keeper.values().unprotect(peer, PEERING_TAG);
        return peering.remove(peer);
    }

    /// What peers are worth when there are too many connections.
    public PeerValues values() {
        return keeper.values();
    }

    /// Says goodbye to all peers and frees everything, each part whatever becomes of the others. It
    /// waits a second at most for peers, however they behave.
    @Override
    public void close() throws IOException {
        Closing.all(
                List.of(
                        refresher::interrupt,
                        bootstrap,
                        () -> lan.ifPresent(LanPeers::close),
                        peering,
                        keeper::close,
                        swarm,
                        resolver,
                        () -> savedPeers.ifPresent(SavedPeers::close)));
    }
}
