package cairn.multiformats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Texts that are written and read in pieces, beside those of [Multibase].
class MultibaseStreamTest {
    /// Nothing, a byte, and around the pieces: 61440 bytes when encoding; when decoding 65536
    /// characters, which hold 40960 bytes of base32, 49152 of base64 and 8192 of base2.
    private static final List<Integer> SIZES =
            List.of(
                    0, 1, 2, 8191, 8192, 8193, 40959, 40960, 40961, 49151, 49152, 49153, 61439,
                    61440, 61441, 122881, 200_000);

    @ParameterizedTest
    @EnumSource
    void a_text_in_pieces_is_the_text_in_one(Multibase base) throws Exception {
        Random random = new Random(7);
        for (int size : SIZES) {
            if (base.isRadix() && size > 8193) continue;
            byte[] bytes = new byte[size];
            random.nextBytes(bytes);
            byte[] text = utf8(base, base.encode(bytes));
            assertThat(encoded(base, bytes)).as(base + " " + size).isEqualTo(text);
            assertThat(decoded(text)).as(base + " " + size).isEqualTo(bytes);
        }
    }

    @Test
    void bytes_may_come_one_by_one() throws Exception {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (OutputStream out = new MultibaseEncoder(Multibase.BASE32_PAD, text)) {
            for (byte b : "hello".getBytes(StandardCharsets.US_ASCII)) out.write(b);
        }
        assertThat(text.toString(StandardCharsets.US_ASCII)).isEqualTo("cnbswy3dp");
    }

    @ParameterizedTest
    @ValueSource(strings = {"MaGVsbG8K", "MaGVsbG8K\n", "MaGVsbG8K\r\n"})
    void one_line_end_is_no_part_of_a_text(String text) throws Exception {
        assertThat(decoded(text.getBytes(StandardCharsets.US_ASCII)))
                .asString()
                .isEqualTo("hello\n");
    }

    @Test
    void a_line_end_right_behind_a_piece_is_no_part_of_it_either() throws Exception {
        for (int size : new int[] {49150, 49151, 49152, 49153, 49154}) {
            byte[] bytes = new byte[size];
            String text = Multibase.BASE64_PAD.encode(bytes);
            for (String end : new String[] {"\n", "\r\n"})
                assertThat(decoded((text + end).getBytes(StandardCharsets.US_ASCII)))
                        .isEqualTo(bytes);
        }
    }

    @Test
    void in_identity_every_byte_stands_for_itself() throws Exception {
        byte[] bytes = {(byte) 0xff, 0, '\n'};
        assertThat(encoded(Multibase.IDENTITY, bytes)).isEqualTo(new byte[] {0, -1, 0, '\n'});
        assertThat(decoded(new byte[] {0, -1, 0, '\n'})).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''       | an empty text names no base",
                "x        | character 'x' at position 1 names no base",
                "f6*      | character '*' at position 3 is not of base16",
                "f6       | 6",
                "'f68\n\n'| character U+000A at position 4 is not of base16",
                "MAA      | base64pad is padded",
            })
    void mistakes_are_told_as_for_texts_in_one(String text, String message) {
        if (message.equals("6")) message = "base16 text of 2 characters is cut short";
        String expected = message;
        assertThatThrownBy(() -> decoded(text.getBytes(StandardCharsets.US_ASCII)))
                .isInstanceOf(MalformedException.class)
                .hasMessageStartingWith(expected);
    }

    @Test
    void a_mistake_far_behind_is_told_with_where_its_piece_begins() {
        String text = "f" + "0".repeat(65536) + "0".repeat(9) + "x" + "0".repeat(70_000);
        assertThatThrownBy(() -> decoded(text.getBytes(StandardCharsets.US_ASCII)))
                .isInstanceOf(MalformedException.class)
                .hasMessage(
                        "in what follows character 65537: character 'x' at position 10 is not of"
                                + " base16");
    }

    @Test
    void padding_ends_a_text() {
        // 65536 characters behind the prefix, the last of them '=', and more.
        String padded = Multibase.BASE64_PAD.encode(new byte[49151]);
        assertThat(padded).hasSize(65537).endsWith("=");
        assertThatThrownBy(() -> decoded((padded + "AAAA").getBytes(StandardCharsets.US_ASCII)))
                .isInstanceOf(MalformedException.class)
                .hasMessage("character '=' at position 65537 is not of base64pad");
    }

    @Test
    void what_is_not_utf8_is_a_mistake() {
        assertThatThrownBy(() -> decoded(new byte[] {'u', (byte) 0xff}))
                .isInstanceOf(MalformedException.class);
    }

    @ParameterizedTest
    @EnumSource(names = {"BASE10", "BASE36", "BASE58_BTC"})
    void bases_of_quadratic_work_are_bounded(Multibase base) throws Exception {
        byte[] most = new byte[Multibase.MAX_RADIX_BYTES];
        Arrays.fill(most, (byte) -1);
        byte[] text = encoded(base, most);
        assertThat(decoded(text)).isEqualTo(most);

        assertThatThrownBy(() -> encoded(base, Arrays.copyOf(most, most.length + 1)))
                .isInstanceOf(MalformedException.class)
                .hasMessageStartingWith(base + " takes at most 16384 bytes, since");
        byte[] endless = new byte[1_000_000];
        Arrays.fill(endless, (byte) '1');
        endless[0] = (byte) base.prefix();
        assertThatThrownBy(() -> decoded(endless))
                .isInstanceOf(MalformedException.class)
                .hasMessageStartingWith(base + " text is longer than that of 16384 bytes, and");
    }

    private static byte[] utf8(Multibase base, String text) {
        return text.getBytes(
                base == Multibase.IDENTITY ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
    }

    private static byte[] encoded(Multibase base, byte[] bytes) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (OutputStream out = new MultibaseEncoder(base, text)) {
            out.write(bytes);
        }
        return text.toByteArray();
    }

    private static byte[] decoded(byte[] text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        MultibaseDecoder.decode(new ByteArrayInputStream(text), bytes);
        return bytes.toByteArray();
    }
}
