package cairn.dag;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinkNameTest {
    @Test
    void names_are_ordered_as_unsigned_bytes() {
        assertThat(LinkName.of("a")).isLessThan(LinkName.of("b")).isLessThan(LinkName.of("aa"));
        assertThat(LinkName.of("z")).isLessThan(LinkName.of("é"));
        assertThat(LinkName.of("\uffff")).isLessThan(LinkName.of("\ud83d\ude00"));
    }

    @Test
    void bytes_are_copied() {
        byte[] bytes = {1, 2};
        LinkName name = LinkName.of(bytes);
        bytes[0] = 9;
        name.bytes()[1] = 9;
        assertThat(name.bytes()).containsExactly(1, 2);
        assertThat(name).isEqualTo(LinkName.of(ByteBuffer.wrap(new byte[] {1, 2})));
    }

    @Test
    void empty_names_are_one() {
        assertThat(LinkName.of("")).isSameAs(LinkName.EMPTY);
        assertThat(LinkName.of(new byte[0])).isSameAs(LinkName.EMPTY);
    }

    @Test
    void utf8_is_told_from_other_bytes() {
        assertThat(LinkName.of("ü☃").isUtf8()).isTrue();
        assertThat(LinkName.of(new byte[] {(byte) 0xc3}).isUtf8()).isFalse();
    }

    // What a terminal would obey, what would turn the line around, what would look like an escape.
    @ParameterizedTest
    @CsvSource({
        "61 62, ab",
        "0a, \\n",
        "1b 5b 32 4a, \\x1b[2J",
        "7f, \\x7f",
        "c2 9b, \\u009b",
        "e2 80 ae, \\u202e",
        "e2 80 a8, \\u2028",
        "c2 a0, \\u00a0",
        "f3 a0 80 81, \\U000e0001",
        "5c 6e, \\\\n",
        "ff 61, \\xffa",
        "c3, \\xc3",
        "ed a0 80, \\xed\\xa0\\x80",
        "f0 9f 98 80, 😀",
        "c3 bc, ü"
    })
    void what_is_not_safe_to_print_is_escaped(String hex, String expected) {
        byte[] bytes = java.util.HexFormat.ofDelimiter(" ").parseHex(hex);
        assertThat(LinkName.of(bytes).escaped()).isEqualTo(expected);
    }

    // As long as a path can be, and one more.
    @Test
    void a_message_shows_the_beginning_of_a_name_that_could_fill_a_block() {
        assertThat(LinkName.of("x".repeat(4096)).quoted()).isEqualTo('"' + "x".repeat(4096) + '"');
        assertThat(LinkName.of("x".repeat(4097)).quoted())
                .isEqualTo('"' + "x".repeat(4096) + "\"... (4097 bytes)");
    }

    @Test
    void quotes_are_escaped_in_quotes() {
        assertThat(LinkName.of("a\"b").quoted()).isEqualTo("\"a\\\"b\"");
    }
}
