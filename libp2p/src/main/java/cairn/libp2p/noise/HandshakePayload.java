package cairn.libp2p.noise;

import cairn.libp2p.crypto.SigningKey;
import cairn.libp2p.crypto.VerifyingKey;
import cairn.multiformats.MalformedException;
import cairn.multiformats.peer.PublicKey;
import cairn.multiformats.protobuf.ProtoMessage;
import cairn.multiformats.protobuf.ProtoReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// What an end says of itself within the handshake: its peer's key, that peer's signature over the
/// static key, and the muxers that it speaks. A protobuf message `{identity_key = 1, identity_sig =
/// 2, extensions = 4 {stream_muxers = 2}}`. Source: libp2p/specs, noise, "The libp2p Handshake
/// Payload".
final class HandshakePayload {
    /// The most muxers that are listened to: a longer list counts as none, as in go-libp2p.
    static final int MAX_MUXERS = 100;

    /// What a static key is signed behind, so that the signature fits nothing else.
    private static final byte[] CONTEXT =
            "noise-libp2p-static-key:".getBytes(StandardCharsets.US_ASCII);

    private final PublicKey key;
    private final byte[] signature;
    private final List<String> muxers;

    private HandshakePayload(PublicKey key, byte[] signature, List<String> muxers) {
        this.key = key;
        this.signature = signature;
        this.muxers = muxers;
    }

    static HandshakePayload sign(SigningKey peer, byte[] staticKey, List<String> muxers) {
        return new HandshakePayload(
                peer.publicKey(), peer.sign(message(staticKey)), List.copyOf(muxers));
    }

    /// Reads one; its signature is not yet checked.
    static HandshakePayload decode(byte[] encoded) throws MalformedException {
        var in = new ProtoReader("noise payload", ByteBuffer.wrap(encoded));
        byte[] key = new byte[0];
        byte[] signature = new byte[0];
        List<String> muxers = new ArrayList<>();
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> key = bytes(in.bytes("identity_key"));
                case 2 -> signature = bytes(in.bytes("identity_sig"));
                case 4 -> readMuxers(in.bytes("extensions"), muxers);
                default -> in.skip();
            }
        }
        if (muxers.size() > MAX_MUXERS) muxers.clear();
        return new HandshakePayload(PublicKey.decode(key), signature, List.copyOf(muxers));
    }

    private static void readMuxers(ByteBuffer extensions, List<String> muxers)
            throws MalformedException {
        var in = new ProtoReader("noise extensions", extensions);
        for (int field = in.next(); field != 0; field = in.next()) {
            if (field == 2) {
                String muxer = new String(bytes(in.bytes("stream_muxers")), StandardCharsets.UTF_8);
                if (muxers.size() <= MAX_MUXERS) muxers.add(muxer);
            } else in.skip();
        }
    }

    byte[] encode() {
        var message = new ProtoMessage().bytes(1, key.encode()).bytes(2, signature);
        if (muxers.isEmpty()) return message.encode();
        var extensions = new ProtoMessage();
        for (String muxer : muxers) extensions.text(2, muxer);
        return message.message(4, extensions).encode();
    }

    /// The peer's key; proven only if [#signs] says so.
    PublicKey key() {
        return key;
    }

    /// The muxers, best first; none where too many were named.
    List<String> muxers() {
        return muxers;
    }

    /// Whether the peer signed this static key.
    ///
    /// @throws MalformedException when the peer's key is none of its type
    boolean signs(byte[] staticKey) throws MalformedException {
        return VerifyingKey.of(key).verify(message(staticKey), signature);
    }

    private static byte[] message(byte[] staticKey) {
        return ByteBuffer.allocate(CONTEXT.length + staticKey.length)
                .put(CONTEXT)
                .put(staticKey)
                .array();
    }

    private static byte[] bytes(ByteBuffer view) {
        byte[] copy = new byte[view.remaining()];
        view.get(copy);
        return copy;
    }
}
