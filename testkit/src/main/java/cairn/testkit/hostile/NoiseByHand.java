package cairn.testkit.hostile;

import cairn.libp2p.wire.Duplex;
import cairn.libp2p.wire.Messages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// The dialler's side of a Noise handshake by hand, to say in it who one is however one likes.
/// Source: the Noise framework, 5.2, 5.3 and 7.5; libp2p/specs, noise.
final class NoiseByHand {
    private static final byte[] NAME =
            "Noise_XX_25519_ChaChaPoly_SHA256".getBytes(StandardCharsets.US_ASCII);

    /// What stands before the 32 bytes of an X25519 key in its X.509 form. RFC 8410.
    private static final byte[] KEY_HEAD = HexFormat.of().parseHex("302a300506032b656e032100");

    private static final int KEY_BYTES = 32;
    private static final int TAG_BYTES = 16;

    private final KeyPair ephemeralKey = pair();
    private final KeyPair staticKey = pair();
    private byte[] chaining = NAME.clone();
    private byte[] hash = NAME.clone();
    private byte[] key = {};
    private long nonce;

    /// The static key, which the payload must prove to be of its sender.
    byte[] staticKey() {
        return bytes(staticKey);
    }

    /// Performs the handshake.
    ///
    /// @param payload what the last message says of its sender
    void perform(Duplex wire, byte[] payload) throws IOException {
        try {
            mixHash(new byte[0]);
            mixHash(bytes(ephemeralKey));
            mixHash(new byte[0]);
            send(wire, bytes(ephemeralKey));
            byte[] answer = receive(wire);
            byte[] theirs = Arrays.copyOf(answer, KEY_BYTES);
            mixHash(theirs);
            mixKey(secret(ephemeralKey, theirs));
            int end = 2 * KEY_BYTES + TAG_BYTES;
            byte[] theirStatic = open(Arrays.copyOfRange(answer, KEY_BYTES, end));
            mixKey(secret(ephemeralKey, theirStatic));
            open(Arrays.copyOfRange(answer, end, answer.length));
            var last = new ByteArrayOutputStream();
            last.writeBytes(seal(bytes(staticKey)));
            mixKey(secret(staticKey, theirs));
            last.writeBytes(seal(payload));
            send(wire, last.toByteArray());
        } catch (GeneralSecurityException e) {
            throw new IOException("the host's side of the handshake is wrong", e);
        }
    }

    private static KeyPair pair() {
        try {
            return KeyPairGenerator.getInstance("X25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has X25519", e);
        }
    }

    private static byte[] bytes(KeyPair pair) {
        byte[] encoded = pair.getPublic().getEncoded();
        return Arrays.copyOfRange(encoded, KEY_HEAD.length, encoded.length);
    }

    private static byte[] secret(KeyPair own, byte[] other) throws GeneralSecurityException {
        byte[] encoded = Arrays.copyOf(KEY_HEAD, KEY_HEAD.length + KEY_BYTES);
        System.arraycopy(other, 0, encoded, KEY_HEAD.length, KEY_BYTES);
        Key key = KeyFactory.getInstance("X25519").generatePublic(new X509EncodedKeySpec(encoded));
        KeyAgreement agreement = KeyAgreement.getInstance("X25519");
        agreement.init(own.getPrivate());
        agreement.doPhase(key, true);
        return agreement.generateSecret();
    }

    private void mixHash(byte[] data) throws GeneralSecurityException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update(hash);
        hash = digest.digest(data);
    }

    private void mixKey(byte[] secret) throws GeneralSecurityException {
        byte[] extracted = hmac(chaining, secret);
        chaining = hmac(extracted, new byte[] {1});
        key = hmac(extracted, ByteBuffer.allocate(33).put(chaining).put((byte) 2).array());
        nonce = 0;
    }

    private static byte[] hmac(byte[] key, byte[] data) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(data);
    }

    private byte[] seal(byte[] plain) throws GeneralSecurityException {
        byte[] sealed = cipher(Cipher.ENCRYPT_MODE).doFinal(plain);
        mixHash(sealed);
        return sealed;
    }

    private byte[] open(byte[] sealed) throws GeneralSecurityException {
        byte[] plain = cipher(Cipher.DECRYPT_MODE).doFinal(sealed);
        mixHash(sealed);
        return plain;
    }

    private Cipher cipher(int mode) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("ChaCha20-Poly1305");
        byte[] iv =
                ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN).putLong(4, nonce++).array();
        cipher.init(mode, new SecretKeySpec(key, "ChaCha20"), new IvParameterSpec(iv));
        cipher.updateAAD(hash);
        return cipher;
    }

    private static void send(Duplex wire, byte[] message) throws IOException {
        byte[] framed =
                ByteBuffer.allocate(2 + message.length)
                        .putShort((short) message.length)
                        .put(message)
                        .array();
        wire.write(framed, 0, framed.length);
    }

    private static byte[] receive(Duplex wire) throws IOException {
        byte[] length = new byte[2];
        Messages.readFully(wire, length, 0, 2);
        byte[] message = new byte[Short.toUnsignedInt(ByteBuffer.wrap(length).getShort())];
        Messages.readFully(wire, message, 0, message.length);
        return message;
    }
}
