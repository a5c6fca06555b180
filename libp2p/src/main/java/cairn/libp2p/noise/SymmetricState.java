package cairn.libp2p.noise;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// What both ends of a handshake have come to know so far: the hash of all that was said, and a
/// chain of keys into which each secret is mixed. Source: the Noise framework, 5.2.
final class SymmetricState {
    static final int HASH_BYTES = 32;

    private final MessageDigest sha256;
    private final Mac hmac;
    private byte[] hash;
    private byte[] chainingKey;

    /// Empty until the first secret is mixed in: then messages are encrypted.
    private List<CipherState> cipher = List.of();

    /// @param protocol the name of a Noise protocol, exactly of a hash's length
    SymmetricState(byte[] protocol, byte[] prologue) {
        if (protocol.length != HASH_BYTES)
            throw new IllegalArgumentException("a name of " + protocol.length + " bytes");
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
            hmac = Mac.getInstance("HmacSHA256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
        hash = protocol.clone();
        chainingKey = hash;
        mixHash(prologue, 0, prologue.length);
    }

    void mixHash(byte[] bytes, int offset, int length) {
        sha256.update(hash);
        sha256.update(bytes, offset, length);
        hash = sha256.digest();
    }

    void mixKey(byte[] secret) {
        List<byte[]> keys = expand(secret);
        chainingKey = keys.getFirst();
        cipher = List.of(new CipherState(keys.getLast()));
    }

    /// How many bytes encryption adds to a part of a message now.
    int overhead() {
        return cipher.isEmpty() ? 0 : CipherState.TAG_BYTES;
    }

    /// Appends a part of a message, encrypted once there is a key.
    ///
    /// @return where it ends
    int encryptAndHash(byte[] part, byte[] target, int at) throws IOException {
        int length = part.length;
        if (cipher.isEmpty()) System.arraycopy(part, 0, target, at, length);
        else length = cipher.getFirst().encrypt(hash, part, 0, part.length, target, at);
        mixHash(target, at, length);
        return at + length;
    }

    /// Takes a part of a message.
    byte[] decryptAndHash(byte[] source, int offset, int length) throws IOException {
        byte[] part;
        if (cipher.isEmpty()) part = Arrays.copyOfRange(source, offset, offset + length);
        else {
            part = new byte[Math.max(0, length - CipherState.TAG_BYTES)];
            int done = cipher.getFirst().decrypt(hash, source, offset, length, part, 0);
            if (done != part.length) throw new IllegalStateException("decrypted " + done);
        }
        mixHash(source, offset, length);
        return part;
    }

    /// The keys of what follows the handshake: the initiator's, and the responder's.
    List<CipherState> split() {
        return expand(new byte[0]).stream().map(CipherState::new).toList();
    }

    /// HKDF with two outputs. Source: the Noise framework, 4.3; RFC 5869.
    private List<byte[]> expand(byte[] secret) {
        byte[] extracted = hmac(chainingKey, secret);
        byte[] first = hmac(extracted, new byte[] {1});
        byte[] second = Arrays.copyOf(first, first.length + 1);
        second[first.length] = 2;
        return List.of(first, hmac(extracted, second));
    }

    private byte[] hmac(byte[] key, byte[] message) {
        try {
            hmac.init(new SecretKeySpec(key, "HmacSHA256"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("any 32 bytes are a key", e);
        }
        return hmac.doFinal(message);
    }
}
