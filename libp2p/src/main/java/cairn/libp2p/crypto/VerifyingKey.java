package cairn.libp2p.crypto;

import cairn.multiformats.MalformedException;
import cairn.multiformats.peer.PublicKey;

/// A verifying key is a [PublicKey] that was read and found to be a key of its type. Reading one
/// costs a part of what verifying does, so it is kept where there is more to verify. Immutable, for
/// use by many threads.
public abstract sealed class VerifyingKey
        permits Ed25519VerifyingKey, RsaVerifyingKey, CurveVerifyingKey {
    VerifyingKey() {}

    /// The key of some bytes.
    ///
    /// @throws MalformedException when they are no key of the type, or one that is too large
    public static VerifyingKey of(PublicKey key) throws MalformedException {
        byte[] data = key.data();
        return switch (key.type()) {
            case ED25519 -> Ed25519VerifyingKey.of(data);
            case RSA -> RsaVerifyingKey.of(data);
            case SECP256K1 -> Secp256k1SigningKey.verifyingKey(data);
            case ECDSA -> EcdsaSigningKey.verifyingKey(data);
        };
    }

    /// Whether the key's owner signed the message. What is no signature at all, nobody did.
    public abstract boolean verify(byte[] message, byte[] signature);
}
