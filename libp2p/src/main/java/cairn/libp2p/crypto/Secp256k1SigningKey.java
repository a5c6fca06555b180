package cairn.libp2p.crypto;

import cairn.multiformats.MalformedException;
import cairn.multiformats.peer.KeyType;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;

/// A secp256k1 private key: its number in 32 bytes. The public key is the compressed point in 33.
/// Source: SEC 1, 2.3; libp2p/specs, peer-ids, "Secp256k1".
final class Secp256k1SigningKey extends SigningKey {
    private static final int POINT_BYTES = 33;

    private final ECPrivateKeyParameters key;

    Secp256k1SigningKey(ECPrivateKeyParameters key) {
        super(KeyType.SECP256K1, Curve.SECP256K1.point(key, true));
        this.key = key;
    }

    static SigningKey create() {
        return new Secp256k1SigningKey(Curve.SECP256K1.generate());
    }

    static SigningKey of(byte[] data) throws MalformedException {
        return new Secp256k1SigningKey(Curve.SECP256K1.scalar(data));
    }

    /// Points in a longer form, which some programs take, would have a second peer id.
    static VerifyingKey verifyingKey(byte[] data) throws MalformedException {
        if (data.length != POINT_BYTES)
            throw new MalformedException("secp256k1 public key of " + data.length + " bytes");
        return new CurveVerifyingKey(Curve.SECP256K1.point(data));
    }

    @Override
    public byte[] sign(byte[] message) {
        return Curve.SECP256K1.sign(key, message);
    }

    @Override
    byte[] data() {
        return Curve.bytes(key);
    }

    byte[] sec1() {
        return Sec1.write(Curve.SECP256K1, key, false);
    }
}
