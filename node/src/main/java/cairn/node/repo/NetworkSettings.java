package cairn.node.repo;

import cairn.libp2p.address.AddressFilters;
import cairn.libp2p.address.AnnouncePolicy;
import cairn.libp2p.bandwidth.Rates;
import cairn.libp2p.connections.Watermarks;
import cairn.libp2p.discovery.PeerAddresses;
import cairn.libp2p.dns.DnsSettings;
import cairn.libp2p.limits.Limits;
import cairn.libp2p.limits.ScopeLimits;
import cairn.multiformats.MalformedException;
import cairn.multiformats.multiaddr.Multiaddr;
import cairn.multiformats.peer.PeerId;
import cairn.node.gateways.SourceAddress;
import cairn.node.json.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How a node is on the network: the parts `Addresses`, `Bootstrap`, `Peering`, `Swarm`,
/// `Discovery`, `DNS`, `Bitswap`, `HTTPRetrieval` and `Limits` of a config.
///
/// @param listen where to listen (`Addresses.Swarm`)
/// @param api where the control API listens (`Addresses.API`)
/// @param announce which addresses peers are told
/// @param bootstrap peers to connect to while there are few connections
/// @param peering peers to stay connected with
/// @param filters masks of addresses to have nothing to do with
/// @param watermarks between how many connections the node keeps itself
/// @param limits what peers and the whole node may use
/// @param rates that bytes are held to
/// @param dns which name servers are asked
/// @param mdns whether to look for peers on the LAN
/// @param servesBlocks whether peers get blocks
/// @param httpSources servers and archives that blocks come from besides peers
public record NetworkSettings(
        List<Multiaddr> listen,
        List<Multiaddr> api,
        AnnouncePolicy announce,
        List<PeerAddresses> bootstrap,
        List<PeerAddresses> peering,
        List<Multiaddr> filters,
        Watermarks watermarks,
        Limits limits,
        Rates rates,
        DnsSettings dns,
        boolean mdns,
        boolean servesBlocks,
        List<SourceAddress> httpSources) {
    /// In `Bootstrap`, the word for the public peers. Source: Kubo, `AutoConf`.
    public static final String AUTO = "auto";

    /// The counts of connections and streams are those that go with this memory at least: what is
    /// little here is the JVM's heap, and an idle connection takes some tens of kilobytes of it.
    private static final long LEAST_COUNTED_MEMORY = 1L << 30;

    /// As many as most systems let a process have without being asked.
    private static final int DESCRIPTORS = 4096;

    /// The part of the heap that connections and streams may hold: a fourth. Blocks on their way to
    /// the disk take as much.
    private static final int HEAP_SHARE = 4;

    /// Nothing below this could hold a handful of streams.
    private static final long LEAST_MEMORY = 16L << 20;

    /// The part of the connections that those that come in leave free.
    private static final int OUTBOUND_SHARE = 8;

    /// Each is asked for what no session knows a source of.
    private static final int MOST_SOURCES = 32;

    private static final Duration SILENCE = Watermarks.DEFAULT.silence();

    public NetworkSettings {
        listen = List.copyOf(listen);
        api = List.copyOf(api);
        bootstrap = List.copyOf(bootstrap);
        peering = List.copyOf(peering);
        filters = List.copyOf(filters);
        httpSources = List.copyOf(httpSources);
    }

    /// The settings of a config.
    ///
    /// @throws RepoException which names the setting that can't be so
    public static NetworkSettings of(Config config) throws RepoException {
        List<Multiaddr> filters = addresses(config, Setting.ADDRESS_FILTERS);
        malformed(Setting.ADDRESS_FILTERS, () -> new AddressFilters(filters));
        Watermarks watermarks = watermarks(config);
        return new NetworkSettings(
                addresses(config, Setting.SWARM),
                addresses(config, Setting.API),
                announce(config),
                malformed(Setting.BOOTSTRAP, () -> PeerAddresses.group(bootstrap(config))),
                peering(config),
                filters,
                watermarks,
                limits(config, watermarks),
                rates(config),
                dns(config),
                config.bool(Setting.MDNS.key()).orElse(true),
                config.bool(Setting.BITSWAP_SERVER.key()).orElse(true),
                httpSources(config));
    }

    /// Whether a config says itself whom to ask for the way into a network.
    public static boolean namesBootstrap(Config config) throws RepoException {
        return config.texts(Setting.BOOTSTRAP.key())
                .filter(texts -> !texts.equals(List.of(AUTO)))
                .isPresent();
    }

    private static List<SourceAddress> httpSources(Config config) throws RepoException {
        List<SourceAddress> sources = new ArrayList<>();
        for (String text : texts(config, Setting.HTTP_SOURCES))
            sources.add(malformed(Setting.HTTP_SOURCES, () -> SourceAddress.parse(text)));
        if (sources.size() > MOST_SOURCES)
            throw StorageSettings.wrong(
                    Setting.HTTP_SOURCES,
                    "a list of " + sources.size(),
                    "a list of up to " + MOST_SOURCES);
        return config.bool(Setting.HTTP_RETRIEVAL.key()).orElse(true) ? sources : List.of();
    }

    private static List<Multiaddr> bootstrap(Config config)
            throws RepoException, MalformedException {
        List<String> texts = new ArrayList<>();
        for (String text : texts(config, Setting.BOOTSTRAP)) {
            if (text.equals(AUTO)) texts.addAll(texts(Config.initial(), Setting.BOOTSTRAP));
            else texts.add(text);
        }
        List<Multiaddr> addresses = new ArrayList<>();
        for (String text : texts) addresses.add(Multiaddr.parse(text));
        return addresses;
    }

    private static AnnouncePolicy announce(Config config) throws RepoException {
        List<Multiaddr> announce = addresses(config, Setting.ANNOUNCE);
        List<Multiaddr> append = addresses(config, Setting.APPEND_ANNOUNCE);
        List<Multiaddr> never = addresses(config, Setting.NO_ANNOUNCE);
        return malformed(Setting.NO_ANNOUNCE, () -> AnnouncePolicy.of(announce, append, never));
    }

    private static List<PeerAddresses> peering(Config config) throws RepoException {
        Optional<Json.Arr> peers = config.value(Setting.PEERING.key(), Json.Arr.class);
        List<PeerAddresses> all = new ArrayList<>();
        for (Json peer : peers.map(Json.Arr::items).orElse(List.of()))
            all.add(malformed(Setting.PEERING, () -> peered(peer)));
        return all;
    }

    private static PeerAddresses peered(Json peer) throws MalformedException {
        if (!(peer instanceof Json.Obj o)
                || !(o.get("ID").orElse(null) instanceof Json.Str(var id)))
            throw new MalformedException("each peer is {\"ID\": ..., \"Addrs\": [...]}");
        List<Multiaddr> addresses = new ArrayList<>();
        Json named = o.get("Addrs").orElse(new Json.Null());
        if (named instanceof Json.Arr(var items)) {
            for (Json item : items) {
                if (!(item instanceof Json.Str(var text)))
                    throw new MalformedException("an address is a text, not " + item.compact());
                addresses.add(Multiaddr.parse(text).withoutPeer());
            }
        } else if (!(named instanceof Json.Null))
            throw new MalformedException("\"Addrs\" is a list, not " + named.compact());
        return new PeerAddresses(PeerId.parse(id), addresses);
    }

    /// Looks at the bounds of connections alone.
    ///
    /// @throws RepoException when the low one is over the high one
    static void checkWatermarks(Config config) throws RepoException {
        Watermarks unusedFit = watermarks(config);
    }

    private static Watermarks watermarks(Config config) throws RepoException {
        String type = config.text(Setting.CONNECTIONS_TYPE.key()).orElse("basic");
        String graceText = config.text(Setting.CONNECTIONS_GRACE.key()).orElse("20s");
        Duration grace =
                Amount.time(graceText)
                        .orElseThrow(
                                () ->
                                        StorageSettings.wrong(
                                                Setting.CONNECTIONS_GRACE,
                                                graceText,
                                                "a time such as 20s or 1m"));
        Optional<Integer> low = count(config, Setting.CONNECTIONS_LOW, 0);
        Optional<Integer> high = count(config, Setting.CONNECTIONS_HIGH, 1);
        if (type.equals("none"))
            return new Watermarks(Integer.MAX_VALUE, Integer.MAX_VALUE, grace, SILENCE);
        if (!type.equals("basic"))
            throw StorageSettings.wrong(Setting.CONNECTIONS_TYPE, type, "basic or none");
        int most = high.orElse(Watermarks.DEFAULT.high());
        int least = low.orElse(Watermarks.DEFAULT.low());
        if (least > most && low.isPresent())
            throw StorageSettings.wrong(
                    Setting.CONNECTIONS_LOW,
                    "" + least,
                    "a number up to " + Setting.CONNECTIONS_HIGH.key() + ", which is " + most);
        if (least > most)
            throw StorageSettings.wrong(
                    Setting.CONNECTIONS_HIGH,
                    "" + most,
                    "a number from " + Setting.CONNECTIONS_LOW.key() + " on, which is " + least);
        return new Watermarks(least, most, grace, SILENCE);
    }

    private static Limits limits(Config config, Watermarks watermarks) throws RepoException {
        long memory = Runtime.getRuntime().maxMemory() / HEAP_SHARE;
        Optional<String> text = config.text(Setting.MAX_MEMORY.key());
        if (text.isPresent()) {
            memory = bytes(Setting.MAX_MEMORY, text.get(), "a size such as 512MB");
            if (memory < LEAST_MEMORY)
                throw StorageSettings.wrong(
                        Setting.MAX_MEMORY, text.get(), "a size of 16MiB or more");
        }
        int descriptors = count(config, Setting.MAX_DESCRIPTORS, 1).orElse(DESCRIPTORS);
        if (!config.bool(Setting.RESOURCES.key()).orElse(true)) return unlimited();
        Limits usual = Limits.of(Math.max(memory, LEAST_COUNTED_MEMORY), descriptors);
        int connections =
                Math.max(
                        usual.system().connections(),
                        (int) Math.min(2L * watermarks.high(), ScopeLimits.UNLIMITED));
        return new Limits(
                withConnections(usual.system(), connections, memory),
                capped(usual.transientScope(), memory / 4),
                capped(usual.peer(), memory),
                capped(usual.protocol(), memory / 2),
                capped(usual.peerProtocol(), memory / 2),
                capped(usual.connection(), memory),
                capped(usual.stream(), memory),
                usual.connectionsPerAddress(),
                usual.spareShare());
    }

    /// The connection manager must find more than it wants, or it never comes to choose: so much by
    /// what comes in alone. A share stays for the connections that this node makes.
    private static ScopeLimits withConnections(ScopeLimits usual, int connections, long memory) {
        return new ScopeLimits(
                connections,
                connections - connections / OUTBOUND_SHARE,
                connections,
                usual.streams(),
                usual.inboundStreams(),
                usual.outboundStreams(),
                memory,
                usual.descriptors());
    }

    private static ScopeLimits capped(ScopeLimits usual, long memory) {
        return new ScopeLimits(
                usual.connections(),
                usual.inboundConnections(),
                usual.outboundConnections(),
                usual.streams(),
                usual.inboundStreams(),
                usual.outboundStreams(),
                Math.min(usual.memory(), memory),
                usual.descriptors());
    }

    private static Limits unlimited() {
        int n = ScopeLimits.UNLIMITED;
        ScopeLimits all = new ScopeLimits(n, n, n, n, n, n, Long.MAX_VALUE, n);
        return new Limits(all, all, all, all, all, all, all, n, 1);
    }

    private static Rates rates(Config config) throws RepoException {
        return new Rates(
                rate(config, Setting.UPLOAD),
                rate(config, Setting.DOWNLOAD),
                rate(config, Setting.PEER_UPLOAD),
                rate(config, Setting.PEER_DOWNLOAD),
                config.bool(Setting.LIMITS_LOCAL.key()).orElse(false));
    }

    private static long rate(Config config, Setting setting) throws RepoException {
        String text = config.text(setting.key()).orElse("0");
        return bytes(setting, text, "bytes a second such as 2MB or 500KiB, or 0 for no limit");
    }

    private static long bytes(Setting setting, String text, String wanted) throws RepoException {
        if (Amount.bytes(text) instanceof Amount.Of(long bytes)) return bytes;
        throw StorageSettings.wrong(setting, text, wanted);
    }

    private static DnsSettings dns(Config config) throws RepoException {
        Map<String, String> resolvers = new LinkedHashMap<>();
        Optional<Json.Obj> named = config.value(Setting.RESOLVERS.key(), Json.Obj.class);
        if (named.isEmpty()) return DnsSettings.system();
        for (Map.Entry<String, Json> entry : named.get().members().entrySet()) {
            if (!(entry.getValue() instanceof Json.Str(var text)))
                throw StorageSettings.wrong(
                        Setting.RESOLVERS,
                        entry.getValue().compact(),
                        "texts by suffixes of names");
            resolvers.put(entry.getKey(), text);
        }
        return malformed(Setting.RESOLVERS, () -> DnsSettings.parse(resolvers));
    }

    private static Optional<Integer> count(Config config, Setting setting, int least)
            throws RepoException {
        Optional<Long> number = config.number(setting.key());
        if (number.isPresent() && (number.get() < least || number.get() > Integer.MAX_VALUE))
            throw StorageSettings.wrong(
                    setting, "" + number.get(), "a number of " + least + " or more");
        return number.map(Long::intValue);
    }

    private static List<Multiaddr> addresses(Config config, Setting setting) throws RepoException {
        List<String> texts = texts(config, setting);
        List<Multiaddr> addresses = new ArrayList<>();
        for (String text : texts) addresses.add(malformed(setting, () -> Multiaddr.parse(text)));
        return addresses;
    }

    private static List<String> texts(Config config, Setting setting) throws RepoException {
        Optional<List<String>> set = config.texts(setting.key());
        if (set.isPresent()) return set.get();
        Json fallback = setting.fallback().orElse(new Json.Arr(List.of()));
        return new Config(new Json.Obj(Map.of("Default", fallback)))
                .texts("Default")
                .orElse(List.of());
    }

    /// What a setting's text is read to.
    @FunctionalInterface
    private interface Reading<T> {
        T read() throws MalformedException, RepoException;
    }

    private static <T> T malformed(Setting setting, Reading<T> reading) throws RepoException {
        try {
            return reading.read();
        } catch (MalformedException e) {
            throw new RepoException("the setting " + setting.key() + ": " + e.getMessage(), e);
        }
    }
}
