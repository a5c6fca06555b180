package cairn.libp2p.tls;

import cairn.libp2p.crypto.DerReader;
import cairn.libp2p.crypto.DerWriter;
import cairn.libp2p.crypto.SigningKey;
import cairn.libp2p.crypto.VerifyingKey;
import cairn.multiformats.MalformedException;
import cairn.multiformats.peer.PublicKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// A signed key is what a certificate's extension holds: a peer's key, and that peer's signature
/// over the key that the certificate is about. In DER: `SEQUENCE { publicKey OCTET STRING,
/// signature OCTET STRING }`. Source: libp2p/specs, tls, "libp2p Public Key Extension".
final class SignedKey {
    /// What the certificate's key is signed behind, so that the signature fits nothing else.
    private static final byte[] CONTEXT =
            "libp2p-tls-handshake:".getBytes(StandardCharsets.US_ASCII);

    /// The most bytes of a signature: RSA of 8192 bits has 1024.
    private static final int MAX_SIGNATURE_BYTES = 1024;

    private final PublicKey key;
    private final byte[] signature;

    private SignedKey(PublicKey key, byte[] signature) {
        this.key = key;
        this.signature = signature;
    }

    /// Signs a certificate's key.
    ///
    /// @param subject the key as SubjectPublicKeyInfo in DER
    static SignedKey sign(SigningKey peer, byte[] subject) {
        return new SignedKey(peer.publicKey(), peer.sign(message(subject)));
    }

    /// Reads one; its signature is not yet checked.
    static SignedKey decode(byte[] der) throws MalformedException {
        var whole = new DerReader("signed key", der);
        DerReader fields = whole.within(DerReader.SEQUENCE);
        whole.end();
        byte[] key = fields.bytes(DerReader.OCTET_STRING);
        byte[] signature = fields.bytes(DerReader.OCTET_STRING);
        fields.end();
        if (signature.length > MAX_SIGNATURE_BYTES)
            throw new MalformedException("signature of " + signature.length + " bytes");
        return new SignedKey(PublicKey.decode(key), signature);
    }

    byte[] encode() {
        return DerWriter.value(
                DerReader.SEQUENCE,
                DerWriter.value(DerReader.OCTET_STRING, key.encode()),
                DerWriter.value(DerReader.OCTET_STRING, signature));
    }

    /// The peer's key; proven only if [#signs] says so.
    PublicKey key() {
        return key;
    }

    /// Whether the peer signed this key.
    ///
    /// @throws MalformedException when the peer's key is none of its type
    boolean signs(byte[] subject) throws MalformedException {
        return VerifyingKey.of(key).verify(message(subject), signature);
    }

    private static byte[] message(byte[] subject) {
        return ByteBuffer.allocate(CONTEXT.length + subject.length)
                .put(CONTEXT)
                .put(subject)
                .array();
    }
}
