package cairn.libp2p.crypto;

import cairn.multiformats.MalformedException;
import cairn.multiformats.peer.KeyType;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.RSAPrivateCrtKeySpec;

/// An RSA private key: PKCS #1 in DER, of two primes. Source: RFC 8017, A.1.2.
final class RsaSigningKey extends SigningKey {
    private static final byte[] VERSION = DerWriter.number(BigInteger.ZERO);

    private final RSAPrivateCrtKey key;

    private RsaSigningKey(RSAPrivateCrtKey key) {
        super(KeyType.RSA, publicData(key));
        this.key = key;
    }

    static SigningKey create(int bits) {
        if (bits < MIN_RSA_BITS || bits > MAX_RSA_BITS)
            throw new IllegalArgumentException(
                    "an rsa key has "
                            + MIN_RSA_BITS
                            + " to "
                            + MAX_RSA_BITS
                            + " bits, not "
                            + bits);
        try {
            var generator = KeyPairGenerator.getInstance(RsaVerifyingKey.KEYS);
            generator.initialize(bits);
            return new RsaSigningKey((RSAPrivateCrtKey) generator.generateKeyPair().getPrivate());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has RSA", e);
        }
    }

    static SigningKey of(byte[] data) throws MalformedException {
        DerReader all = new DerReader("rsa private key", data);
        DerReader in = all.within(DerReader.SEQUENCE);
        all.end();
        in.expect(VERSION, "of two primes");
        BigInteger modulus = in.natural(MAX_RSA_BITS);
        BigInteger exponent = in.natural(RsaVerifyingKey.MAX_EXPONENT_BITS);
        RsaVerifyingKey.check(modulus, exponent);
        BigInteger d = in.natural(modulus.bitLength());
        BigInteger p = in.natural(modulus.bitLength());
        BigInteger q = in.natural(modulus.bitLength());
        BigInteger dp = in.natural(p.bitLength());
        BigInteger dq = in.natural(q.bitLength());
        BigInteger qInverse = in.natural(p.bitLength());
        in.end();
        if (!fits(modulus, p, q)
                || !isExponent(exponent, d, dp, p)
                || !isExponent(exponent, d, dq, q)
                || qInverse.compareTo(p) >= 0
                || !isOne(qInverse.multiply(q), p))
            throw new MalformedException("rsa private key whose numbers don't belong together");
        try {
            var numbers = new RSAPrivateCrtKeySpec(modulus, exponent, d, p, q, dp, dq, qInverse);
            return new RsaSigningKey(
                    (RSAPrivateCrtKey)
                            KeyFactory.getInstance(RsaVerifyingKey.KEYS).generatePrivate(numbers));
        } catch (InvalidKeySpecException e) {
            throw new MalformedException("rsa private key: " + e.getMessage());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has RSA", e);
        }
    }

    private static boolean fits(BigInteger modulus, BigInteger p, BigInteger q) {
        return p.compareTo(BigInteger.ONE) > 0
                && q.compareTo(BigInteger.ONE) > 0
                && p.multiply(q).equals(modulus);
    }

    /// Whether a private exponent, and what is left of it for a prime, undo the public one.
    private static boolean isExponent(
            BigInteger exponent, BigInteger d, BigInteger left, BigInteger prime) {
        BigInteger order = prime.subtract(BigInteger.ONE);
        return d.mod(order).equals(left) && isOne(d.multiply(exponent), order);
    }

    private static boolean isOne(BigInteger product, BigInteger modulus) {
        return product.mod(modulus).equals(BigInteger.ONE);
    }

    @Override
    public byte[] sign(byte[] message) {
        try {
            Signature signer = Signature.getInstance(RsaVerifyingKey.SIGNATURE);
            signer.initSign(key);
            signer.update(message);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key that was checked when read", e);
        }
    }

    @Override
    byte[] data() {
        return DerWriter.value(
                DerReader.SEQUENCE,
                VERSION,
                DerWriter.number(key.getModulus()),
                DerWriter.number(key.getPublicExponent()),
                DerWriter.number(key.getPrivateExponent()),
                DerWriter.number(key.getPrimeP()),
                DerWriter.number(key.getPrimeQ()),
                DerWriter.number(key.getPrimeExponentP()),
                DerWriter.number(key.getPrimeExponentQ()),
                DerWriter.number(key.getCrtCoefficient()));
    }

    private static byte[] publicData(RSAPrivateCrtKey key) {
        byte[] numbers =
                DerWriter.value(
                        DerReader.SEQUENCE,
                        DerWriter.number(key.getModulus()),
                        DerWriter.number(key.getPublicExponent()));
        return DerWriter.value(
                DerReader.SEQUENCE,
                RsaVerifyingKey.ALGORITHM,
                DerWriter.value(DerReader.BIT_STRING, new byte[1], numbers));
    }
}
