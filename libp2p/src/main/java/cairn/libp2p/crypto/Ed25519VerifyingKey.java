package cairn.libp2p.crypto;

import cairn.multiformats.MalformedException;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/// An Ed25519 public key, its point decoded. Source: RFC 8032, 5.1.7.
final class Ed25519VerifyingKey extends VerifyingKey {
    private final Ed25519PublicKeyParameters key;

    private Ed25519VerifyingKey(Ed25519PublicKeyParameters key) {
        this.key = key;
    }

    static VerifyingKey of(byte[] data) throws MalformedException {
        if (data.length != Ed25519.PUBLIC_KEY_SIZE)
            throw new MalformedException("ed25519 public key of " + data.length + " bytes");
        try {
            return new Ed25519VerifyingKey(new Ed25519PublicKeyParameters(data));
        } catch (IllegalArgumentException e) {
            throw new MalformedException("ed25519 public key is no point: " + e.getMessage());
        }
    }

    @Override
    public boolean verify(byte[] message, byte[] signature) {
        return signature.length == Ed25519.SIGNATURE_SIZE
                && key.verify(
                        Ed25519.Algorithm.Ed25519, null, message, 0, message.length, signature, 0);
    }
}
