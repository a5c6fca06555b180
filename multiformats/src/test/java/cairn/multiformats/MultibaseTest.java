package cairn.multiformats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MultibaseTest {
    @ParameterizedTest
    @MethodSource("answersOfKubo")
    void texts_are_those_of_kubo(List<String> row) throws Exception {
        byte[] bytes = HexFormat.of().parseHex(row.get(1));

        assertThat(base(row.get(0)).encode(bytes)).isEqualTo(row.get(2));
        assertThat(Multibase.decode(row.get(2))).isEqualTo(bytes);
    }

    static List<List<String>> answersOfKubo() {
        return Tables.own("multibase.tsv").toList();
    }

    @ParameterizedTest
    @CsvSource({"basic.csv,''", "leading_zero.csv,00", "two_leading_zeros.csv,0000"})
    void texts_are_those_of_the_official_vectors(String file, String zeros) throws Exception {
        byte[] bytes = HexFormat.of().parseHex(zeros + hex("yes mani !"));
        for (List<String> row : Tables.official("multibase/" + file).toList()) {
            assertThat(base(row.get(0)).encode(bytes)).isEqualTo(row.get(1));
            assertThat(Multibase.decode(row.get(1))).as(row.get(1)).isEqualTo(bytes);
        }
    }

    @Test
    void case_may_be_mixed_as_in_the_official_vectors() throws Exception {
        for (List<String> row : Tables.official("multibase/case_insensitivity.csv").toList())
            assertThat(Multibase.decode(row.get(1)))
                    .as(row.get(1))
                    .asString(StandardCharsets.US_ASCII)
                    .isEqualTo("hello world");
    }

    /// Sizes around the groups of characters (5 bytes in base32, 3 in base64) and the words of the
    /// radix bases (4 bytes), the limit of a CID, and the limit of the radix bases.
    private static final List<Integer> SIZES =
            List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 34, 36, 149, 1000, Multibase.MAX_RADIX_BYTES);

    @ParameterizedTest
    @EnumSource
    void decoding_undoes_encoding(Multibase base) throws Exception {
        var random = new Random(7);
        for (int size : SIZES) {
            byte[] bytes = new byte[size];
            for (int fill : new int[] {0, -1, 1}) {
                Arrays.fill(bytes, (byte) fill);
                if (fill == 1) random.nextBytes(bytes);
                assertThat(Multibase.decode(base.encode(bytes))).isEqualTo(bytes);
                assertThat(Multibase.of(base.encode(bytes))).isEqualTo(base);
            }
        }
    }

    @Test
    void identity_is_a_character_a_byte() throws Exception {
        byte[] bytes = {0, 'a', (byte) 0xff};
        assertThat(Multibase.IDENTITY.encode(bytes)).isEqualTo("\0\0a\u00ff");
        assertThatThrownBy(() -> Multibase.decode("\0\u0100"))
                .hasMessage("character 'Ā' at position 2 is not of identity");
    }

    @ParameterizedTest
    @EnumSource(
            names = {"BASE10", "BASE36", "BASE36_UPPER", "BASE58_BTC", "BASE58_FLICKR"},
            mode = EnumSource.Mode.INCLUDE)
    void bases_of_quadratic_work_are_bounded(Multibase base) {
        byte[] bytes = new byte[Multibase.MAX_RADIX_BYTES + 1];
        assertThatIllegalArgumentException().isThrownBy(() -> base.encode(bytes));

        String zeros = base.encode(new byte[Multibase.MAX_RADIX_BYTES]);
        assertThatThrownBy(() -> Multibase.decode(zeros + zeros.charAt(1)))
                .isInstanceOf(MalformedException.class)
                .hasMessageStartingWith(base + " text is longer than that of 16384 bytes, and");
        String far = Character.toString(base.prefix()) + "2".repeat(1_000_000);
        assertThatThrownBy(() -> Multibase.decode(far))
                .isInstanceOf(MalformedException.class)
                .hasMessageStartingWith(base + " text is longer than that of 16384 bytes, and");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bmz0w6  | character '0' at position 4 is not of base32 (it has no 0, 1, 8 and 9)",
                "z2lI    | character 'l' at position 3 is not of base58btc (it has no 0, O, I and l)",
                "f0g     | character 'g' at position 3 is not of base16",
                "b\u00fc | character 'ü' at position 2 is not of base32",
                "mAA==   | character '=' at position 4 is not of base64",
                "uA+     | character '+' at position 3 is not of base64url",
                "🚀🚀a   | character 'a' at position 3 is not of base256emoji",
                "9-1     | character '-' at position 2 is not of base10",
                "'f0\n'  | character U+000A at position 3 is not of base16",
            })
    void a_wrong_character_is_named_with_its_position(String text, String message) {
        assertThatThrownBy(() -> Multibase.decode(text))
                .isInstanceOf(MalformedException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"f0", "ba", "baaa", "baaaaaa", "mA", "mAAAAA", "00", "0000000000", "70"})
    void a_text_of_no_whole_number_of_bytes_is_an_error(String text) {
        assertThatThrownBy(() -> Multibase.decode(text))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("is cut short or too long");
    }

    @ParameterizedTest
    @CsvSource({"bab,3", "bah,3", "mAB,3", "7001,4", "uA_,3"})
    void bits_past_the_end_are_an_error(String text, int position) {
        assertThatThrownBy(() -> Multibase.decode(text))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("at position " + position + ", has bits past the end");
    }

    @ParameterizedTest
    @ValueSource(strings = {"MAA", "MAA=", "MAA===", "c======", "caa=====", "caa=======", "M===="})
    void padding_that_encoding_would_not_write_is_an_error(String text) {
        assertThatThrownBy(() -> Multibase.decode(text)).isInstanceOf(MalformedException.class);
    }

    @Test
    void no_base_is_an_error() {
        assertThatThrownBy(() -> Multibase.decode("")).hasMessage("an empty text names no base");
        assertThatThrownBy(() -> Multibase.decode("xyz"))
                .hasMessage("character 'x' at position 1 names no base");
        assertThatThrownBy(() -> Multibase.decode("\ud83d"))
                .hasMessage("character U+D83D at position 1 names no base");
        assertThat(Multibase.named("base7")).isEmpty();
    }

    private static Multibase base(String label) {
        return Multibase.named(label).orElseThrow(() -> new AssertionError(label));
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.US_ASCII));
    }
}
