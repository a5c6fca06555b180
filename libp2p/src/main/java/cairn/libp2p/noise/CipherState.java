package cairn.libp2p.noise;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.NoSuchPaddingException;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// A key of ChaCha20-Poly1305 and the number of messages that it has encrypted, or decrypted, so
/// far. Source: the Noise framework, 5.1 and 12.3.
///
/// Used by one thread at a time.
final class CipherState {
    /// What encryption adds to a message.
    static final int TAG_BYTES = 16;

    private static final int NONCE_BYTES = 12;

    /// The counter stands in the nonce's last eight bytes, the lowest first.
    private static final int COUNTER_AT = 4;

    /// The number that no message may have (2^64 - 1).
    private static final long LAST = -1;

    private final Cipher cipher;
    private final SecretKeySpec key;
    private final byte[] nonce = new byte[NONCE_BYTES];
    private long counter;

    /// @param key 32 bytes, which are copied
    CipherState(byte[] key) {
        this(key, 0);
    }

    /// A key that has so many messages behind it.
    CipherState(byte[] key, long counter) {
        this.key = new SecretKeySpec(key, "ChaCha20");
        this.counter = counter;
        try {
            this.cipher = Cipher.getInstance("ChaCha20-Poly1305");
        } catch (NoSuchAlgorithmException | NoSuchPaddingException e) {
            throw new IllegalStateException("every JDK has ChaCha20-Poly1305", e);
        }
    }

    /// Encrypts the next message; the tag follows it. The source may lie in the target's array only
    /// at the same place.
    ///
    /// @return the number of bytes written: those of the message, and [#TAG_BYTES]
    /// @throws IOException when the key has encrypted all the messages that it may
    int encrypt(byte[] associated, byte[] source, int offset, int length, byte[] target, int at)
            throws IOException {
        try {
            begin(Cipher.ENCRYPT_MODE, associated);
            return cipher.doFinal(source, offset, length, target, at);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a message of " + length + " bytes", e);
        }
    }

    /// Decrypts the next message, into its own place or another array.
    ///
    /// @return the number of bytes written: those of the message, without its tag
    /// @throws IOException when it isn't what the other end encrypted as this message
    int decrypt(byte[] associated, byte[] source, int offset, int length, byte[] target, int at)
            throws IOException {
        if (length < TAG_BYTES)
            throw new IOException("encrypted message of " + length + " bytes, shorter than a tag");
        try {
            begin(Cipher.DECRYPT_MODE, associated);
            return cipher.doFinal(source, offset, length, target, at);
        } catch (AEADBadTagException e) {
            throw new IOException("encrypted message isn't what was sent", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a message of " + length + " bytes", e);
        }
    }

    private void begin(int mode, byte[] associated) throws IOException, GeneralSecurityException {
        if (counter == LAST) throw new IOException("the key has no messages left");
        long number = counter++;
        for (int i = COUNTER_AT; i < NONCE_BYTES; i++) {
            nonce[i] = (byte) number;
            number >>>= Byte.SIZE;
        }
        cipher.init(mode, key, new IvParameterSpec(nonce));
        if (associated.length > 0) cipher.updateAAD(associated);
    }

    @Override
    public String toString() {
        return "after " + Long.toUnsignedString(counter) + " messages";
    }
}
