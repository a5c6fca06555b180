package cairn.dag.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.dag.DagException;
import cairn.dag.codec.Codec.Mode;
import cairn.dag.codec.Value.Bytes;
import cairn.dag.codec.Value.Entries;
import cairn.dag.codec.Value.Entry;
import cairn.dag.codec.Value.Real;
import cairn.dag.codec.Value.Text;
import cairn.multiformats.MalformedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    private static Value decode(String text, Mode mode) throws MalformedException {
        return Codec.DAG_JSON.decode(ByteBuffer.wrap(text.getBytes(UTF_8)), mode);
    }

    private static String print(Codec codec, Value value) throws DagException {
        return new String(codec.encode(value), UTF_8);
    }

    private static String again(String text, Mode mode) throws IOException {
        return print(Codec.DAG_JSON, decode(text, mode));
    }

    // As `ipfs dag get` printed them, but for the last four.
    @ParameterizedTest
    @CsvSource({
        "1.0, 1",
        "-0.0, -0",
        "0.1, 0.1",
        "1e2, 100",
        "1.5e300, 1.5e+300",
        "1e-7, 1e-7",
        "0.000001, 0.000001",
        "0.00000123, 0.00000123",
        "123456789.5, 123456789.5",
        "1e15, 1000000000000000",
        "5e-324, 5e-324",
        "-1e-323, -1e-323",
        "2e-3, 0.002",
        "2e23, 2e+23",
        "1.7976931348623157e308, 1.7976931348623157e+308",
        "1e19, 10000000000000000000",
        "1e21, 1e+21",
        // Kubo prints 100000000000000000000, which it can't read.
        "1e20, 1e+20",
        "18446744073709551616.0, 1.8446744073709552e+19",
        "-18446744073709551616.0, -1.8446744073709552e+19",
        "-1e20, -1e+20"
    })
    void floats_are_printed_as_in_go(String text, String printed) throws IOException {
        assertThat(decode(text, Mode.STRICT)).isInstanceOf(Real.class);
        assertThat(again(text, Mode.STRICT)).isEqualTo(printed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "18446744073709551616",
                "-18446744073709551617",
                "1e400",
                "-",
                "1e",
                "1e+",
                ".5",
                "+1",
                "01",
                "-01",
                "1.5.5",
                "0x1",
                "NaN",
                "tru",
                "truex",
                "nul",
                "",
                " ",
                "\ufeff1",
                "[1 2]",
                "[,1]",
                "[1,,2]",
                "[",
                "[1",
                "]",
                "{\"a\" 1}",
                "{,\"a\":1}",
                "{\"a\"}",
                "{1:2}",
                "{\"a\":1,\"a\":2}",
                "{\"a\":1,\"\\u0061\":2}",
                "\"a",
                "\"\\",
                "\"\\x\"",
                "\"\\u12\"",
                "\"\n\"",
                "\"\u0001\"",
                "{\"/\":\"notacid\"}",
                "{\"/\":\"\"}",
                "{\"/\":{\"bytes\":\"A-_\"}}",
                "{\"/\":{\"bytes\":\"A\"}}",
                "1 1",
                "{} x"
            })
    void malformed_texts_are_refused(String text) {
        for (Mode mode : Mode.values())
            assertThatThrownBy(() -> decode(text, mode))
                    .isInstanceOf(MalformedException.class)
                    .hasMessageStartingWith("dag-json at byte ");
    }

    // Each with how it is written again; as in Kubo.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[1,]                            | [1]",
                "{\"a\":1,}                      | {\"a\":1}",
                "[1.]                            | [1]",
                "\"\\ud83d\"                     | \"\ufffd\"",
                "\"\\ud83dx\"                    | \"\ufffdx\"",
                "\"\\ude00\\ud83d\"              | \"\ufffd\ufffd\"",
                "\"\\ud83d\\u0041\"              | \"\ufffdA\"",
                "{\"/\":{\"bytes\":\"AQI=\"}}    | {\"/\":{\"bytes\":\"AQI\"}}",
                "{\"/\":{\"bytes\":\"AQJ\"}}     | {\"/\":{\"bytes\":\"AQI\"}}",
                "{\"/\":1}                       | {\"/\":1}",
                "{\"/\":{}}                      | {\"/\":{}}",
                "{\"/\":\"bafkqaaa\",\"x\":1}    | {\"/\":\"bafkqaaa\",\"x\":1}",
                "{\"/\":{\"bytes\":\"AQI\",\"x\":1}} | {\"/\":{\"bytes\":\"AQI\",\"x\":1}}",
                "{\"/\":{\"bytes\":1}}           | {\"/\":{\"bytes\":1}}"
            })
    void what_kubo_reads_is_read_tolerantly(String text, String written) throws IOException {
        assertThat(again(text, Mode.TOLERANT)).isEqualTo(written);
        assertThatThrownBy(() -> decode(text, Mode.STRICT)).isInstanceOf(MalformedException.class);
    }

    @Test
    void bytes_that_are_not_utf8_become_replacement_characters() throws IOException {
        ByteBuffer text = ByteBuffer.wrap("\"a\u00ff\u00e2\u0082\"".getBytes(ISO_8859_1));
        assertThat(Codec.DAG_JSON.decode(text, Mode.TOLERANT))
                .isEqualTo(Text.of("a\ufffd\ufffd\ufffd"));
        assertThatThrownBy(() -> Codec.DAG_JSON.decode(text, Mode.STRICT))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("not in UTF-8");
        Text odd = new Text(Octets.of(new byte[] {'a', (byte) 0xff}));
        assertThat(print(Codec.DAG_JSON, odd)).isEqualTo("\"a\\ufffd\"");
    }

    @Test
    void keys_that_would_print_alike_are_not_written() throws IOException {
        Entry one = new Entry(new Text(Octets.of(new byte[] {(byte) 0xff})), Value.NULL);
        Entry other = new Entry(new Text(Octets.of(new byte[] {(byte) 0xfe})), Value.NULL);
        assertThat(print(Codec.DAG_JSON, new Entries(List.of(one))))
                .isEqualTo("{\"\\ufffd\":null}");
        for (Codec codec : List.of(Codec.DAG_JSON, Codec.JSON))
            assertThatThrownBy(() -> codec.encode(new Entries(List.of(one, other))))
                    .isInstanceOf(DagException.class)
                    .hasMessageContaining("keys that differ only in bytes");
    }

    @Test
    void white_space_and_the_order_of_keys_are_free_even_strictly() throws IOException {
        assertThat(again(" {\"bb\" :\t1 ,\r\n\"a\": [ ] } ", Mode.STRICT))
                .isEqualTo("{\"a\":[],\"bb\":1}");
    }

    @Test
    void escapes_are_those_of_kubo() throws IOException {
        assertThat(
                        again(
                                "\"\\u0000\\u001f\\u007f\\u2028\\u2029<>&\\b\\f\\n\\r\\t\\/\\\\\\\"\"",
                                Mode.STRICT))
                .isEqualTo(
                        "\"\\u0000\\u001f\u007f\\u2028\\u2029<>&\\u0008\\u000c\\n\\r\\t/\\\\\\\"\"");
        assertThat(decode("\"\\ud83d\\ude00\"", Mode.STRICT)).isEqualTo(Text.of("😀"));
    }

    @Test
    void the_key_slash_is_reserved_however_it_is_written() throws IOException {
        assertThat(decode("{\"\\u002f\":\"bafkqaaa\"}", Mode.STRICT))
                .isInstanceOf(Value.Link.class);
        assertThat(decode("{\"/\":{\"bytes\":\"\"}}", Mode.STRICT))
                .isEqualTo(new Bytes(Octets.EMPTY));
    }

    @Test
    void a_map_that_reads_as_a_link_or_as_bytes_is_not_written() throws IOException {
        Entries link = new Entries(List.of(new Entry(Text.of("/"), Text.of("x"))));
        Entries inner = new Entries(List.of(new Entry(Text.of("bytes"), Text.of("AQI"))));
        Entries bytes = new Entries(List.of(new Entry(Text.of("/"), inner)));
        for (Entries map : List.of(link, bytes)) {
            assertThatThrownBy(() -> Codec.DAG_JSON.encode(map)).isInstanceOf(DagException.class);
            assertThat(Codec.DAG_CBOR.encode(map)).isNotEmpty();
        }
    }

    // As Kubo writes it: `dag put --store-codec=json`.
    @Test
    void json_is_written_over_lines_in_the_order_of_the_map() throws IOException {
        Value value = decode("{\"bb\":1,\"a\":[1,[],{\"a\":[2]},{}]}", Mode.STRICT);
        assertThat(print(Codec.JSON, value))
                .isEqualTo(
                        """
                        {
                        >"bb": 1,
                        >"a": [
                        >>1,
                        >>[],
                        >>{
                        >>>"a": [
                        >>>>2
                        >>>]
                        >>},
                        >>{}
                        >]
                        }
                        """
                                .replace('>', '\t'));
        assertThat(print(Codec.JSON, Text.of("a"))).isEqualTo("\"a\"");
        assertThatThrownBy(() -> Codec.JSON.encode(new Bytes(Octets.EMPTY)))
                .isInstanceOf(DagException.class)
                .hasMessage("json can't hold bytes");
    }

    @Test
    void depth_is_bounded_and_the_braces_of_links_and_bytes_are_no_depth() throws IOException {
        String open = "[".repeat(Value.MAX_DEPTH);
        String close = "]".repeat(Value.MAX_DEPTH);
        decode(open + close, Mode.STRICT);
        decode(open + "{\"/\":\"bafkqaaa\"}" + close, Mode.STRICT);
        decode(open + "{\"/\":{\"bytes\":\"AQI\"}}" + close, Mode.STRICT);
        for (String inner : List.of("[]", "{}", "{\"a\":{\"bytes\":\"AQI\"}}", "{\"bytes\":\"A\"}"))
            assertThatThrownBy(() -> decode(open + inner + close, Mode.TOLERANT))
                    .isInstanceOf(MalformedException.class)
                    .hasMessageContaining("more than 1024 lists and maps");
    }

    @Test
    void huge_numbers_and_strings_are_bounded() throws IOException {
        int seven = 7 << 20;
        for (String number :
                List.of("1".repeat(seven), "0." + "1".repeat(seven), "1e" + "1".repeat(seven)))
            assertThatThrownBy(() -> decode(number, Mode.TOLERANT))
                    .isInstanceOf(MalformedException.class)
                    .hasMessageContaining("a number of 73400");
        assertThat(((Text) decode('"' + "x".repeat(seven) + '"', Mode.STRICT)).utf8().size())
                .isEqualTo(seven);
        assertThatThrownBy(() -> decode(" ".repeat(Codec.MAX_INPUT_BYTES + 1), Mode.TOLERANT))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("at most 8388608");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1,", "\"a\",", "[1],", "{\"a\":1},", "1.5,", "null,"})
    void a_value_takes_no_more_memory_than_fits(String item) {
        String many = "[" + item.repeat((Codec.MAX_INPUT_BYTES - 8) / item.length()) + "0]";
        assertThatThrownBy(() -> decode(many, Mode.TOLERANT))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("would take more than 48 MiB");
    }
}
