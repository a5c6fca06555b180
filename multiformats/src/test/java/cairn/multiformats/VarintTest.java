package cairn.multiformats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VarintTest {
    /// The examples of the specification, and the ends of one, two, eight and nine bytes.
    @ParameterizedTest
    @CsvSource({
        "0,00",
        "1,01",
        "127,7f",
        "128,8001",
        "255,ff01",
        "300,ac02",
        "16383,ff7f",
        "16384,808001",
        "72057594037927935,ffffffffffffff7f",
        "72057594037927936,808080808080808001",
        "9223372036854775807,ffffffffffffffff7f",
    })
    void a_value_has_one_form(long value, String hex) throws Exception {
        ByteBuffer out = ByteBuffer.allocate(Varint.size(value));
        Varint.write(value, out);
        assertThat(out.array()).asHexString().isEqualToIgnoringCase(hex);

        ByteBuffer in = buffer(hex + "ff");
        assertThat(Varint.read(in)).isEqualTo(value);
        assertThat(in.remaining()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "'',varint is cut short",
        "80,varint is cut short",
        "ffffffffffffffff,varint is cut short",
        "8000,varint is not minimal",
        "818000,varint is not minimal",
        "808080808080808000,varint is not minimal",
        "80808080808080808001,varint is longer than 9 bytes",
        "ffffffffffffffffff01,varint is longer than 9 bytes",
        "ffffffffffffffffffffffffffff,varint is longer than 9 bytes",
    })
    void any_other_form_is_an_error(String hex, String message) {
        assertThatThrownBy(() -> Varint.read(buffer(hex)))
                .isInstanceOf(MalformedException.class)
                .hasMessage(message);
    }

    @Test
    void a_negative_value_has_no_form() {
        assertThatIllegalArgumentException().isThrownBy(() -> Varint.size(-1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Varint.write(-1, ByteBuffer.allocate(16)));
    }

    private static ByteBuffer buffer(String hex) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
    }
}
