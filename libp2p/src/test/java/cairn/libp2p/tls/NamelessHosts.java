package cairn.libp2p.tls;

import cairn.libp2p.crypto.SigningKey;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;

/// Certificates without an issuer and a subject, as js-libp2p's hosts show them.
public final class NamelessHosts {
    private static final int ISSUER = 3;
    private static final int SUBJECT = 5;

    private NamelessHosts() {}

    public static HostCertificate certificate(SigningKey host, Instant now) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            KeyPair keys = generator.generateKeyPair();
            return new HostCertificate(
                    keys.getPrivate(), PeerCertificates.read(der(host, keys, now)));
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError(e);
        }
    }

    static byte[] der(SigningKey host, KeyPair keys, Instant now)
            throws GeneralSecurityException, IOException {
        byte[] extension = SignedKey.sign(host, keys.getPublic().getEncoded()).encode();
        X509Certificate named = HostCertificate.certificate(keys, extension, now);
        ASN1Encodable[] fields = ASN1Sequence.getInstance(named.getTBSCertificate()).toArray();
        fields[ISSUER] = new DERSequence();
        fields[SUBJECT] = new DERSequence();
        var body = new DERSequence(fields);

        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(keys.getPrivate());
        signature.update(body.getEncoded());
        ASN1Encodable[] parts = ASN1Sequence.getInstance(named.getEncoded()).toArray();
        parts[0] = body;
        parts[2] = new DERBitString(signature.sign());
        return new DERSequence(parts).getEncoded();
    }
}
