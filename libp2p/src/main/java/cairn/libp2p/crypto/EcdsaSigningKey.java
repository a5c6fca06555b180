package cairn.libp2p.crypto;

import cairn.multiformats.MalformedException;
import cairn.multiformats.peer.KeyType;
import java.util.Arrays;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;

/// An ECDSA private key on P-256: SEC 1's `ECPrivateKey` in DER. The public key is PKIX in DER with
/// the uncompressed point. Other curves are refused: other implementations don't know them. Source:
/// RFC 5915, 3; RFC 5480, 2; libp2p/specs, peer-ids, "ECDSA".
final class EcdsaSigningKey extends SigningKey {
    private static final int POINT_BYTES = 65;
    private static final byte UNCOMPRESSED = 4;

    private final ECPrivateKeyParameters key;

    EcdsaSigningKey(ECPrivateKeyParameters key) {
        super(KeyType.ECDSA, publicData(Curve.P256.point(key, false)));
        this.key = key;
    }

    static SigningKey create() {
        return new EcdsaSigningKey(Curve.P256.generate());
    }

    static SigningKey of(byte[] data) throws MalformedException {
        return new EcdsaSigningKey(Sec1.read(Curve.P256, data));
    }

    static VerifyingKey verifyingKey(byte[] data) throws MalformedException {
        DerReader all = new DerReader("ecdsa public key", data);
        DerReader info = all.within(DerReader.SEQUENCE);
        all.end();
        info.expect(Curve.P256.algorithm(), "on P-256");
        byte[] bits = info.bytes(DerReader.BIT_STRING);
        info.end();
        if (bits.length != 1 + POINT_BYTES || bits[0] != 0 || bits[1] != UNCOMPRESSED)
            throw new MalformedException("ecdsa public key: no uncompressed point");
        return new CurveVerifyingKey(Curve.P256.point(Arrays.copyOfRange(bits, 1, bits.length)));
    }

    @Override
    public byte[] sign(byte[] message) {
        return Curve.P256.sign(key, message);
    }

    @Override
    byte[] data() {
        return Sec1.write(Curve.P256, key, true);
    }

    byte[] sec1() {
        return Sec1.write(Curve.P256, key, false);
    }

    private static byte[] publicData(byte[] point) {
        return DerWriter.value(DerReader.SEQUENCE, Curve.P256.algorithm(), Sec1.bits(point));
    }
}
