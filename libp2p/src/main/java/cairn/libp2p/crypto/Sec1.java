package cairn.libp2p.crypto;

import cairn.multiformats.MalformedException;
import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;

/// A private key on a curve as `ECPrivateKey` in DER: version, number, and, unless left out, the
/// name of the curve and the public key. Source: RFC 5915, 3.
final class Sec1 {
    private static final byte[] VERSION = DerWriter.number(BigInteger.ONE);
    private static final int PARAMETERS = 0xa0;
    private static final int PUBLIC_KEY = 0xa1;

    private Sec1() {}

    /// Reads a key.
    ///
    /// @throws MalformedException also when it is on another curve, or its public key is another's
    static ECPrivateKeyParameters read(Curve curve, byte[] data) throws MalformedException {
        DerReader all = new DerReader(curve + " private key", data);
        DerReader in = all.within(DerReader.SEQUENCE);
        all.end();
        in.expect(VERSION, "of version 1");
        ECPrivateKeyParameters key = curve.scalar(in.bytes(DerReader.OCTET_STRING));
        if (in.isNext(PARAMETERS)) {
            DerReader parameters = in.within(PARAMETERS);
            parameters.expect(curve.oid(), "on " + curve);
            parameters.end();
        }
        if (in.isNext(PUBLIC_KEY)) {
            byte[] bits = in.bytes(PUBLIC_KEY);
            if (!Arrays.equals(bits, bits(curve.point(key, false)))
                    && !Arrays.equals(bits, bits(curve.point(key, true))))
                throw new MalformedException(curve + " private key with another's public key");
        }
        in.end();
        return key;
    }

    /// @param named whether with the name of the curve; without it, where what contains it has it
    static byte[] write(Curve curve, ECPrivateKeyParameters key, boolean named) {
        return DerWriter.value(
                DerReader.SEQUENCE,
                VERSION,
                DerWriter.value(DerReader.OCTET_STRING, Curve.bytes(key)),
                named ? DerWriter.value(PARAMETERS, curve.oid()) : new byte[0],
                DerWriter.value(PUBLIC_KEY, bits(curve.point(key, false))));
    }

    /// Bytes as a string of bits.
    static byte[] bits(byte[] bytes) {
        return DerWriter.value(DerReader.BIT_STRING, new byte[1], bytes);
    }
}
