package cairn.libp2p.swarm;

import cairn.libp2p.bandwidth.Bandwidth;
import cairn.libp2p.dial.AddressResolution;
import cairn.libp2p.dial.DialException;
import cairn.libp2p.dial.Dialled;
import cairn.libp2p.dial.Dialler;
import cairn.libp2p.dial.OthersFailureException;
import cairn.libp2p.dial.SharedAttempts;
import cairn.libp2p.limits.Direction;
import cairn.libp2p.limits.ResourceLimits;
import cairn.libp2p.transport.Admission;
import cairn.libp2p.transport.Inbound;
import cairn.libp2p.transport.IpEndpoint;
import cairn.libp2p.transport.Link;
import cairn.libp2p.transport.Listener;
import cairn.libp2p.transport.Transport;
import cairn.libp2p.wire.Closing;
import cairn.multiformats.multiaddr.AddressProtocol;
import cairn.multiformats.multiaddr.Multiaddr;
import cairn.multiformats.peer.PeerId;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A swarm is all connections of a host. It listens, dials, admits what comes in, and gives streams
/// on whichever connection to a peer is best.
///
/// Every connection has a place in the [ResourceLimits] before its first byte, and gives it back
/// when it ends. Safe for any thread.
public final class Swarm implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(Swarm.class);

    /// How long a new stream waits for the other end to say what it speaks: some peers take no
    /// stream before that.
    private static final Duration IDENTIFY_TIME = Duration.ofSeconds(5);

    /// How long all connections together may take to say goodbye.
    private static final Duration CLOSE_TIME = Duration.ofSeconds(1);

    private final PeerId self;
    private final List<Transport> transports;
    private final ResourceLimits limits;
    private final ConnectionGate gate;
    private final Bandwidth bandwidth;
    private final AddressBook addresses;
    private final InstantSource clock;
    private final Dialler dialler;
    private final SharedAttempts<PeerId, Connection> dials = new SharedAttempts<>();
    private final Handlers handlers = new Handlers();
    private final Connections connections;
    private final List<SwarmListener> listeners = new CopyOnWriteArrayList<>();
    private final List<Listener> listening = new CopyOnWriteArrayList<>();
    private final AtomicLong ids = new AtomicLong();
    private final Inbound inbound = new FromOutside();
    private volatile boolean closed;

    /// @param transports in the order they are asked; owned from now on
    public Swarm(
            PeerId self,
            List<Transport> transports,
            ResourceLimits limits,
            ConnectionGate gate,
            Bandwidth bandwidth,
            AddressBook addresses,
            AddressResolution resolution,
            InstantSource clock) {
        this.self = self;
        this.transports = List.copyOf(transports);
        this.limits = limits;
        this.gate = gate;
        this.bandwidth = bandwidth;
        this.addresses = addresses;
        this.clock = clock;
        this.connections = new Connections(self);
        this.dialler =
                new Dialler(
                        this::makeLink,
                        resolution,
                        (peer, address) -> refusal(address),
                        clock,
                        System::nanoTime);
    }

    /// This host's id.
    public PeerId self() {
        return self;
    }

    /// Serves a protocol from now on.
    ///
    /// @throws IllegalStateException when it is served already
    public void handle(String protocol, StreamHandler handler) {
        handlers.put(protocol, handler);
    }

    /// Serves a protocol no more; streams that are open go on.
    public void unhandle(String protocol) {
        handlers.remove(protocol);
    }

    /// The protocols that are served, by name.
    public List<String> protocols() {
        return handlers.protocols();
    }

    /// Tells someone of what happens from now on.
    public void subscribe(SwarmListener listener) {
        listeners.add(listener);
    }

    /// Listens at an address.
    public Listener listen(Multiaddr address) throws IOException {
        Transport transport =
                transport(address)
                        .orElseThrow(
                                () -> new IOException("no transport can listen at " + address));
        Listener listener = transport.listen(address, inbound);
        listening.add(listener);
        return listener;
    }

    /// Takes no more connections at one address; those there are stay.
    public void stopListening(Listener listener) throws IOException {
        listening.remove(listener);
        listener.close();
    }

    /// The addresses it listens at, wildcards as they are.
    public List<Multiaddr> listenAddresses() {
        return listening.stream().map(Listener::address).toList();
    }

    /// All connections.
    public List<Connection> connections() {
        return connections.all();
    }

    /// The connections to a peer.
    public List<Connection> connections(PeerId peer) {
        return connections.of(peer);
    }

    /// The connection that streams to a peer go to.
    public Optional<Connection> connection(PeerId peer) {
        return connections.best(peer);
    }

    /// Connects to a peer, or gives the connection there is. Callers who want the same peer share
    /// one attempt; whose addresses weren't tried in it makes one of its own when it has failed.
    ///
    /// @param hints addresses to try besides those that are known
    /// @param insist whether to try addresses that have just failed
    public Connection connect(PeerId peer, List<Multiaddr> hints, boolean insist)
            throws IOException {
        if (closed) throw new IOException("the host is closed");
        if (peer.equals(self)) throw new ConnectionRefusedException("dial to self attempted");
        Optional<String> refusal = gate.refuses(peer);
        if (refusal.isPresent()) throw new ConnectionRefusedException(refusal.get());
        Optional<Connection> there = connections.best(peer).filter(c -> !c.isLimited());
        if (there.isPresent()) return there.get();
        while (true) {
            try {
                return dials.run(peer, () -> dial(peer, hints, insist));
            } catch (OthersFailureException e) {
                if (!(e.getCause() instanceof DialException failed) || failed.tried(hints)) throw e;
            }
        }
    }

    private Connection dial(PeerId peer, List<Multiaddr> hints, boolean insist) throws IOException {
        List<Multiaddr> all = new ArrayList<>(hints);
        all.addAll(addresses.addresses(peer));
        Dialled dialled = dialler.dial(peer, all, insist);
        return admit(dialled.link(), place(dialled.admission()), Direction.OUTBOUND);
    }

    /// Opens a stream to a peer for the first of these protocols that it speaks; connects first
    /// where there is no connection.
    ///
    /// @throws cairn.libp2p.multistream.UnsupportedProtocolException when it speaks none
    public ProtocolStream open(PeerId peer, List<String> protocols) throws IOException {
        Connection connection = connect(peer, List.of(), false);
        try {
            connection.awaitIdentified(IDENTIFY_TIME);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted before a stream to " + peer + " opened");
        }
        return connection.open(protocols);
    }

    /// Tells listeners that a connection's other end has said what it is.
    public void identified(Connection connection) {
        tell(listener -> listener.identified(connection));
    }

    /// Tells listeners that the addresses which this host tells others have changed.
    public void addressesChanged(List<Multiaddr> now) {
        tell(listener -> listener.addressesChanged(now));
    }

    private void tell(Consumer<SwarmListener> event) {
        for (SwarmListener listener : listeners) event.accept(listener);
    }

    private Optional<Transport> transport(Multiaddr address) {
        return transports.stream().filter(t -> t.handles(address)).findFirst();
    }

    private Optional<String> refusal(Multiaddr address) {
        Optional<String> refusal = gate.refuses(address, Direction.OUTBOUND);
        if (refusal.isPresent()) return refusal;
        return transport(address).isPresent()
                ? Optional.empty()
                : Optional.of("no transport for this address");
    }

    private Dialled makeLink(PeerId peer, Multiaddr address) throws IOException {
        Transport transport = transport(address).orElseThrow(() -> new IOException("no transport"));
        Place place = place(address, Direction.OUTBOUND);
        return new Dialled(transport.dial(address, peer, place), place);
    }

    private static Place place(Admission admission) {
        if (admission instanceof Place place) return place;
        throw new IllegalArgumentException("an admission that this swarm never gave");
    }

    private Place place(Multiaddr remote, Direction direction) throws IOException {
        IpEndpoint endpoint =
                IpEndpoint.of(remote)
                        .orElseThrow(() -> new IOException("no IP address in " + remote));
        boolean descriptor = endpoint.protocol() == AddressProtocol.TCP;
        InetAddress ip = endpoint.address().getAddress();
        return new Place(
                limits.openConnection(direction, ip, descriptor), bandwidth.connection(ip));
    }

    private Connection admit(Link link, Place place, Direction direction) throws IOException {
        boolean admitted = false;
        try {
            PeerId peer = link.remotePeer();
            if (peer.equals(self))
                throw new ConnectionRefusedException("the connection leads to this host itself");
            Optional<String> refusal = gate.refuses(peer);
            if (refusal.isPresent()) throw new ConnectionRefusedException(refusal.get());
            place.setPeer(peer);
            long id = ids.incrementAndGet();
            Connection connection =
                    new Connection(id, link, direction, place, bandwidth, clock.instant());
            begin(connection);
            admitted = true;
            return connection;
        } finally {
            if (!admitted) link.muxed().close();
        }
    }

    private void begin(Connection connection) throws IOException {
        connections.add(connection);
        if (closed) {
            connections.remove(connection);
            throw new IOException("the host is closed");
        }
        dialler.reached(connection.peer());
        tell(listener -> listener.connected(connection));
        connection.link().muxed().whenClosed(() -> ended(connection));
        connection.link().muxed().start(new InboundStreams(connection, handlers));
    }

    private void ended(Connection connection) {
        connection.remainsUnknown();
        connections.remove(connection);
        connection.place().close();
        tell(listener -> listener.disconnected(connection));
    }

    /// Closes the listeners, then all connections, then the transports, each whatever becomes of
    /// the others.
    @Override
    public void close() throws IOException {
        closed = true;
        List<Closeable> parts = new ArrayList<>(listening);
        parts.add(this::closeConnections);
        parts.addAll(transports);
        Closing.all(parts);
    }

    /// Closes them side by side: a peer that doesn't read holds up only its own.
    private void closeConnections() {
        List<Thread> closing = new ArrayList<>();
        for (Connection connection : connections.all())
            closing.add(Thread.startVirtualThread(() -> close(connection)));
        long until = System.nanoTime() + CLOSE_TIME.toNanos();
        try {
            for (Thread thread : closing) thread.join(Duration.ofNanos(until - System.nanoTime()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (IOException e) {
            LOG.debug("closing {}: {}", connection, e.toString());
        }
    }

    /// What the listeners hand over.
    private final class FromOutside implements Inbound {
        @Override
        public Admission admit(Multiaddr local, Multiaddr remote) throws IOException {
            Optional<String> refusal = gate.refuses(remote, Direction.INBOUND);
            if (refusal.isPresent()) throw new ConnectionRefusedException(refusal.get());
            return place(remote, Direction.INBOUND);
        }

        @Override
        public void accept(Link link, Admission admission) {
            try {
                Swarm.this.admit(link, place(admission), Direction.INBOUND);
            } catch (IOException e) {
                LOG.debug("refused {}: {}", link.remote(), e.getMessage());
            }
        }
    }
}
