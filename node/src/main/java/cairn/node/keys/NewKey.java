package cairn.node.keys;

import cairn.libp2p.crypto.SigningKey;
import cairn.multiformats.peer.KeyType;
import java.util.Arrays;
import java.util.Optional;

/// Makes keys of the type and size that somebody named.
public final class NewKey {
    /// What all keys but RSA's have.
    private static final int CURVE_BITS = 256;

    private NewKey() {}

    /// A new key.
    ///
    /// @param label of the type; Ed25519 where none is named
    /// @param size in bits
    /// @throws KeyException when there is no such type, or it has no keys of that size
    public static SigningKey generate(Optional<String> label, Optional<Long> size)
            throws KeyException {
        KeyType type = type(label.orElse(KeyType.ED25519.label()));
        if (type == KeyType.RSA) {
            long bits = size.orElse((long) SigningKey.RSA_BITS);
            if (bits < SigningKey.MIN_RSA_BITS)
                throw new KeyException(
                        "rsa keys must be >= " + SigningKey.MIN_RSA_BITS + " bits to be useful");
            if (bits > SigningKey.MAX_RSA_BITS)
                throw new KeyException("rsa keys must be <= " + SigningKey.MAX_RSA_BITS + " bits");
            return SigningKey.generateRsa((int) bits);
        }
        if (size.isPresent() && size.get() != CURVE_BITS)
            throw new KeyException(
                    "invalid key size "
                            + size.get()
                            + ": "
                            + type.label()
                            + " keys are always "
                            + CURVE_BITS
                            + " bits");
        return SigningKey.generate(type);
    }

    private static KeyType type(String label) throws KeyException {
        Optional<KeyType> named =
                Arrays.stream(KeyType.values()).filter(t -> t.label().equals(label)).findFirst();
        if (named.isPresent()) return named.get();
        throw new KeyException(
                "unrecognized key type: "
                        + label.substring(0, Math.min(label.length(), KeyName.MAX_BYTES))
                        + "; there are ed25519, rsa, secp256k1 and ecdsa");
    }
}
