package cairn.libp2p.tls;

import cairn.libp2p.crypto.SigningKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/// A host certificate is what this host shows to peers over TLS and QUIC: a certificate of a key
/// made for it alone (P-256, which every peer can check), signed by that key, with the host's own
/// key and its signature in an extension. One is made when the host starts, and used for all
/// connections.
///
/// @param privateKey the key of the certificate, not the host's
public record HostCertificate(PrivateKey privateKey, X509Certificate certificate) {
    /// How far back it begins to be valid, for peers whose clocks are behind.
    private static final Duration SKEW = Duration.ofHours(1);

    /// How long it is valid: for ever, since nobody is asked whether it still is.
    private static final Duration VALIDITY = Duration.ofDays(100 * 365);

    /// The bits of a serial number: enough to be told from every other.
    private static final int SERIAL_BITS = 63;

    /// Makes a certificate for a host.
    public static HostCertificate make(SigningKey host, Instant now) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair keys = generator.generateKeyPair();
            byte[] subject = keys.getPublic().getEncoded();
            byte[] extension = SignedKey.sign(host, subject).encode();
            return new HostCertificate(keys.getPrivate(), certificate(keys, extension, now));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("every JDK has P-256 and reads certificates", e);
        }
    }

    /// A certificate of some keys that signs itself, with the peer's extension.
    static X509Certificate certificate(KeyPair keys, byte[] extension, Instant now)
            throws GeneralSecurityException, IOException {
        var algorithm = new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
        // Some readers want a name; this one says nothing about the host.
        var name = new X500Name("SERIALNUMBER=1");
        var body = new V3TBSCertificateGenerator();
        var random = new SecureRandom();
        body.setSerialNumber(
                new ASN1Integer(new BigInteger(SERIAL_BITS, random).add(BigInteger.ONE)));
        body.setSignature(algorithm);
        body.setIssuer(name);
        body.setSubject(name);
        body.setStartDate(new Time(Date.from(now.minus(SKEW))));
        body.setEndDate(new Time(Date.from(now.plus(VALIDITY))));
        body.setSubjectPublicKeyInfo(
                SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()));
        body.setExtensions(
                new Extensions(
                        new Extension(
                                new ASN1ObjectIdentifier(PeerCertificates.EXTENSION),
                                false,
                                new DEROctetString(extension))));
        TBSCertificate signed = body.generateTBSCertificate();

        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(keys.getPrivate(), random);
        signature.update(signed.getEncoded(ASN1Encoding.DER));
        var parts = new ASN1EncodableVector();
        parts.add(signed);
        parts.add(algorithm);
        parts.add(new DERBitString(signature.sign()));
        byte[] der = new DERSequence(parts).getEncoded(ASN1Encoding.DER);
        return (X509Certificate)
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(der));
    }
}
