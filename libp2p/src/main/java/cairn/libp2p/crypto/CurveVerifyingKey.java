package cairn.libp2p.crypto;

import org.bouncycastle.crypto.params.ECPublicKeyParameters;

/// A public key on secp256k1 or P-256, its point decoded.
final class CurveVerifyingKey extends VerifyingKey {
    private final ECPublicKeyParameters key;

    CurveVerifyingKey(ECPublicKeyParameters key) {
        this.key = key;
    }

    @Override
    public boolean verify(byte[] message, byte[] signature) {
        return Curve.verify(key, message, signature);
    }
}
