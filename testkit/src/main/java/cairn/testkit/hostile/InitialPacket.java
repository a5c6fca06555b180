package cairn.testkit.hostile;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// The first packet of a QUIC connection, by hand: its protection keeps nothing secret, as its keys
/// follow from the destination id. Source: RFC 9000, 17.2.2; RFC 9001, 5.
final class InitialPacket {
    /// What a datagram with such a packet must have at least.
    static final int DATAGRAM_BYTES = 1200;

    private static final byte[] SALT =
            HexFormat.of().parseHex("38762cf7f55934b34d179ae6a4c80cadccbb7f0a");

    /// A long header, an initial packet, and a packet number of four bytes.
    private static final int FIRST_BYTE = 0xc3;

    private static final int NUMBER_BYTES = 4;
    private static final int TAG_BYTES = 16;
    private static final int SAMPLE_BYTES = 16;
    private static final int CRYPTO_FRAME = 6;
    private static final int TWO_BYTE_VARINT = 0x4000;

    private InitialPacket() {}

    /// A datagram that begins a connection with this handshake message, or with the beginning of
    /// one.
    static byte[] of(byte[] destination, byte[] source, byte[] message) {
        int headBytes = 1 + 4 + 1 + destination.length + 1 + source.length + 1 + 2 + NUMBER_BYTES;
        byte[] plain = new byte[DATAGRAM_BYTES - headBytes - TAG_BYTES];
        ByteBuffer.wrap(plain)
                .put((byte) CRYPTO_FRAME)
                .put((byte) 0)
                .putShort((short) (TWO_BYTE_VARINT | message.length))
                .put(message);
        ByteBuffer head =
                ByteBuffer.allocate(headBytes)
                        .put((byte) FIRST_BYTE)
                        .putInt(1)
                        .put((byte) destination.length)
                        .put(destination)
                        .put((byte) source.length)
                        .put(source)
                        .put((byte) 0) // no token
                        .putShort(
                                (short) (TWO_BYTE_VARINT | NUMBER_BYTES + plain.length + TAG_BYTES))
                        .putInt(0);
        try {
            return protect(destination, head.array(), plain);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has these", e);
        }
    }

    private static byte[] protect(byte[] destination, byte[] head, byte[] plain)
            throws GeneralSecurityException {
        byte[] secret = expand(hmac(SALT, destination), "client in", 32);
        Cipher gcm = Cipher.getInstance("AES/GCM/NoPadding");
        gcm.init(
                Cipher.ENCRYPT_MODE,
                new SecretKeySpec(expand(secret, "quic key", 16), "AES"),
                new GCMParameterSpec(8 * TAG_BYTES, expand(secret, "quic iv", 12)));
        gcm.updateAAD(head);
        byte[] sealed = gcm.doFinal(plain);
        Cipher ecb = Cipher.getInstance("AES/ECB/NoPadding");
        ecb.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(expand(secret, "quic hp", 16), "AES"));
        // The packet number has four bytes, so the sample begins where the payload does.
        byte[] mask = ecb.doFinal(sealed, 0, SAMPLE_BYTES);
        byte[] packet = Arrays.copyOf(head, head.length + sealed.length);
        System.arraycopy(sealed, 0, packet, head.length, sealed.length);
        packet[0] ^= (byte) (mask[0] & 0x0f);
        for (int i = 0; i < NUMBER_BYTES; i++)
            packet[head.length - NUMBER_BYTES + i] ^= mask[1 + i];
        return packet;
    }

    /// HKDF-Expand-Label of RFC 8446, 7.1, for one block.
    private static byte[] expand(byte[] secret, String label, int bytes)
            throws GeneralSecurityException {
        byte[] name = ("tls13 " + label).getBytes(StandardCharsets.US_ASCII);
        byte[] info =
                ByteBuffer.allocate(2 + 1 + name.length + 1 + 1)
                        .putShort((short) bytes)
                        .put((byte) name.length)
                        .put(name)
                        .put((byte) 0)
                        .put((byte) 1)
                        .array();
        return Arrays.copyOf(hmac(secret, info), bytes);
    }

    private static byte[] hmac(byte[] key, byte[] message) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(message);
    }
}
