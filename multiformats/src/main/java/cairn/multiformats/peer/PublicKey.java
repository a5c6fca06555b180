package cairn.multiformats.peer;

import cairn.multiformats.MalformedException;
import cairn.multiformats.Multicodec;
import cairn.multiformats.Multihash;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/// A public key as peers exchange it: its type, and its bytes in that type's form. Not yet checked
/// to be a key: who verifies with it does that. Immutable.
///
/// On the wire it is a protobuf message `{Type = 1, Data = 2}`, always in that order and with
/// nothing else, because a peer's id is the hash of it. Source: libp2p/specs, peer-ids.
public final class PublicKey {
    /// The most bytes that an encoded key may have: an RSA key of 8192 bits has about 1,060.
    public static final int MAX_BYTES = 2048;

    /// Keys of at most so many bytes, encoded, are in their peer id as they are.
    static final int MAX_INLINE_BYTES = 42;

    private final KeyType type;
    private final byte[] data;

    private PublicKey(KeyType type, byte[] data) {
        this.type = type;
        this.data = data;
    }

    /// A key of its parts. The bytes are copied.
    ///
    /// @throws IllegalArgumentException when they would make an encoded key of more than
    ///   [#MAX_BYTES]
    public static PublicKey of(KeyType type, byte[] data) {
        PublicKey key = new PublicKey(type, data.clone());
        if (key.encode().length > MAX_BYTES)
            throw new IllegalArgumentException("a public key of " + data.length + " bytes");
        return key;
    }

    /// Reads a key from its protobuf message.
    ///
    /// @throws MalformedException when it isn't one message with a known type and data
    public static PublicKey decode(byte[] encoded) throws MalformedException {
        KeyMessage message = KeyMessage.decode("public key", encoded, MAX_BYTES);
        return new PublicKey(message.type(), message.bytes());
    }

    public KeyType type() {
        return type;
    }

    /// A copy of the key's bytes, in the form of its type.
    public byte[] data() {
        return data.clone();
    }

    /// The protobuf message.
    public byte[] encode() {
        return KeyMessage.of(type, data).encode();
    }

    /// The id of the peer that has this key: the encoded key itself where it is short, else its
    /// SHA-256.
    public PeerId peerId() {
        byte[] encoded = encode();
        if (encoded.length <= MAX_INLINE_BYTES)
            return PeerId.of(Multihash.of(Multicodec.IDENTITY, encoded));
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(encoded);
            return PeerId.of(Multihash.of(Multicodec.SHA2_256, digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof PublicKey other
                && type == other.type
                && Arrays.equals(data, other.data);
    }

    @Override
    public int hashCode() {
        return 31 * type.hashCode() + Arrays.hashCode(data);
    }

    /// The type and the peer id that the key derives.
    @Override
    public String toString() {
        return type.label() + " key of " + peerId();
    }
}
