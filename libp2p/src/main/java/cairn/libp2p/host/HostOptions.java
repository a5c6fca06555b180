package cairn.libp2p.host;

import cairn.libp2p.address.AnnouncePolicy;
import cairn.libp2p.bandwidth.Rates;
import cairn.libp2p.connections.Watermarks;
import cairn.libp2p.crypto.SigningKey;
import cairn.libp2p.discovery.PeerAddresses;
import cairn.libp2p.dns.DnsSettings;
import cairn.libp2p.limits.Limits;
import cairn.libp2p.pnet.PrivateNetwork;
import cairn.multiformats.multiaddr.Multiaddr;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;

/// What a host is to be: who it is, where it listens, what it may use, whom it looks for. Nothing
/// is on by itself but what every peer expects: with no more than a key it listens nowhere, and
/// dials whom it is told to.
public final class HostOptions {
    private static final long DEFAULT_MEMORY = 1L << 30;
    private static final int DEFAULT_DESCRIPTORS = 4096;

    private final SigningKey identity;
    private String agentVersion = "cairn";
    private List<Multiaddr> listen = List.of();
    private AnnouncePolicy announce = AnnouncePolicy.own();
    private List<Multiaddr> filters = List.of();
    private List<PeerAddresses> bootstrap = List.of();
    private List<PeerAddresses> peering = List.of();
    private Limits limits = Limits.of(DEFAULT_MEMORY, DEFAULT_DESCRIPTORS);
    private Rates rates = Rates.UNLIMITED;
    private DnsSettings dns = DnsSettings.system();
    private Watermarks watermarks = Watermarks.DEFAULT;
    private Set<String> securities = Set.of();
    private Optional<PrivateNetwork> privateNetwork = Optional.empty();
    private Optional<SSLContext> webSocketCertificate = Optional.empty();
    private Optional<SSLContext> webSocketTrust = Optional.empty();
    private boolean servesPerf;
    private boolean discoversLan;
    private Optional<Path> peerFile = Optional.empty();
    private InstantSource clock = InstantSource.system();

    private HostOptions(SigningKey identity) {
        this.identity = identity;
    }

    /// The options of a host with this key, all else as it is by default.
    public static HostOptions of(SigningKey identity) {
        return new HostOptions(identity);
    }

    /// What peers are told that the program is, such as `cairn/0.1.0`.
    public HostOptions agentVersion(String version) {
        agentVersion = version;
        return this;
    }

    /// Where to listen; a port that is taken moves on to the next.
    public HostOptions listen(List<Multiaddr> addresses) {
        listen = List.copyOf(addresses);
        return this;
    }

    /// Which addresses peers are told.
    public HostOptions announce(AnnouncePolicy options) {
        announce = options;
        return this;
    }

    /// Masks such as `/ip4/10.0.0.0/ipcidr/8`, of addresses to have nothing to do with.
    public HostOptions filters(List<Multiaddr> masks) {
        filters = List.copyOf(masks);
        return this;
    }

    /// Peers to connect to while there are few connections.
    public HostOptions bootstrap(List<PeerAddresses> peers) {
        bootstrap = List.copyOf(peers);
        return this;
    }

    /// Peers to stay connected with.
    public HostOptions peering(List<PeerAddresses> peers) {
        peering = List.copyOf(peers);
        return this;
    }

    /// What peers, protocols and the whole host may use.
    public HostOptions limits(Limits most) {
        limits = most;
        return this;
    }

    /// Between how many connections the host keeps itself.
    public HostOptions watermarks(Watermarks marks) {
        watermarks = marks;
        return this;
    }

    /// The security protocols that are spoken over TCP and WebSocket, such as `/noise`; all, where
    /// none is named.
    public HostOptions securities(Set<String> protocols) {
        securities = Set.copyOf(protocols);
        return this;
    }

    /// The private network that the host belongs to, to speak with nobody else.
    public HostOptions privateNetwork(PrivateNetwork network) {
        privateNetwork = Optional.of(network);
        return this;
    }

    /// The certificates to listen with at addresses of secure WebSocket.
    public HostOptions webSocketCertificate(SSLContext context) {
        webSocketCertificate = Optional.of(context);
        return this;
    }

    /// Whose certificates are believed of secure WebSockets that are dialled; by default those that
    /// the system believes.
    public HostOptions webSocketTrust(SSLContext context) {
        webSocketTrust = Optional.of(context);
        return this;
    }

    /// The rates that bytes are held to from the start.
    public HostOptions rates(Rates most) {
        rates = most;
        return this;
    }

    /// Which name servers are asked.
    public HostOptions dns(DnsSettings settings) {
        dns = settings;
        return this;
    }

    /// Whether to serve perf, by which peers use up bandwidth.
    public HostOptions servesPerf(boolean serves) {
        servesPerf = serves;
        return this;
    }

    /// Whether to look for peers on the LAN, and be found there.
    public HostOptions discoversLan(boolean discovers) {
        discoversLan = discovers;
        return this;
    }

    /// Where to keep what is known of peers; without one it is forgotten at the end.
    public HostOptions peerFile(Path file) {
        peerFile = Optional.of(file);
        return this;
    }

    /// What the host takes the time from.
    public HostOptions clock(InstantSource source) {
        clock = source;
        return this;
    }

    SigningKey identity() {
        return identity;
    }

    String agentVersion() {
        return agentVersion;
    }

    List<Multiaddr> listen() {
        return listen;
    }

    AnnouncePolicy announce() {
        return announce;
    }

    List<Multiaddr> filters() {
        return filters;
    }

    List<PeerAddresses> bootstrap() {
        return bootstrap;
    }

    List<PeerAddresses> peering() {
        return peering;
    }

    Limits limits() {
        return limits;
    }

    Watermarks watermarks() {
        return watermarks;
    }

    boolean speaks(String security) {
        return securities.isEmpty() || securities.contains(security);
    }

    Optional<PrivateNetwork> privateNetwork() {
        return privateNetwork;
    }

    Optional<SSLContext> webSocketCertificate() {
        return webSocketCertificate;
    }

    Optional<SSLContext> webSocketTrust() {
        return webSocketTrust;
    }

    Rates rates() {
        return rates;
    }

    DnsSettings dns() {
        return dns;
    }

    boolean servesPerf() {
        return servesPerf;
    }

    boolean discoversLan() {
        return discoversLan;
    }

    Optional<Path> peerFile() {
        return peerFile;
    }

    InstantSource clock() {
        return clock;
    }
}
