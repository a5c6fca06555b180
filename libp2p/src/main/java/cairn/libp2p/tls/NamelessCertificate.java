package cairn.libp2p.tls;

import cairn.libp2p.crypto.DerReader;
import cairn.libp2p.crypto.DerWriter;
import cairn.multiformats.MalformedException;
import java.io.IOException;
import java.io.Serial;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.NoSuchProviderException;
import java.security.Principal;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.security.spec.PSSParameterSpec;
import java.util.Date;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.x500.X500Principal;

/// A nameless certificate is one whose issuer or subject has no name, as js-libp2p makes them: of
/// no use on the web, where RFC 5280 (4.1.2.4) wants an issuer, and as good as any other between
/// peers. The platform reads it with a name put in, as strictly as it reads all others, and answers
/// for everything but the names and the signature: that is over the bytes as they came.
final class NamelessCertificate extends X509Certificate {
    @Serial private static final long serialVersionUID = 1;

    private static final String PSS = "RSASSA-PSS";
    private static final int VERSION = 0xa0;
    private static final int EXTENSIONS = 0xa3;

    /// `SERIALNUMBER=1`, without the head of its sequence.
    private static final byte[] NAME = {
        0x31, 0x0a, 0x30, 0x08, 0x06, 0x03, 0x55, 0x04, 0x05, 0x13, 0x01, 0x31
    };

    private final byte[] encoded;
    private final byte[] signed;
    private final X500Principal issuer;
    private final X500Principal subject;
    private final X509Certificate named;

    private NamelessCertificate(
            byte[] encoded, byte[] signed, byte[] issuer, byte[] subject, X509Certificate named) {
        this.encoded = encoded;
        this.signed = signed;
        this.issuer = new X500Principal(DerWriter.value(DerReader.SEQUENCE, issuer));
        this.subject = new X500Principal(DerWriter.value(DerReader.SEQUENCE, subject));
        this.named = named;
    }

    /// What reads a certificate that has names.
    interface Reader {
        X509Certificate read(byte[] der) throws CertificateException;
    }

    /// Reads a certificate that lacks a name.
    ///
    /// @return empty where it lacks none, or is no certificate
    /// @throws CertificateException when something else is wrong with it
    static Optional<X509Certificate> read(byte[] der, Reader reader) throws CertificateException {
        try {
            var whole = new DerReader("certificate", der);
            DerReader parts = whole.within(DerReader.SEQUENCE);
            whole.end();
            byte[] body = parts.bytes(DerReader.SEQUENCE);
            byte[] algorithm = parts.bytes(DerReader.SEQUENCE);
            byte[] signature = parts.bytes(DerReader.BIT_STRING);
            parts.end();

            var fields = new DerReader("certificate", body);
            byte[] version = fields.bytes(VERSION);
            byte[] serial = fields.bytes(DerReader.INTEGER);
            byte[] innerAlgorithm = fields.bytes(DerReader.SEQUENCE);
            byte[] issuer = fields.bytes(DerReader.SEQUENCE);
            byte[] validity = fields.bytes(DerReader.SEQUENCE);
            byte[] subject = fields.bytes(DerReader.SEQUENCE);
            byte[] key = fields.bytes(DerReader.SEQUENCE);
            byte[] extensions = fields.bytes(EXTENSIONS);
            fields.end();
            if (issuer.length > 0 && subject.length > 0) return Optional.empty();

            byte[] named =
                    sequence(
                            sequence(
                                    DerWriter.value(VERSION, version),
                                    DerWriter.value(DerReader.INTEGER, serial),
                                    sequence(innerAlgorithm),
                                    sequence(issuer.length > 0 ? issuer : NAME),
                                    sequence(validity),
                                    sequence(subject.length > 0 ? subject : NAME),
                                    sequence(key),
                                    DerWriter.value(EXTENSIONS, extensions)),
                            sequence(algorithm),
                            DerWriter.value(DerReader.BIT_STRING, signature));
            return Optional.of(
                    new NamelessCertificate(
                            der, sequence(body), issuer, subject, reader.read(named)));
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }

    private static byte[] sequence(byte[]... parts) {
        return DerWriter.value(DerReader.SEQUENCE, parts);
    }

    @Override
    public byte[] getEncoded() {
        return encoded.clone();
    }

    @Override
    public byte[] getTBSCertificate() {
        return signed.clone();
    }

    @Override
    public X500Principal getIssuerX500Principal() {
        return issuer;
    }

    @Override
    public X500Principal getSubjectX500Principal() {
        return subject;
    }

    @Override
    @SuppressWarnings("deprecation") // abstract, so there is no way around it
    public Principal getIssuerDN() {
        return issuer;
    }

    @Override
    @SuppressWarnings("deprecation") // abstract, so there is no way around it
    public Principal getSubjectDN() {
        return subject;
    }

    @Override
    public void verify(PublicKey key)
            throws CertificateException,
                    NoSuchAlgorithmException,
                    InvalidKeyException,
                    NoSuchProviderException,
                    SignatureException {
        verify(key, Signature.getInstance(getSigAlgName()));
    }

    @Override
    public void verify(PublicKey key, String provider)
            throws CertificateException,
                    NoSuchAlgorithmException,
                    InvalidKeyException,
                    NoSuchProviderException,
                    SignatureException {
        verify(key, Signature.getInstance(getSigAlgName(), provider));
    }

    private void verify(PublicKey key, Signature verifier)
            throws CertificateException, InvalidKeyException, SignatureException {
        try {
            if (getSigAlgName().equals(PSS)) verifier.setParameter(pss());
        } catch (GeneralSecurityException | IOException e) {
            throw new CertificateException("the signature's parameters can't be read", e);
        }
        verifier.initVerify(key);
        verifier.update(signed);
        if (!verifier.verify(getSignature())) throw new SignatureException("does not match");
    }

    private PSSParameterSpec pss() throws GeneralSecurityException, IOException {
        AlgorithmParameters parameters = AlgorithmParameters.getInstance(PSS);
        byte[] der = getSigAlgParams();
        if (der == null) throw new CertificateException("a signature without its parameters");
        parameters.init(der);
        return parameters.getParameterSpec(PSSParameterSpec.class);
    }

    @Override
    public String toString() {
        return "nameless " + named;
    }

    @Override
    public PublicKey getPublicKey() {
        return named.getPublicKey();
    }

    @Override
    public void checkValidity()
            throws CertificateExpiredException, CertificateNotYetValidException {
        named.checkValidity();
    }

    @Override
    public void checkValidity(Date date)
            throws CertificateExpiredException, CertificateNotYetValidException {
        named.checkValidity(date);
    }

    @Override
    public Date getNotBefore() {
        return named.getNotBefore();
    }

    @Override
    public Date getNotAfter() {
        return named.getNotAfter();
    }

    @Override
    public int getVersion() {
        return named.getVersion();
    }

    @Override
    public BigInteger getSerialNumber() {
        return named.getSerialNumber();
    }

    @Override
    public byte[] getSignature() {
        return named.getSignature();
    }

    @Override
    public String getSigAlgName() {
        return named.getSigAlgName();
    }

    @Override
    public String getSigAlgOID() {
        return named.getSigAlgOID();
    }

    @Override
    public byte[] getSigAlgParams() {
        return named.getSigAlgParams();
    }

    @Override
    public boolean[] getIssuerUniqueID() {
        return named.getIssuerUniqueID();
    }

    @Override
    public boolean[] getSubjectUniqueID() {
        return named.getSubjectUniqueID();
    }

    @Override
    public boolean[] getKeyUsage() {
        return named.getKeyUsage();
    }

    @Override
    public int getBasicConstraints() {
        return named.getBasicConstraints();
    }

    @Override
    public boolean hasUnsupportedCriticalExtension() {
        return named.hasUnsupportedCriticalExtension();
    }

    @Override
    public Set<String> getCriticalExtensionOIDs() {
        return named.getCriticalExtensionOIDs();
    }

    @Override
    public Set<String> getNonCriticalExtensionOIDs() {
        return named.getNonCriticalExtensionOIDs();
    }

    @Override
    public byte[] getExtensionValue(String oid) {
        return named.getExtensionValue(oid);
    }
}
