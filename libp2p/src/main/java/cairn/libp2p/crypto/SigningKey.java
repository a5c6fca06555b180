package cairn.libp2p.crypto;

import cairn.multiformats.MalformedException;
import cairn.multiformats.peer.KeyMessage;
import cairn.multiformats.peer.KeyType;
import cairn.multiformats.peer.PeerId;
import cairn.multiformats.peer.PublicKey;

/// A signing key is the private key of a peer, or of a name: whoever has it is that peer. It was
/// checked to be whole and to belong to its public key. Immutable, for use by many threads.
public abstract sealed class SigningKey
        permits Ed25519SigningKey, RsaSigningKey, Secp256k1SigningKey, EcdsaSigningKey {
    /// The most bytes that an encoded private key may have: an RSA key of 8192 bits has about
    /// 4,700.
    public static final int MAX_BYTES = 8192;

    /// The fewest bits of an RSA key: fewer can be factored.
    public static final int MIN_RSA_BITS = 2048;

    /// The most bits of an RSA key: more cost the verifier too much.
    public static final int MAX_RSA_BITS = 8192;

    /// The bits of an RSA key, as most programs make them.
    public static final int RSA_BITS = 2048;

    private final PublicKey publicKey;

    SigningKey(KeyType type, byte[] publicData) {
        this.publicKey = PublicKey.of(type, publicData);
    }

    /// A new Ed25519 key.
    public static SigningKey generate() {
        return Ed25519SigningKey.create();
    }

    /// A new key of a type; an RSA key has [#RSA_BITS].
    public static SigningKey generate(KeyType type) {
        return switch (type) {
            case ED25519 -> Ed25519SigningKey.create();
            case RSA -> RsaSigningKey.create(RSA_BITS);
            case SECP256K1 -> Secp256k1SigningKey.create();
            case ECDSA -> EcdsaSigningKey.create();
        };
    }

    /// A new RSA key of so many bits.
    ///
    /// @throws IllegalArgumentException when they are fewer than [#MIN_RSA_BITS] or more than
    ///   [#MAX_RSA_BITS]
    public static SigningKey generateRsa(int bits) {
        return RsaSigningKey.create(bits);
    }

    /// Reads a key from its protobuf message `{Type = 1, Data = 2}`.
    ///
    /// @throws MalformedException when it isn't one, or the data is no private key of the type
    public static SigningKey decode(byte[] encoded) throws MalformedException {
        KeyMessage message = KeyMessage.decode("private key", encoded, MAX_BYTES);
        byte[] data = message.bytes();
        return switch (message.type()) {
            case ED25519 -> Ed25519SigningKey.of(data);
            case RSA -> RsaSigningKey.of(data);
            case SECP256K1 -> Secp256k1SigningKey.of(data);
            case ECDSA -> EcdsaSigningKey.of(data);
        };
    }

    /// Reads a key from PEM text that holds a PKCS #8 key without a password, as OpenSSL writes it.
    ///
    /// @throws MalformedException when it doesn't, or the key's type isn't one of peers
    public static SigningKey ofPem(byte[] text) throws MalformedException {
        return Pkcs8.read(Pem.read(text));
    }

    /// Whether bytes that are no key may be meant for [#ofPem].
    public static boolean isLikePem(byte[] text) {
        return Pem.isLike(text);
    }

    /// The key as PEM text that holds a PKCS #8 key. Who reads it has the key.
    public final String pem() {
        return Pem.write(Pkcs8.write(this));
    }

    /// The protobuf message. Who reads it has the key.
    public final byte[] encode() {
        return KeyMessage.of(type(), data()).encode();
    }

    /// The signature of a message, in the form of the key's type.
    public abstract byte[] sign(byte[] message);

    /// The private key in the form of its type, as `Data` of the protobuf message.
    abstract byte[] data();

    /// The kind of the key.
    public final KeyType type() {
        return publicKey.type();
    }

    public final PublicKey publicKey() {
        return publicKey;
    }

    public final PeerId peerId() {
        return publicKey.peerId();
    }

    /// What is public of it.
    @Override
    public final String toString() {
        return "private " + publicKey;
    }
}
