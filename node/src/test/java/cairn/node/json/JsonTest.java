package cairn.node.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "true",
                "-0",
                "-12.50e+3",
                "\"\"",
                "\"a\\\"\\\\\\n\\u0001\"",
                "[]",
                "{}",
                "[1,[2,{\"a\":null}]]",
                "{\"b\":1,\"a\":{\"c\":false}}",
            })
    void what_is_read_is_written_the_same(String text) throws Exception {
        assertThat(Json.parse(text).compact()).isEqualTo(text);
        assertThat(Json.parse(Json.parse(text).indented())).isEqualTo(Json.parse(text));
    }

    @Test
    void white_space_is_passed_over() throws Exception {
        assertThat(Json.parse(" {\t\"a\" :\r\n[ 1 , 2 ] } ").compact()).isEqualTo("{\"a\":[1,2]}");
    }

    @Test
    void characters_are_escaped_as_go_does() {
        assertThat(new Json.Str("<a&b>\u2028\ud800 ü🙂").compact())
                .isEqualTo("\"\\u003ca\\u0026b\\u003e\\u2028\\ufffd ü🙂\"");
    }

    @Test
    void the_indented_form_is_that_of_kubo() throws Exception {
        assertThat(Json.parse("{\"a\":{},\"b\":[1,2],\"c\":[]}").indented())
                .isEqualTo("{\n  \"a\": {},\n  \"b\": [\n    1,\n    2\n  ],\n  \"c\": []\n}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"a":1|line 1, column 7
                    {"a" 1}|line 1, column 6
                    {"a":1,"a":2}|Duplicate field 'a'
                    [1,]|line 1, column 4
                    [1 2]|was expecting comma
                    01|Leading zeroes not allowed
                    1.|not followed by a digit
                    +1|line 1, column 2
                    nul|Unrecognized token 'nul'
                    "abc|expecting closing quote
                    "\\x"|Unrecognized character escape
                    "\\u12g4"|expected a hex-digit
                    {} {}|something follows the value
                    """)
    void what_is_wrong_is_said_with_its_place(String text, String message) {
        assertThatThrownBy(() -> Json.parse(text))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining(message);
    }

    @Test
    void nesting_is_bounded() {
        assertThatThrownBy(() -> Json.parse("[".repeat(100_000)))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("nesting depth");
    }
}
