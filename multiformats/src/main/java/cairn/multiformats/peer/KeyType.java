package cairn.multiformats.peer;

import java.util.Optional;

/// The kinds of keys that a peer may have, by their number in the `KeyType` of libp2p's protobuf.
/// Source: libp2p/specs, peer-ids, "Keys".
public enum KeyType {
    /// PKIX (SubjectPublicKeyInfo) in DER.
    RSA(0, "rsa"),
    /// The 32 bytes of RFC 8032.
    ED25519(1, "ed25519"),
    /// The compressed point, 33 bytes.
    SECP256K1(2, "secp256k1"),
    /// PKIX (SubjectPublicKeyInfo) in DER, curve P-256.
    ECDSA(3, "ecdsa");

    private final int code;
    private final String label;

    KeyType(int code, String label) {
        this.code = code;
        this.label = label;
    }

    /// The kind with a number.
    public static Optional<KeyType> of(long code) {
        for (KeyType type : values()) if (type.code == code) return Optional.of(type);
        return Optional.empty();
    }

    /// The number on the wire.
    public int code() {
        return code;
    }

    /// The name that commands take, such as `ed25519`.
    public String label() {
        return label;
    }
}
