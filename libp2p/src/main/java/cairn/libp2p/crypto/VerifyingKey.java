package cairn.libp2p.crypto;

import cairn.multiformats.MalformedException;
import cairn.multiformats.peer.KeyType;
import cairn.multiformats.peer.PublicKey;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/// A verifying key is a [PublicKey] that was read and found to be a key of its type.
public final class VerifyingKey {
    private final Ed25519PublicKeyParameters key;

    private VerifyingKey(Ed25519PublicKeyParameters key) {
        this.key = key;
    }

    /// The key of some bytes.
    ///
    /// @throws MalformedException when they are no key of the type, or one that is too large
    public static VerifyingKey of(PublicKey key) throws MalformedException {
        if (key.type() != KeyType.ED25519 || key.data().length != 32)
            throw new MalformedException("no " + key.type().label() + " key");
        return new VerifyingKey(new Ed25519PublicKeyParameters(key.data()));
    }

    /// Whether the key's owner signed the message.
    public boolean verify(byte[] message, byte[] signature) {
        var signer = new Ed25519Signer();
        signer.init(false, key);
        signer.update(message, 0, message.length);
        return signer.verifySignature(signature);
    }
}
