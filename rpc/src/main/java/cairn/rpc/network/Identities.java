package cairn.rpc.network;

import cairn.libp2p.crypto.SigningKey;
import cairn.libp2p.discovery.PeerAddresses;
import cairn.libp2p.host.Host;
import cairn.libp2p.swarm.Connection;
import cairn.libp2p.swarm.RemoteInfo;
import cairn.multiformats.multiaddr.Multiaddr;
import cairn.multiformats.peer.PeerId;
import cairn.node.json.Json;
import cairn.rpc.server.Reply;
import cairn.rpc.server.Request;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// What this node and others are: `id`.
final class Identities {
    /// How long a peer may take to say what it is.
    private static final Duration IDENTIFY_TIME = Duration.ofSeconds(10);

    private final Host host;
    private final String agent;

    Identities(Host host, String agent) {
        this.host = host;
        this.agent = agent;
    }

    void id(Request request, Reply reply) throws IOException {
        Function<PeerId, String> form = form(request.text("peerid-base").orElse("b58mh"));
        Optional<String> named = request.argument();
        if (named.isEmpty()) {
            reply.value(own(form));
            return;
        }
        PeerAddresses peer = Words.peer(named.get());
        if (peer.peer().equals(host.id())) reply.value(own(form));
        else reply.value(other(peer, form));
    }

    private static Function<PeerId, String> form(String base) throws WrongArgumentException {
        return PeerIdentity.form(base)
                .orElseThrow(
                        () ->
                                new WrongArgumentException(
                                        "unsupported multibase encoding: " + Request.brief(base)));
    }

    private Json own(Function<PeerId, String> form) {
        SigningKey key = host.identity();
        return PeerIdentity.object(
                form.apply(key.peerId()),
                Optional.of(key.publicKey()),
                withPeer(host.announcedAddresses(), key.peerId()),
                agent,
                host.swarm().protocols());
    }

    private Json other(PeerAddresses peer, Function<PeerId, String> form) throws IOException {
        Connection connection = host.swarm().connect(peer.peer(), peer.addresses(), true);
        try {
            if (!connection.awaitIdentified(IDENTIFY_TIME) || connection.remoteInfo().isEmpty())
                throw new IOException("peer " + peer.peer() + " doesn't say what it is");
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        RemoteInfo info = connection.remoteInfo().orElseThrow();
        return PeerIdentity.object(
                form.apply(peer.peer()),
                Optional.of(connection.remoteKey()),
                withPeer(host.peers().addresses(peer.peer()), peer.peer()),
                info.agentVersion(),
                info.protocols());
    }

    private static InterruptedIOException interrupted(InterruptedException e) {
        InterruptedIOException told = new InterruptedIOException("interrupted");
        told.initCause(e);
        return told;
    }

    /// What a connection's other end is, as far as it said.
    Json identify(Connection connection) {
        Optional<RemoteInfo> info = connection.remoteInfo();
        return PeerIdentity.object(
                connection.peer().toString(),
                Optional.of(connection.remoteKey()),
                withPeer(host.peers().addresses(connection.peer()), connection.peer()),
                info.map(RemoteInfo::agentVersion).orElse(""),
                info.map(RemoteInfo::protocols).map(List::copyOf).orElse(List.of()));
    }

    /// What stands where nobody asked what the other end is.
    static Json nothing() {
        return PeerIdentity.object("", Optional.empty(), List.of(), "", List.of());
    }

    private static List<Multiaddr> withPeer(List<Multiaddr> addresses, PeerId peer) {
        return addresses.stream().map(address -> address.withoutPeer().withPeer(peer)).toList();
    }
}
