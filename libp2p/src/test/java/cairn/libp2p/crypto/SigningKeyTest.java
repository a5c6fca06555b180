package cairn.libp2p.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.multiformats.MalformedException;
import cairn.multiformats.peer.KeyMessage;
import cairn.multiformats.peer.KeyType;
import cairn.multiformats.peer.PublicKey;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class SigningKeyTest {
    private static final byte[] MESSAGE = Peers.MESSAGE.getBytes(StandardCharsets.UTF_8);

    static List<Peers.Key> keys() throws IOException {
        return Peers.keys();
    }

    @ParameterizedTest
    @MethodSource("keys")
    void a_private_key_derives_the_public_key_and_the_peer_id_that_go_derives(Peers.Key known)
            throws Exception {
        SigningKey key = SigningKey.decode(known.privateKey());
        assertThat(key.publicKey().encode()).isEqualTo(known.publicKey());
        assertThat(key.peerId()).hasToString(known.peerId());
    }

    @ParameterizedTest
    @MethodSource("keys")
    void a_private_key_is_written_as_it_was_read(Peers.Key known) throws Exception {
        assertThat(SigningKey.decode(known.privateKey()).encode()).isEqualTo(known.privateKey());
    }

    @ParameterizedTest
    @MethodSource("keys")
    void what_kubo_exports_as_pem_is_the_same_key_and_is_written_so(Peers.Key known)
            throws Exception {
        SigningKey key = SigningKey.ofPem(known.pem());
        assertThat(key.encode()).isEqualTo(known.privateKey());
        assertThat(key.pem().getBytes(StandardCharsets.US_ASCII)).isEqualTo(known.pem());
    }

    @ParameterizedTest
    @MethodSource("keys")
    void what_go_signed_is_verified(Peers.Key known) throws Exception {
        VerifyingKey key = VerifyingKey.of(PublicKey.decode(known.publicKey()));
        assertThat(key.verify(MESSAGE, known.signature())).isTrue();
    }

    /// All but RFC 6979's choice for P-256, which go makes at random, are the only signature.
    @ParameterizedTest
    @MethodSource("keys")
    void what_go_signs_one_way_is_signed_the_same_way(Peers.Key known) throws Exception {
        SigningKey key = SigningKey.decode(known.privateKey());
        if (key.type() != KeyType.ECDSA) assertThat(key.sign(MESSAGE)).isEqualTo(known.signature());
    }

    @ParameterizedTest
    @EnumSource(KeyType.class)
    void a_new_key_survives_each_form(KeyType type) throws Exception {
        SigningKey key = SigningKey.generate(type);
        assertThat(key.type()).isEqualTo(type);
        assertThat(SigningKey.decode(key.encode()).encode()).isEqualTo(key.encode());
        byte[] pem = key.pem().getBytes(StandardCharsets.US_ASCII);
        assertThat(SigningKey.ofPem(pem).encode()).isEqualTo(key.encode());
        assertThat(key.encode().length).isLessThanOrEqualTo(SigningKey.MAX_BYTES);
    }

    @ParameterizedTest
    @EnumSource(KeyType.class)
    void a_signature_is_for_one_message_of_one_key(KeyType type) throws Exception {
        SigningKey key = SigningKey.generate(type);
        VerifyingKey own = VerifyingKey.of(key.publicKey());
        VerifyingKey other = VerifyingKey.of(SigningKey.generate(type).publicKey());
        for (int size : List.of(0, 1, 64, 1000)) {
            byte[] message = new byte[size];
            byte[] signature = key.sign(message);
            assertThat(own.verify(message, signature)).isTrue();
            assertThat(own.verify(Arrays.copyOf(message, size + 1), signature)).isFalse();
            assertThat(other.verify(message, signature)).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(KeyType.class)
    void a_signature_that_is_changed_cut_or_lengthened_is_none(KeyType type) throws Exception {
        SigningKey key = SigningKey.generate(type);
        VerifyingKey verifying = VerifyingKey.of(key.publicKey());
        byte[] signature = key.sign(MESSAGE);
        for (int i = 0; i < signature.length; i++) {
            byte[] changed = signature.clone();
            changed[i] ^= 1;
            assertThat(verifying.verify(MESSAGE, changed)).as("byte %d", i).isFalse();
        }
        for (int size : List.of(0, 1, signature.length - 1, signature.length + 1, 5000))
            assertThat(verifying.verify(MESSAGE, Arrays.copyOf(signature, size))).isFalse();
    }

    /// js-libp2p and rust-libp2p refuse the upper half for secp256k1.
    @Test
    void the_second_number_of_a_signature_is_in_the_lower_half() throws Exception {
        BigInteger order =
                new BigInteger(
                        "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);
        SigningKey key = SigningKey.generate(KeyType.SECP256K1);
        for (int i = 0; i < 32; i++) {
            DerReader in =
                    new DerReader("signature", key.sign(new byte[i])).within(DerReader.SEQUENCE);
            in.natural(256);
            assertThat(in.natural(256)).isLessThanOrEqualTo(order.shiftRight(1));
        }
    }

    @Test
    void an_ed25519_key_in_the_old_form_is_the_same_key() throws Exception {
        SigningKey key = SigningKey.generate();
        byte[] data = Arrays.copyOf(key.data(), 96);
        System.arraycopy(key.publicKey().data(), 0, data, 64, 32);
        assertThat(SigningKey.decode(message(KeyType.ED25519, data)).encode())
                .isEqualTo(key.encode());
        data[95] ^= 1;
        refused(KeyType.ED25519, data, "another's public key");
    }

    @Test
    void an_ed25519_key_with_a_public_key_of_another_is_refused() {
        byte[] data = SigningKey.generate().data();
        data[63] ^= 1;
        refused(KeyType.ED25519, data, "another's public key");
    }

    @ParameterizedTest
    @EnumSource(KeyType.class)
    void a_private_key_of_any_other_length_is_refused(KeyType type) {
        byte[] data = SigningKey.generate(type).data();
        for (int size : List.of(0, 1, data.length - 1, data.length + 1))
            assertThatThrownBy(() -> SigningKey.decode(message(type, Arrays.copyOf(data, size))))
                    .isInstanceOf(MalformedException.class);
    }

    @Test
    void zero_and_what_is_not_below_the_order_is_no_private_key_on_a_curve() throws Exception {
        refused(KeyType.SECP256K1, new byte[32], "out of range");
        byte[] order =
                Peers.bytes("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141");
        refused(KeyType.SECP256K1, order, "out of range");
        order[31]--;
        assertThat(SigningKey.decode(message(KeyType.SECP256K1, order)).publicKey().type())
                .isEqualTo(KeyType.SECP256K1);
    }

    @Test
    void an_ecdsa_key_on_another_curve_is_refused() {
        byte[] data = SigningKey.generate(KeyType.ECDSA).data();
        byte[] oid = Peers.bytes("06082a8648ce3d030107");
        int at = indexOf(data, oid);
        data[at + oid.length - 1]++;
        refused(KeyType.ECDSA, data, "not on secp256r1");
    }

    @Test
    void an_rsa_key_whose_numbers_do_not_belong_together_is_refused() {
        byte[] data = SigningKey.generate(KeyType.RSA).data();
        // Its last byte is the last of the last number, q's inverse modulo p.
        data[data.length - 1] ^= 2;
        refused(KeyType.RSA, data, "don't belong together");
    }

    @Test
    void an_rsa_key_has_2048_to_8192_bits() {
        for (int bits : List.of(0, 512, 2047, 8193, Integer.MAX_VALUE))
            assertThatThrownBy(() -> SigningKey.generateRsa(bits))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("2048 to 8192 bits");
    }

    @Test
    void pem_text_of_something_else_is_refused_and_says_so() {
        String key = SigningKey.generate().pem();
        assertThatThrownBy(() -> ofPem(key.replace("PRIVATE KEY", "ENCRYPTED PRIVATE KEY")))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("something else than a PRIVATE KEY");
        assertThatThrownBy(() -> ofPem("hello"))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("no PEM text");
        // The dashes of the first line are those of the last one too.
        assertThatThrownBy(() -> ofPem("-----BEGIN PRIVATE KEY-----END PRIVATE KEY-----"))
                .isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> ofPem(key.replace("\nM", "\n*")))
                .isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> ofPem(" ".repeat(1 << 20) + key))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("bytes");
    }

    @Test
    void text_around_pem_is_passed_over() throws Exception {
        SigningKey key = SigningKey.generate();
        String text = "Key Attributes\r\n" + key.pem().replace("\n", "\r\n") + "\r\nmore";
        assertThat(ofPem(text).encode()).isEqualTo(key.encode());
    }

    @Test
    void a_key_in_a_message_does_not_show_itself() {
        SigningKey key = SigningKey.generate();
        assertThat(key).hasToString("private ed25519 key of " + key.peerId());
    }

    @Test
    void a_protobuf_message_in_any_other_form_is_refused() {
        byte[] encoded = SigningKey.generate().encode();
        byte[] swapped = new byte[encoded.length];
        System.arraycopy(encoded, 2, swapped, 0, encoded.length - 2);
        System.arraycopy(encoded, 0, swapped, encoded.length - 2, 2);
        for (byte[] bad :
                List.of(
                        new byte[0],
                        swapped,
                        Arrays.copyOf(encoded, encoded.length + 2),
                        Arrays.copyOf(encoded, 2),
                        Peers.bytes("08041200"),
                        new byte[SigningKey.MAX_BYTES + 1]))
            assertThatThrownBy(() -> SigningKey.decode(bad))
                    .isInstanceOf(MalformedException.class)
                    .hasMessageContaining("private key");
    }

    private static SigningKey ofPem(String text) throws MalformedException {
        return SigningKey.ofPem(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static void refused(KeyType type, byte[] data, String why) {
        assertThatThrownBy(() -> SigningKey.decode(message(type, data)))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining(why);
    }

    private static byte[] message(KeyType type, byte[] data) {
        return KeyMessage.of(type, data).encode();
    }

    private static int indexOf(byte[] in, byte[] part) {
        for (int i = 0; i <= in.length - part.length; i++)
            if (Arrays.equals(in, i, i + part.length, part, 0, part.length)) return i;
        throw new IllegalStateException("not in it");
    }
}
