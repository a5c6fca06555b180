package cairn.libp2p.tls;

import cairn.libp2p.crypto.DerReader;
import cairn.multiformats.MalformedException;
import cairn.multiformats.peer.PeerId;
import cairn.multiformats.peer.PublicKey;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.ProviderException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.Set;

/// The check of the certificate that a peer shows: it must prove that the peer has the key which
/// its id names. Source: libp2p/specs, tls, "Peer Authentication".
public final class PeerCertificates {
    /// The extension that holds a [SignedKey], critical or not.
    static final String EXTENSION = "1.3.6.1.4.1.53594.1.1";

    /// The largest RSA key that is verified with: what a signature costs grows with its square.
    private static final int MAX_RSA_BITS = 8192;

    /// The longest exponent: what is verified costs as much as it has bits, and 65537 is usual.
    private static final int MAX_RSA_EXPONENT_BITS = 31;

    /// How a certificate may sign itself: nothing that rests on MD5 or SHA-1.
    private static final Set<String> SIGNATURES =
            Set.of(
                    "1.2.840.10045.4.3.2", // ECDSA, SHA-256
                    "1.2.840.10045.4.3.3", // ECDSA, SHA-384
                    "1.2.840.10045.4.3.4", // ECDSA, SHA-512
                    "1.2.840.113549.1.1.10", // RSASSA-PSS
                    "1.2.840.113549.1.1.11", // RSA PKCS#1, SHA-256
                    "1.2.840.113549.1.1.12", // RSA PKCS#1, SHA-384
                    "1.2.840.113549.1.1.13", // RSA PKCS#1, SHA-512
                    "1.3.101.112"); // Ed25519

    private PeerCertificates() {}

    /// Checks all that a peer showed: one certificate, of this time, signed by itself, with the
    /// peer's key and signature in it.
    ///
    /// @param expected the peer that it must be; empty where any will do
    /// @return the key that the peer has proven to have, provided that it also proved to have the
    ///   certificate's, as TLS makes it do
    /// @throws CertificateException when anything is wrong with it
    public static PublicKey check(X509Certificate[] chain, Optional<PeerId> expected, Instant now)
            throws CertificateException {
        if (chain == null || chain.length != 1)
            throw new CertificateException(
                    "a peer shows one certificate, not " + (chain == null ? 0 : chain.length));
        X509Certificate certificate = read(chain[0].getEncoded());
        certificate.checkValidity(Date.from(now));
        checkOwnSignature(certificate);
        SignedKey signed = signedKey(certificate);
        try {
            if (!signed.signs(certificate.getPublicKey().getEncoded()))
                throw new CertificateException("the peer did not sign its certificate's key");
        } catch (MalformedException e) {
            throw new CertificateException("the peer's key can't be read: " + e.getMessage(), e);
        }
        PeerId peer = signed.key().peerId();
        if (expected.isPresent() && !expected.get().equals(peer))
            throw new CertificateException(
                    "the certificate is that of " + peer + ", not of " + expected.get());
        return signed.key();
    }

    /// The peer's key in a certificate that was checked before.
    ///
    /// @throws CertificateException when there is none in it
    public static PublicKey keyOf(X509Certificate checked) throws CertificateException {
        return signedKey(read(checked.getEncoded())).key();
    }

    /// Reads a certificate as the platform does, and one without names too.
    ///
    /// @throws CertificateException when it is malformed
    static X509Certificate read(byte[] der) throws CertificateException {
        try {
            return asPlatform(der);
        } catch (CertificateException e) {
            return NamelessCertificate.read(der, PeerCertificates::asPlatform).orElseThrow(() -> e);
        }
    }

    private static X509Certificate asPlatform(byte[] der) throws CertificateException {
        return (X509Certificate)
                PeerCertificateProvider.platform()
                        .generateCertificate(new ByteArrayInputStream(der));
    }

    private static void checkOwnSignature(X509Certificate certificate) throws CertificateException {
        if (!SIGNATURES.contains(certificate.getSigAlgOID()))
            throw new CertificateException("signed by means of " + certificate.getSigAlgName());
        if (certificate.getPublicKey() instanceof RSAPublicKey rsa) checkSize(rsa);
        try {
            certificate.verify(certificate.getPublicKey());
        } catch (CertificateException e) {
            throw e;
        } catch (GeneralSecurityException | ProviderException e) {
            throw new CertificateException("the certificate is not signed by itself", e);
        }
    }

    private static void checkSize(RSAPublicKey key) throws CertificateException {
        int modulus = key.getModulus().bitLength();
        int exponent = key.getPublicExponent().bitLength();
        if (modulus > MAX_RSA_BITS || exponent > MAX_RSA_EXPONENT_BITS)
            throw new CertificateException(
                    "RSA of " + modulus + " bits, with an exponent of " + exponent);
    }

    private static SignedKey signedKey(X509Certificate certificate) throws CertificateException {
        byte[] extension = certificate.getExtensionValue(EXTENSION);
        if (extension == null)
            throw new CertificateException("the certificate has no key of a peer in it");
        try {
            var outer = new DerReader("extension", extension);
            byte[] signed = outer.bytes(DerReader.OCTET_STRING);
            outer.end();
            return SignedKey.decode(signed);
        } catch (MalformedException e) {
            throw new CertificateException("the peer's key in the certificate is malformed", e);
        }
    }
}
