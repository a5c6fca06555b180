package cairn.dag.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.dag.DagException;
import cairn.dag.codec.Codec.Mode;
import cairn.dag.codec.Value.Entries;
import cairn.dag.codec.Value.Entry;
import cairn.dag.codec.Value.Int;
import cairn.dag.codec.Value.Items;
import cairn.dag.codec.Value.Text;
import cairn.multiformats.Block;
import cairn.multiformats.MalformedException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CborTest {
    private static Value decode(String hex, Mode mode) throws MalformedException {
        return decode(Codec.DAG_CBOR, hex, mode);
    }

    private static Value decode(Codec codec, String hex, Mode mode) throws MalformedException {
        return codec.decode(ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", ""))), mode);
    }

    private static String hex(Value value) throws DagException {
        return HexFormat.of().formatHex(Codec.DAG_CBOR.encode(value));
    }

    // Each length of an integer's head, at both ends.
    @ParameterizedTest
    @CsvSource({
        "0, 00",
        "23, 17",
        "24, 1818",
        "255, 18ff",
        "256, 190100",
        "65535, 19ffff",
        "65536, 1a00010000",
        "4294967295, 1affffffff",
        "4294967296, 1b0000000100000000",
        "9223372036854775807, 1b7fffffffffffffff",
        "9223372036854775808, 1b8000000000000000",
        "18446744073709551615, 1bffffffffffffffff",
        "-1, 20",
        "-24, 37",
        "-25, 3818",
        "-256, 38ff",
        "-257, 390100",
        "-9223372036854775808, 3b7fffffffffffffff",
        "-9223372036854775809, 3b8000000000000000",
        "-18446744073709551616, 3bffffffffffffffff"
    })
    void integers_have_one_form_over_the_whole_range(String number, String hex) throws IOException {
        Int value = Int.of(new BigInteger(number)).orElseThrow();
        assertThat(hex(value)).isEqualTo(hex);
        assertThat(decode(hex, Mode.STRICT)).isEqualTo(value);
        assertThat(value).hasToString(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"18446744073709551616", "-18446744073709551617"})
    void integers_beyond_64_bits_are_none(String number) {
        assertThat(Int.of(new BigInteger(number))).isEmpty();
    }

    // Each with what the strict reader says of it. Kubo reads and pins all of them.
    @ParameterizedTest
    @CsvSource({
        "a2 626262 01 6161 02, keys out of order",
        "a2 6162 01 6161 02,   keys out of order",
        "f93c00,               a float of less bits",
        "fa3f800000,           a float of less bits",
        "f7,                   undefined",
        "61ff,                 not in UTF-8",
        "a1 61ff 01,           not in UTF-8",
        "c001,                 tag 0 is not allowed",
        "d82a01,               tag 42 on what is no CID",
        "d82aa0,               tag 42 on what is no CID",
        "a1 c16161 01,         tag 1 is not allowed"
    })
    void what_kubo_reads_is_read_tolerantly(String hex, String strict) throws IOException {
        Value value = decode(hex, Mode.TOLERANT);
        assertThatCode(() -> decode(hex(value), Mode.TOLERANT)).doesNotThrowAnyException();
        assertThatThrownBy(() -> decode(hex, Mode.STRICT))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining(strict);
    }

    // Kubo 0.43 refuses them; decoders before its took them, so stores may hold such blocks.
    @ParameterizedTest
    @ValueSource(strings = {"1800", "1900ff", "1a0000ffff", "1b00000000ffffffff", "580161"})
    void longer_forms_of_integers_and_lengths_are_read_tolerantly(String hex) throws IOException {
        decode(hex, Mode.TOLERANT);
        assertThatThrownBy(() -> decode(hex, Mode.STRICT))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("shortest form");
    }

    @ParameterizedTest
    @CsvSource({
        "'',                  cut short",
        "9fff,                indefinite length",
        "bfff,                indefinite length",
        "7f6161ff,            indefinite length",
        "5fff,                indefinite length",
        "ff,                  indefinite length",
        "f97e00,              no float NaN",
        "fb7ff8000000000000,  no float NaN",
        "fb7ff0000000000000,  no float Infinity",
        "faff800000,          no float -Infinity",
        "1c,                  no such head",
        "e0,                  no simple value",
        "f820,                no simple value",
        "f814,                no simple value",
        "0000,                1 bytes after the value",
        "a2 6161 01 6161 02,  'a key twice: \"a\"'",
        "a1 01 02,            a key that is no string",
        "a1 4161 02,          a key that is no string",
        "c14161,              bytes with tag 1",
        "d82a d82a 45 0001550000, a tag within a tag",
        "d82a 44 01550000,    without a zero",
        "d82a 40,             without a zero",
        "d82a 41 00,          no CID",
        "d82a 46 0001550000ff, 1 bytes after a CID",
        "6261,                'cut short: 1 of 2 bytes'",
        "5bffffffffffffffff,  'of 18446744073709551615 bytes'",
        "9bffffffffffffffff,  count of 18446744073709551615",
        "9a00200000 00,       count of 2097152",
        "82 82 00 00, '2 bytes are left for a count of 2'",
        "a3 6161 00,          count of 3"
    })
    void malformed_blocks_are_refused(String hex, String message) {
        for (Mode mode : Mode.values())
            assertThatThrownBy(() -> decode(hex, mode))
                    .isInstanceOf(MalformedException.class)
                    .hasMessageMatching(
                            "(?s).*("
                                    + java.util.regex.Pattern.quote(message)
                                    + "|is not allowed|of less bits).*");
    }

    @Test
    void maps_are_written_with_short_keys_first() throws IOException {
        Entries map =
                new Entries(
                        List.of(
                                new Entry(Text.of("bb"), Int.of(1)),
                                new Entry(Text.of("a"), Int.of(2)),
                                new Entry(Text.of(""), Int.of(3))));
        assertThat(hex(map)).isEqualTo("a360036161026262 6201".replace(" ", ""));
        assertThat(HexFormat.of().formatHex(Codec.CBOR.encode(map)))
                .as("cbor keeps the order, as Kubo does")
                .isEqualTo("a3626262016161026003");
    }

    @Test
    void cbor_has_no_tags_and_no_links() {
        assertThatThrownBy(() -> decode(Codec.CBOR, "d82a450001550000", Mode.TOLERANT))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("bytes with tag 42");
        assertThatThrownBy(
                        () ->
                                Codec.CBOR.encode(
                                        decode(Codec.DAG_CBOR, "d82a450001550000", Mode.STRICT)))
                .isInstanceOf(DagException.class)
                .hasMessageContaining("cbor can't hold links");
    }

    @Test
    void depth_is_bounded_as_in_kubo() throws IOException {
        String deepest = "81".repeat(Value.MAX_DEPTH - 1) + "80";
        Value value = decode(deepest, Mode.STRICT);
        assertThat(hex(value)).isEqualTo(deepest);
        for (String deeper : List.of("81" + deepest, "a160" + deepest))
            for (Mode mode : Mode.values())
                assertThatThrownBy(() -> decode(deeper, mode))
                        .isInstanceOf(MalformedException.class)
                        .hasMessageContaining("more than 1024 lists and maps");
        assertThatThrownBy(() -> hex(new Items(List.of(value))))
                .isInstanceOf(DagException.class)
                .hasMessageContaining("more than 1024 levels");
    }

    @Test
    void the_number_of_values_is_bounded_where_an_input_is_longer_than_a_block() {
        byte[] list = new byte[Codec.MAX_VALUES + 5];
        ByteBuffer.wrap(list).put((byte) 0x9a).putInt(Codec.MAX_VALUES);
        assertThatThrownBy(() -> Codec.DAG_CBOR.decode(ByteBuffer.wrap(list), Mode.TOLERANT))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("more than 2097152 values");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "01",
                "80",
                "a0",
                "60",
                "40",
                "6161",
                "8101",
                "8180",
                "a16001",
                "f4",
                "d82a450001550000"
            })
    void a_value_takes_no_more_memory_than_fits(String item) throws IOException {
        byte[] bytes = HexFormat.of().parseHex(item);
        int fitting = 100_000;
        assertThat(((Items) decode(list(bytes, fitting), Mode.STRICT)).values()).hasSize(fitting);
        int full = (Block.MAX_BYTES - 5) / bytes.length;
        if (full < 400_000) return; // none but large ones fit into a block
        assertThatThrownBy(() -> decode(list(bytes, full), Mode.TOLERANT))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("would take more than 48 MiB");
    }

    private static String list(byte[] item, int count) {
        ByteBuffer list = ByteBuffer.allocate(5 + count * item.length);
        list.put((byte) 0x9a).putInt(count);
        while (list.hasRemaining()) list.put(item);
        return HexFormat.of().formatHex(list.array());
    }

    @Test
    void long_strings_are_read_and_written() throws IOException {
        for (int length : new int[] {23, 24, 255, 256, 65535, 65536, 1 << 20}) {
            Text text = Text.of("x".repeat(length));
            assertThat(
                            Codec.DAG_CBOR.decode(
                                    ByteBuffer.wrap(Codec.DAG_CBOR.encode(text)), Mode.STRICT))
                    .isEqualTo(text);
        }
    }
}
