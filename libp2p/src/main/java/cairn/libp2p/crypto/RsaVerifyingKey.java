package cairn.libp2p.crypto;

import cairn.multiformats.MalformedException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.RSAPublicKeySpec;
import java.util.HexFormat;

/// An RSA public key: PKIX in DER. It verifies PKCS #1 v1.5 over SHA-256 with the JDK's provider,
/// which is as fast as BouncyCastle's and tests no modulus for being prime.
///
/// **Limits:** 2048 to 8192 bits, an odd exponent of at most 31, all counted in the DER before any
/// arithmetic: a key of megabits costs its verifier minutes (CVE-2023-39533). Source: RFC 8017,
/// A.1.1; RFC 5280, 4.1.
final class RsaVerifyingKey extends VerifyingKey {
    /// What programs use is 65537 and seldom 3; more bits cost more and give nothing.
    static final int MAX_EXPONENT_BITS = 31;

    /// `rsaEncryption`, with NULL for parameters.
    static final byte[] ALGORITHM = HexFormat.of().parseHex("300d06092a864886f70d0101010500");

    static final String SIGNATURE = "SHA256withRSA";
    static final String KEYS = "RSA";

    private static final BigInteger THREE = BigInteger.valueOf(3);

    private final PublicKey key;

    private RsaVerifyingKey(PublicKey key) {
        this.key = key;
    }

    static VerifyingKey of(byte[] data) throws MalformedException {
        DerReader all = new DerReader("rsa public key", data);
        DerReader info = all.within(DerReader.SEQUENCE);
        all.end();
        info.expect(ALGORITHM, "of RSA");
        DerReader bits = info.within(DerReader.BIT_STRING);
        info.end();
        bits.expect(new byte[1], "whole bytes");
        DerReader numbers = bits.within(DerReader.SEQUENCE);
        bits.end();
        BigInteger modulus = numbers.natural(SigningKey.MAX_RSA_BITS);
        BigInteger exponent = numbers.natural(MAX_EXPONENT_BITS);
        numbers.end();
        check(modulus, exponent);
        try {
            return new RsaVerifyingKey(
                    KeyFactory.getInstance(KEYS)
                            .generatePublic(new RSAPublicKeySpec(modulus, exponent)));
        } catch (InvalidKeySpecException e) {
            throw new MalformedException("rsa public key: " + e.getMessage());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has RSA", e);
        }
    }

    /// @throws MalformedException when no key of ours has these numbers
    static void check(BigInteger modulus, BigInteger exponent) throws MalformedException {
        if (modulus.bitLength() < SigningKey.MIN_RSA_BITS)
            throw new MalformedException(
                    "rsa key of "
                            + modulus.bitLength()
                            + " bits; at least "
                            + SigningKey.MIN_RSA_BITS);
        if (!modulus.testBit(0)) throw new MalformedException("rsa key with an even modulus");
        if (!exponent.testBit(0) || exponent.compareTo(THREE) < 0)
            throw new MalformedException("rsa key with the exponent " + exponent);
    }

    @Override
    public boolean verify(byte[] message, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance(SIGNATURE);
            verifier.initVerify(key);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (SignatureException e) {
            return false; // of another length
        } catch (InvalidKeyException e) {
            throw new IllegalStateException("a key that was checked when read", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + SIGNATURE, e);
        }
    }
}
