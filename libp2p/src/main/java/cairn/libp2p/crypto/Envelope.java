package cairn.libp2p.crypto;

import cairn.multiformats.MalformedException;
import cairn.multiformats.Varint;
import cairn.multiformats.peer.PublicKey;
import cairn.multiformats.protobuf.ProtoMessage;
import cairn.multiformats.protobuf.ProtoReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// An envelope is a payload with the signature of a peer, over the payload, its type and the domain
/// it was made for, so that it can't pass for anything else.
///
/// **Invariant:** the signature of every envelope has been made or verified here.
///
/// Bytes: protobuf `{public_key = 1, payload_type = 2, payload = 3, signature = 5}`. Signed are
/// domain, type and payload, each behind its length as a varint. Source: libp2p/specs, RFC 0002.
public final class Envelope {
    /// The most bytes of an envelope: what peers let pass in one identify message and far above
    /// what any of them sends.
    public static final int MAX_BYTES = 64 << 10;

    /// What an envelope is for.
    ///
    /// @param domain that keeps signatures apart
    /// @param type of the payload: two bytes, the first one the higher
    public record Kind(String domain, int type) {
        public Kind {
            if (type < 0 || type > 0xffff)
                throw new IllegalArgumentException("a payload type has two bytes, not " + type);
        }

        private byte[] typeBytes() {
            return new byte[] {(byte) (type >>> Byte.SIZE), (byte) type};
        }
    }

    private final PublicKey key;
    private final Kind kind;
    private final byte[] payload;
    private final byte[] signature;

    private Envelope(PublicKey key, Kind kind, byte[] payload, byte[] signature) {
        this.key = key;
        this.kind = kind;
        this.payload = payload;
        this.signature = signature;
    }

    /// Signs a payload.
    ///
    /// @throws IllegalArgumentException when the envelope would be longer than [#MAX_BYTES]
    public static Envelope seal(SigningKey key, Kind kind, byte[] payload) {
        Envelope sealed =
                new Envelope(
                        key.publicKey(), kind, payload.clone(), key.sign(signed(kind, payload)));
        int size = sealed.encode().length;
        if (size > MAX_BYTES) throw new IllegalArgumentException("envelope of " + size + " bytes");
        return sealed;
    }

    /// Reads an envelope and verifies it.
    ///
    /// @throws MalformedException when it isn't one, is of another kind, or the key in it didn't
    ///   sign it
    public static Envelope open(byte[] encoded, Kind kind) throws MalformedException {
        if (encoded.length > MAX_BYTES)
            throw new MalformedException("envelope of " + encoded.length + " bytes");
        byte[] key = {};
        byte[] type = {};
        byte[] payload = {};
        byte[] signature = {};
        var in = new ProtoReader("envelope", ByteBuffer.wrap(encoded));
        for (int field = in.next(); field != 0; field = in.next()) {
            switch (field) {
                case 1 -> key = in.copy("public key");
                case 2 -> type = in.copy("payload type");
                case 3 -> payload = in.copy("payload");
                case 5 -> signature = in.copy("signature");
                default -> in.skip();
            }
        }
        if (!Arrays.equals(type, kind.typeBytes()))
            throw new MalformedException("envelope: not of the type of a " + kind.domain);
        PublicKey publicKey = PublicKey.decode(key);
        if (!VerifyingKey.of(publicKey).verify(signed(kind, payload), signature))
            throw new MalformedException("envelope: not signed by its key, for " + kind.domain);
        return new Envelope(publicKey, kind, payload, signature);
    }

    /// Who signed.
    public PublicKey key() {
        return key;
    }

    public Kind kind() {
        return kind;
    }

    /// A copy of what was signed.
    public byte[] payload() {
        return payload.clone();
    }

    /// The envelope in bytes.
    public byte[] encode() {
        return new ProtoMessage()
                .bytes(1, key.encode())
                .bytes(2, kind.typeBytes())
                .bytes(3, payload)
                .bytes(5, signature)
                .encode();
    }

    private static byte[] signed(Kind kind, byte[] payload) {
        byte[] domain = kind.domain.getBytes(StandardCharsets.UTF_8);
        byte[] type = kind.typeBytes();
        ByteBuffer out = ByteBuffer.allocate(size(domain) + size(type) + size(payload));
        put(domain, out);
        put(type, out);
        put(payload, out);
        return out.array();
    }

    private static int size(byte[] part) {
        return Varint.size(part.length) + part.length;
    }

    private static void put(byte[] part, ByteBuffer out) {
        Varint.write(part.length, out);
        out.put(part);
    }
}
