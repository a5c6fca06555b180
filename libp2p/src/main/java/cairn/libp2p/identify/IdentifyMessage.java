package cairn.libp2p.identify;

import cairn.multiformats.MalformedException;
import cairn.multiformats.multiaddr.Multiaddr;
import cairn.multiformats.protobuf.ProtoMessage;
import cairn.multiformats.protobuf.ProtoReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a peer says of itself, as the identify protocol writes it. It may come in several messages,
/// which are merged: lists add up, of single fields the last counts.
///
/// **Limits:** [#MAX_ADDRESSES] and [#MAX_PROTOCOLS] are kept, the rest is dropped; an address that
/// can't be read is dropped alone.
///
/// @param publicKey the key in its protobuf form; empty where it wasn't sent
/// @param signedPeerRecord an envelope; empty where none was sent
record IdentifyMessage(
        Optional<ByteBuffer> publicKey,
        List<Multiaddr> listenAddresses,
        Set<String> protocols,
        Optional<Multiaddr> observedAddress,
        Optional<String> protocolVersion,
        Optional<String> agentVersion,
        Optional<ByteBuffer> signedPeerRecord) {
    static final int MAX_ADDRESSES = 500;
    static final int MAX_PROTOCOLS = 1024;

    /// The longest name of a protocol or program that is kept.
    private static final int MAX_TEXT_BYTES = 256;

    private static final int PUBLIC_KEY = 1;
    private static final int LISTEN_ADDRESSES = 2;
    private static final int PROTOCOLS = 3;
    private static final int OBSERVED_ADDRESS = 4;
    private static final int PROTOCOL_VERSION = 5;
    private static final int AGENT_VERSION = 6;
    private static final int SIGNED_PEER_RECORD = 8;

    static final IdentifyMessage EMPTY =
            new IdentifyMessage(
                    Optional.empty(),
                    List.of(),
                    Set.of(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());

    IdentifyMessage {
        listenAddresses = List.copyOf(listenAddresses);
    }

    /// Reads one message and merges it into this one.
    IdentifyMessage merge(byte[] message) throws MalformedException {
        var in = new ProtoReader("identify", ByteBuffer.wrap(message));
        Set<Multiaddr> addresses = new LinkedHashSet<>(listenAddresses);
        Set<String> served = new LinkedHashSet<>(protocols);
        var key = publicKey;
        var observed = observedAddress;
        var version = protocolVersion;
        var agent = agentVersion;
        var peerRecord = signedPeerRecord;
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case PUBLIC_KEY -> key = Optional.of(in.bytes("publicKey"));
                case LISTEN_ADDRESSES -> {
                    Optional<Multiaddr> address = address(in.bytes("listenAddrs"));
                    if (addresses.size() < MAX_ADDRESSES) address.ifPresent(addresses::add);
                }
                case PROTOCOLS -> {
                    Optional<String> name = text(in.bytes("protocols"));
                    if (served.size() < MAX_PROTOCOLS) name.ifPresent(served::add);
                }
                case OBSERVED_ADDRESS -> observed = address(in.bytes("observedAddr"));
                case PROTOCOL_VERSION -> version = text(in.bytes("protocolVersion"));
                case AGENT_VERSION -> agent = text(in.bytes("agentVersion"));
                case SIGNED_PEER_RECORD -> peerRecord = Optional.of(in.bytes("signedPeerRecord"));
                default -> in.skip();
            }
        }
        return new IdentifyMessage(
                key, new ArrayList<>(addresses), served, observed, version, agent, peerRecord);
    }

    /// The messages that say all this: one, or two where the signed record would make one larger
    /// than `maxBytes`.
    List<byte[]> encode(int maxBytes) {
        ProtoMessage message = new ProtoMessage();
        publicKey.ifPresent(key -> message.bytes(PUBLIC_KEY, bytes(key)));
        for (Multiaddr address : listenAddresses) message.bytes(LISTEN_ADDRESSES, address.bytes());
        for (String protocol : protocols) message.text(PROTOCOLS, protocol);
        observedAddress.ifPresent(address -> message.bytes(OBSERVED_ADDRESS, address.bytes()));
        protocolVersion.ifPresent(version -> message.text(PROTOCOL_VERSION, version));
        agentVersion.ifPresent(agent -> message.text(AGENT_VERSION, agent));
        if (signedPeerRecord.isEmpty()) return List.of(message.encode());
        byte[] signed =
                new ProtoMessage()
                        .bytes(SIGNED_PEER_RECORD, bytes(signedPeerRecord.get()))
                        .encode();
        byte[] plain = message.encode();
        if (plain.length + signed.length > maxBytes) return List.of(plain, signed);
        return List.of(message.bytes(SIGNED_PEER_RECORD, bytes(signedPeerRecord.get())).encode());
    }

    static byte[] bytes(ByteBuffer view) {
        byte[] bytes = new byte[view.remaining()];
        view.duplicate().get(bytes);
        return bytes;
    }

    private static Optional<Multiaddr> address(ByteBuffer view) {
        try {
            return Optional.of(Multiaddr.of(bytes(view)));
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(ByteBuffer view) {
        if (view.remaining() == 0 || view.remaining() > MAX_TEXT_BYTES) return Optional.empty();
        return Optional.of(StandardCharsets.UTF_8.decode(view.duplicate()).toString());
    }
}
