package cairn.interop;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.stream.Collectors.toSet;

import cairn.libp2p.crypto.SigningKey;
import cairn.libp2p.discovery.PeerAddresses;
import cairn.libp2p.dns.DnsSettings;
import cairn.libp2p.host.Host;
import cairn.libp2p.host.HostOptions;
import cairn.libp2p.limits.Limits;
import cairn.libp2p.limits.ScopeLimits;
import cairn.libp2p.muxer.StreamResetException;
import cairn.libp2p.noise.Noise;
import cairn.libp2p.ping.Ping;
import cairn.libp2p.pnet.PrivateNetwork;
import cairn.libp2p.swarm.Connection;
import cairn.libp2p.swarm.ProtocolStream;
import cairn.libp2p.swarm.RemoteInfo;
import cairn.libp2p.tls.Tls;
import cairn.multiformats.multiaddr.Multiaddr;
import cairn.multiformats.peer.PeerId;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/// A host of Cairn, as other implementations' are seen by the tests.
final class CairnHost implements PeerHost {
    /// More than any stream of a test lives while it is used.
    private static final Duration STREAM_TIME = Duration.ofMinutes(3);

    private static final ScopeLimits NO_LIMIT =
            new ScopeLimits(
                    ScopeLimits.UNLIMITED,
                    ScopeLimits.UNLIMITED,
                    ScopeLimits.UNLIMITED,
                    ScopeLimits.UNLIMITED,
                    ScopeLimits.UNLIMITED,
                    ScopeLimits.UNLIMITED,
                    Long.MAX_VALUE,
                    ScopeLimits.UNLIMITED);

    /// None, as the other implementations have none: for measurements.
    static final Limits NO_LIMITS =
            new Limits(
                    NO_LIMIT,
                    NO_LIMIT,
                    NO_LIMIT,
                    NO_LIMIT,
                    NO_LIMIT,
                    NO_LIMIT,
                    NO_LIMIT,
                    ScopeLimits.UNLIMITED,
                    1);

    private static final Duration IDENTIFY_TIME = Duration.ofSeconds(15);
    private static final long LOOK_AGAIN_MILLIS = 5;
    private static final int OPENING_AT_ONCE = 8;

    private final HostPlan plan;
    private final WebTls webTls;
    private final Optional<Limits> limits;
    private final Host host;
    private final Pattern pattern = new Pattern();
    private final List<Host> others = new CopyOnWriteArrayList<>();
    private final List<ProtocolStream> held = new CopyOnWriteArrayList<>();

    /// @param limits empty for those that hosts have by default
    CairnHost(HostPlan plan, WebTls webTls, Optional<Limits> limits) throws IOException {
        this.plan = plan;
        this.webTls = webTls;
        this.limits = limits;
        this.host = open(plan, webTls, limits);
        ServedProtocols.serve(host);
    }

    private static Host open(HostPlan plan, WebTls webTls, Optional<Limits> limits)
            throws IOException {
        List<Multiaddr> listen = new ArrayList<>();
        for (String address : plan.listen()) listen.add(Multiaddr.parse(address));
        HostOptions options =
                HostOptions.of(SigningKey.generate(plan.key()))
                        .agentVersion("cairn-interop")
                        .listen(listen)
                        .securities(protocols(plan.securities()))
                        .webSocketCertificate(webTls.server())
                        .webSocketTrust(webTls.client())
                        .servesPerf(true);
        if (limits.isPresent()) options.limits(limits.get());
        if (plan.swarmKey().isPresent())
            options.privateNetwork(PrivateNetwork.parse(plan.swarmKey().get().getBytes(US_ASCII)));
        if (plan.dns().isPresent())
            options.dns(DnsSettings.parse(Map.of(".", "udp:" + plan.dns().get())));
        return Host.open(options);
    }

    private static Set<String> protocols(List<String> securities) {
        return securities.stream()
                .map(name -> name.equals("tls") ? Tls.PROTOCOL : Noise.PROTOCOL)
                .collect(toSet());
    }

    @Override
    public String peerId() {
        return host.id().toString();
    }

    @Override
    public List<String> addresses() {
        return host.listenAddresses().stream().map(a -> a + "/p2p/" + peerId()).toList();
    }

    @Override
    public Dialled dial(String address) throws IOException {
        Multiaddr there = Multiaddr.parse(address);
        host.peers().forgetAddresses(PeerAddresses.of(there).peer());
        long start = System.nanoTime();
        Connection made = host.connect(there);
        return new Dialled(made.peer().toString(), made.security(), made.muxer(), since(start));
    }

    @Override
    public void hangUp(String peer) throws IOException {
        for (Connection connection : host.swarm().connections(PeerId.parse(peer)))
            connection.close();
    }

    @Override
    public List<String> peers() {
        return host.swarm().connections().stream()
                .map(c -> c.peer().toString())
                .distinct()
                .toList();
    }

    @Override
    public Identified identify(String peer, Optional<String> protocol) throws IOException {
        long end = System.nanoTime() + IDENTIFY_TIME.toNanos();
        while (System.nanoTime() < end) {
            Optional<RemoteInfo> info =
                    host.swarm().connection(PeerId.parse(peer)).flatMap(Connection::remoteInfo);
            if (info.isPresent()
                    && (protocol.isEmpty() || info.get().protocols().contains(protocol.get())))
                return identified(PeerId.parse(peer), info.get());
            pause();
        }
        throw new PeerException("not identified within " + IDENTIFY_TIME);
    }

    private Identified identified(PeerId peer, RemoteInfo info) {
        return new Identified(
                info.agentVersion(),
                List.copyOf(info.protocols()),
                texts(info.addresses()),
                info.observed().map(Multiaddr::toString),
                texts(host.peers().certifiedAddresses(peer)));
    }

    private static List<String> texts(List<Multiaddr> addresses) {
        return addresses.stream().map(Multiaddr::toString).toList();
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(LOOK_AGAIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for identify");
        }
    }

    @Override
    public void speak(String protocol) {
        host.serve(protocol, ProtocolStream::reset);
    }

    @Override
    public List<Double> ping(String peer, int count) throws IOException {
        List<Double> millis = new ArrayList<>();
        try (Ping.Session session = Ping.open(connection(peer))) {
            for (int i = 0; i < count; i++) millis.add(session.ping().toNanos() / 1e6);
        }
        return millis;
    }

    @Override
    public Duration echo(String peer, long bytes) throws IOException {
        long start = System.nanoTime();
        echoOnce(peer, bytes);
        return since(start);
    }

    private void echoOnce(String peer, long bytes) throws IOException {
        try (ProtocolStream stream = open(peer, ServedProtocols.ECHO);
                Parallel writing = new Parallel()) {
            writing.run(
                    () -> {
                        pattern.write(stream, bytes);
                        stream.closeWrite();
                    });
            pattern.expect(stream, bytes);
            writing.join();
        }
    }

    @Override
    public Perf perf(String peer, long up, long down) throws IOException {
        var measured = ServedProtocols.measure(connection(peer), up, down);
        return new Perf(measured.up(), measured.down());
    }

    @Override
    public void greet(String peer, long bytes) throws IOException {
        try (ProtocolStream stream = open(peer, ServedProtocols.GREET)) {
            stream.write(new byte[1], 0, 1);
            byte[] said = new byte[100];
            int length = 0;
            for (int n = 0; n >= 0; n = stream.read(said, length, said.length - length))
                length += n;
            String greeting = new String(said, 0, length, US_ASCII);
            if (!greeting.equals(ServedProtocols.GREETING))
                throw new PeerException("said " + greeting);
            pattern.write(stream, bytes - 1);
        }
    }

    @Override
    public void beReset(String peer) throws IOException {
        try (ProtocolStream stream = open(peer, ServedProtocols.RESET)) {
            stream.write(new byte[1], 0, 1);
            ServedProtocols.drain(stream, Long.MAX_VALUE);
        } catch (StreamResetException e) {
            return;
        }
        throw new PeerException("not reset, but ended");
    }

    @Override
    public void reset(String peer) throws IOException {
        ProtocolStream stream = open(peer, ServedProtocols.ECHO);
        pattern.write(stream, 1000);
        ServedProtocols.drain(stream, 1000);
        stream.reset();
    }

    @Override
    public Duration kill(String peer) throws IOException {
        ProtocolStream stream = open(peer, ServedProtocols.KILL);
        long start = System.nanoTime();
        try {
            pattern.write(stream, ServedProtocols.KILL_AFTER);
            ServedProtocols.drain(stream, Long.MAX_VALUE);
        } catch (InterruptedIOException e) {
            throw new PeerException("the end was not noticed: " + e.getMessage());
        } catch (IOException e) {
            stream.reset();
            return since(start);
        }
        throw new PeerException("read as an end in order");
    }

    @Override
    public Duration streams(String peer, int count, int atOnce, long bytes) throws IOException {
        long start = System.nanoTime();
        Parallel.times(count, atOnce, _ -> echoOnce(peer, bytes));
        return since(start);
    }

    @Override
    public void hold(String peer, int count) throws IOException {
        Parallel.times(
                count,
                OPENING_AT_ONCE,
                _ -> {
                    ProtocolStream stream = open(peer, ServedProtocols.ECHO);
                    stream.write(new byte[1], 0, 1);
                    ServedProtocols.drain(stream, 1);
                    stream.deadline(Duration.ZERO);
                    held.add(stream);
                });
    }

    @Override
    public Duration handshakes(String address, int count, int atOnce) throws IOException {
        Multiaddr there = Multiaddr.parse(address);
        List<Host> from = new ArrayList<>();
        for (int i = 0; i < atOnce; i++) from.add(another());
        long start = System.nanoTime();
        Parallel.times(count, atOnce, worker -> from.get(worker).connect(there).close());
        return since(start);
    }

    @Override
    public Duration connections(String address, int count) throws IOException {
        Multiaddr there = Multiaddr.parse(address);
        long start = System.nanoTime();
        Parallel.times(
                count,
                OPENING_AT_ONCE,
                _ -> {
                    Connection made = another().connect(there);
                    awaitIdentified(made);
                });
        return since(start);
    }

    private static void awaitIdentified(Connection made) throws IOException {
        try {
            if (!made.awaitIdentified(IDENTIFY_TIME))
                throw new PeerException("not identified within " + IDENTIFY_TIME);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for identify");
        }
    }

    /// Another host like this one, which listens nowhere and lives as long.
    private Host another() throws IOException {
        Host other =
                open(
                        new HostPlan(
                                plan.key(),
                                List.of(),
                                plan.securities(),
                                plan.swarmKey(),
                                plan.dns()),
                        webTls,
                        limits);
        others.add(other);
        return other;
    }

    private ProtocolStream open(String peer, String protocol) throws IOException {
        ProtocolStream stream = connection(peer).open(List.of(protocol));
        stream.deadline(STREAM_TIME);
        return stream;
    }

    private Connection connection(String peer) throws IOException {
        return host.swarm()
                .connection(PeerId.parse(peer))
                .orElseThrow(() -> new PeerException("not connected with " + peer));
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @Override
    public void close() throws IOException {
        try {
            for (Host other : others) other.close();
        } finally {
            host.close();
        }
    }
}
