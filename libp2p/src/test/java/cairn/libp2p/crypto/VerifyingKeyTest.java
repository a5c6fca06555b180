package cairn.libp2p.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.multiformats.MalformedException;
import cairn.multiformats.peer.KeyType;
import cairn.multiformats.peer.PublicKey;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VerifyingKeyTest {
    private static final BigInteger F4 = BigInteger.valueOf(65537);

    @ParameterizedTest
    @EnumSource(KeyType.class)
    void a_public_key_of_any_other_length_is_refused(KeyType type) {
        byte[] data = SigningKey.generate(type).publicKey().data();
        for (int size : List.of(0, 1, data.length - 1, data.length + 1, PublicKey.MAX_BYTES - 16))
            refused(type, Arrays.copyOf(data, size), type.label());
    }

    @Test
    void a_key_of_one_type_is_none_of_another() {
        for (KeyType has : KeyType.values()) {
            byte[] data = SigningKey.generate(has).publicKey().data();
            for (KeyType says : KeyType.values())
                if (says != has) refused(says, data, says.label());
        }
    }

    @Test
    void an_rsa_key_of_2048_or_8192_bits_is_taken() throws Exception {
        for (int bits : List.of(2048, 2049, 4096, 8192))
            assertThat(VerifyingKey.of(PublicKey.of(KeyType.RSA, rsa(odd(bits), F4))))
                    .as("%d bits", bits)
                    .isNotNull();
    }

    /// CVE-2023-39533: a verifier of keys of any size can be kept busy for minutes.
    @Test
    void an_rsa_key_of_fewer_or_more_bits_is_refused() {
        refused(KeyType.RSA, rsa(odd(1024), F4), "1024 bits");
        refused(KeyType.RSA, rsa(odd(2047), F4), "2047 bits");
        refused(KeyType.RSA, rsa(odd(8193), F4), "8193 bits");
        refused(KeyType.RSA, rsa(odd(15000), F4), "15000 bits");
    }

    @Test
    void an_rsa_key_has_an_odd_modulus_and_a_small_odd_exponent() {
        refused(KeyType.RSA, rsa(odd(2048).add(BigInteger.ONE), F4), "even modulus");
        for (long exponent : List.of(0L, 1L, 2L, 65536L))
            refused(KeyType.RSA, rsa(odd(2048), BigInteger.valueOf(exponent)), "exponent");
        refused(KeyType.RSA, rsa(odd(2048), BigInteger.valueOf((1L << 32) + 1)), "33 bits");
        refused(KeyType.RSA, rsa(odd(2048).negate(), F4), "negative");
        refused(KeyType.RSA, rsa(odd(2048), F4.negate()), "negative");
    }

    /// Each other form of one key would be another peer.
    @Test
    void an_rsa_key_has_one_form() {
        byte[] modulus = DerWriter.number(odd(2048));
        byte[] exponent = DerWriter.number(F4);
        byte[] long65537 = Peers.bytes("020400010001");
        refused(KeyType.RSA, rsa(modulus, long65537), "with a zero");
        refused(KeyType.RSA, rsa(modulus, Peers.bytes("02820003010001")), "length with a zero");
        refused(KeyType.RSA, rsa(modulus, Peers.bytes("0280010001")), "length of 0 bytes");
        refused(KeyType.RSA, rsa(modulus, Peers.bytes("0284000000030100")), "length of 4 bytes");
        refused(KeyType.RSA, rsa(modulus, exponent, new byte[1]), "too many");
        refused(KeyType.RSA, rsa(modulus, Peers.bytes("0200")), "without bytes");
        refused(KeyType.RSA, rsa(modulus), "cut short");
    }

    @Test
    void what_is_on_no_curve_is_no_key() {
        // Half of all x coordinates have no point; these are the first that have none.
        refused(KeyType.SECP256K1, point("02", 5, 32), "no point");
        refused(KeyType.ED25519, edwards(2), "no point");
        byte[] p256 = SigningKey.generate(KeyType.ECDSA).publicKey().data();
        p256[p256.length - 1] ^= 1;
        refused(KeyType.ECDSA, p256, "no point");
    }

    @Test
    void a_point_in_another_form_is_refused() {
        byte[] compressed = SigningKey.generate(KeyType.SECP256K1).publicKey().data();
        for (int head : List.of(0, 1, 4, 5, 6, 255)) {
            byte[] other = compressed.clone();
            other[0] = (byte) head;
            refused(KeyType.SECP256K1, other, "no point");
        }
        byte[] uncompressed = Curve.SECP256K1.point(Curve.SECP256K1.generate(), false);
        refused(KeyType.SECP256K1, uncompressed, "65 bytes");
        byte[] hybrid = SigningKey.generate(KeyType.ECDSA).publicKey().data();
        hybrid[hybrid.length - 65] = 6;
        refused(KeyType.ECDSA, hybrid, "no uncompressed point");
    }

    /// Whoever has such a key needs no private one to sign.
    @Test
    void an_ed25519_key_of_small_order_is_refused() {
        refused(KeyType.ED25519, edwards(0), "no point");
        refused(KeyType.ED25519, edwards(1), "no point");
    }

    private static byte[] edwards(int y) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) y;
        return bytes;
    }

    private static byte[] point(String head, int x, int size) {
        byte[] bytes = Arrays.copyOf(Peers.bytes(head), 1 + size);
        bytes[size] = (byte) x;
        return bytes;
    }

    private static BigInteger odd(int bits) {
        return BigInteger.ONE.shiftLeft(bits - 1).add(BigInteger.ONE);
    }

    private static byte[] rsa(BigInteger modulus, BigInteger exponent) {
        return rsa(DerWriter.number(modulus), DerWriter.number(exponent));
    }

    private static byte[] rsa(byte[]... numbers) {
        return DerWriter.value(
                DerReader.SEQUENCE,
                RsaVerifyingKey.ALGORITHM,
                DerWriter.value(
                        DerReader.BIT_STRING,
                        new byte[1],
                        DerWriter.value(DerReader.SEQUENCE, numbers)));
    }

    private static void refused(KeyType type, byte[] data, String why) {
        assertThatThrownBy(() -> VerifyingKey.of(PublicKey.of(type, data)))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining(why);
    }
}
