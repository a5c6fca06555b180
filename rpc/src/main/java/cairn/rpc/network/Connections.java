package cairn.rpc.network;

import cairn.libp2p.discovery.PeerAddresses;
import cairn.libp2p.host.Host;
import cairn.libp2p.limits.Direction;
import cairn.libp2p.swarm.Connection;
import cairn.libp2p.swarm.ProtocolStream;
import cairn.multiformats.multiaddr.Multiaddr;
import cairn.multiformats.peer.PeerId;
import cairn.node.json.Json;
import cairn.rpc.server.GoDuration;
import cairn.rpc.server.Reply;
import cairn.rpc.server.Request;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Connections and addresses: `swarm/peers`, `connect`, `disconnect`, `addrs` and what is below it.
final class Connections {
    private static final int INBOUND = 1;
    private static final int OUTBOUND = 2;

    private final Host host;
    private final Identities identities;

    Connections(Host host, Identities identities) {
        this.host = host;
        this.identities = identities;
    }

    void peers(Request request, Reply reply) throws IOException {
        boolean verbose = request.flag("verbose");
        boolean latency = verbose || request.flag("latency");
        boolean direction = verbose || request.flag("direction");
        boolean streams = verbose || request.flag("streams");
        boolean identify = verbose || request.flag("identify");
        List<Json> peers = new ArrayList<>();
        List<Connection> connections = new ArrayList<>(host.swarm().connections());
        connections.sort(
                Comparator.comparing((Connection c) -> c.remoteAddress().toString())
                        .thenComparing(Connection::peer));
        for (Connection connection : connections) {
            Fields fields = new Fields();
            fields.text("Addr", connection.remoteAddress().withoutPeer());
            fields.text("Peer", connection.peer());
            if (latency) fields.text("Latency", latency(connection));
            if (direction) fields.number("Direction", number(connection.direction()));
            List<Json> protocols = streams(connection);
            if (streams && !protocols.isEmpty()) fields.put("Streams", new Json.Arr(protocols));
            fields.put(
                    "Identify", identify ? identities.identify(connection) : Identities.nothing());
            peers.add(fields.object());
        }
        reply.value(
                new Fields()
                        .put("Peers", peers.isEmpty() ? new Json.Null() : new Json.Arr(peers))
                        .object());
    }

    private String latency(Connection connection) {
        Optional<Duration> known =
                host.peers().latency(connection.peer()).or(connection::roundTrip);
        return known.map(GoDuration::text).orElse("n/a");
    }

    private static int number(Direction direction) {
        return switch (direction) {
            case INBOUND -> INBOUND;
            case OUTBOUND -> OUTBOUND;
        };
    }

    private static List<Json> streams(Connection connection) {
        return connection.streams().stream()
                .map(ProtocolStream::protocol)
                .sorted()
                .<Json>map(protocol -> new Fields().text("Protocol", protocol).object())
                .toList();
    }

    void connect(Request request, Reply reply) throws IOException {
        List<String> done = new ArrayList<>();
        for (PeerAddresses peer : Words.peers(request.arguments("address"))) {
            try {
                host.swarm().connect(peer.peer(), peer.addresses(), true);
            } catch (IOException e) {
                if (Thread.currentThread().isInterrupted()) throw e;
                throw new IOException("connect " + peer.peer() + " failure: " + e.getMessage(), e);
            }
            done.add("connect " + peer.peer() + " success");
        }
        strings(reply, done);
    }

    void disconnect(Request request, Reply reply) throws IOException {
        List<String> done = new ArrayList<>();
        List<PeerAddresses> peers = new ArrayList<>();
        for (String text : request.arguments("address")) peers.add(Words.peerAddresses(text));
        for (PeerAddresses peer : peers) {
            List<Connection> meant = new ArrayList<>();
            for (Connection connection : host.swarm().connections(peer.peer()))
                if (isMeant(connection, peer.addresses())) meant.add(connection);
            for (Connection connection : meant) connection.close();
            done.add(
                    "disconnect "
                            + peer.peer()
                            + (meant.isEmpty() ? " failure: conn not found" : " success"));
        }
        strings(reply, done);
    }

    private static boolean isMeant(Connection connection, List<Multiaddr> addresses) {
        return addresses.isEmpty() || addresses.contains(connection.remoteAddress().withoutPeer());
    }

    void addresses(Reply reply) throws IOException {
        Map<String, List<String>> known = new TreeMap<>();
        for (PeerId peer : host.peers().peers())
            known.put(peer.toString(), PeerIdentity.sorted(host.peers().addresses(peer)));
        known.put(host.id().toString(), PeerIdentity.sorted(host.announcedAddresses()));
        Fields all = new Fields();
        known.forEach(
                (peer, addresses) -> {
                    if (!addresses.isEmpty()) all.put(peer, Fields.strings(addresses));
                });
        reply.value(new Fields().put("Addrs", all.object()).object());
    }

    void local(Request request, Reply reply) throws IOException {
        List<Multiaddr> addresses = host.announcedAddresses();
        if (request.flag("id"))
            addresses = addresses.stream().map(a -> a.withPeer(host.id())).toList();
        strings(reply, PeerIdentity.sorted(addresses));
    }

    void listening(Reply reply) throws IOException {
        strings(reply, PeerIdentity.sorted(host.listenAddresses()));
    }

    static void strings(Reply reply, List<String> texts) throws IOException {
        reply.value(new Fields().textsOrNull("Strings", texts).object());
    }
}
