package cairn.libp2p.crypto;

import cairn.multiformats.MalformedException;
import java.math.BigInteger;
import java.util.HexFormat;

/// A private key as `OneAsymmetricKey` in DER, as OpenSSL and others exchange it: the algorithm,
/// and the key in that algorithm's form. Source: RFC 5958, 2; RFC 8410, 7 (Ed25519).
final class Pkcs8 {
    private static final byte[] ED25519 = HexFormat.of().parseHex("300506032b6570");

    /// Both versions: the second may carry the public key too.
    private static final int VERSION_BITS = 1;

    private static final int ATTRIBUTES = 0xa0;
    private static final int PUBLIC_KEY = 0x81;

    private Pkcs8() {}

    static SigningKey read(byte[] der) throws MalformedException {
        DerReader all = new DerReader("PKCS #8 private key", der);
        DerReader in = all.within(DerReader.SEQUENCE);
        all.end();
        in.natural(VERSION_BITS);
        byte[] algorithm = DerWriter.value(DerReader.SEQUENCE, in.bytes(DerReader.SEQUENCE));
        byte[] key = in.bytes(DerReader.OCTET_STRING);
        if (in.isNext(ATTRIBUTES)) in.bytes(ATTRIBUTES);
        if (in.isNext(PUBLIC_KEY)) in.bytes(PUBLIC_KEY);
        in.end();
        return switch (HexFormat.of().formatHex(algorithm)) {
            case String a when is(a, ED25519) -> ed25519(key);
            case String a when is(a, RsaVerifyingKey.ALGORITHM) -> RsaSigningKey.of(key);
            case String a when is(a, Curve.SECP256K1.algorithm()) ->
                    new Secp256k1SigningKey(Sec1.read(Curve.SECP256K1, key));
            case String a when is(a, Curve.P256.algorithm()) ->
                    new EcdsaSigningKey(Sec1.read(Curve.P256, key));
            default ->
                    throw new MalformedException(
                            "PKCS #8 private key: neither Ed25519, RSA, secp256k1 nor P-256");
        };
    }

    private static boolean is(String hex, byte[] algorithm) {
        return hex.equals(HexFormat.of().formatHex(algorithm));
    }

    private static SigningKey ed25519(byte[] key) throws MalformedException {
        DerReader in = new DerReader("Ed25519 private key", key);
        byte[] seed = in.bytes(DerReader.OCTET_STRING);
        in.end();
        return Ed25519SigningKey.ofSeed(seed);
    }

    static byte[] write(SigningKey key) {
        return switch (key) {
            case Ed25519SigningKey k ->
                    write(ED25519, DerWriter.value(DerReader.OCTET_STRING, k.seed()));
            case RsaSigningKey k -> write(RsaVerifyingKey.ALGORITHM, k.data());
            case Secp256k1SigningKey k -> write(Curve.SECP256K1.algorithm(), k.sec1());
            case EcdsaSigningKey k -> write(Curve.P256.algorithm(), k.sec1());
        };
    }

    private static byte[] write(byte[] algorithm, byte[] key) {
        return DerWriter.value(
                DerReader.SEQUENCE,
                DerWriter.number(BigInteger.ZERO),
                algorithm,
                DerWriter.value(DerReader.OCTET_STRING, key));
    }
}
