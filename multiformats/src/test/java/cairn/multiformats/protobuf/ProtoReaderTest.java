package cairn.multiformats.protobuf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.multiformats.MalformedException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProtoReaderTest {
    @Test
    void fields_come_out_in_the_order_and_with_the_values_they_were_added() throws Exception {
        byte[] bytes =
                new ProtoMessage()
                        .number(1, 150)
                        .text(2, "testing")
                        .number(1000, -1)
                        .message(3, new ProtoMessage().number(1, 0))
                        .encode();
        ProtoReader in = reader(bytes);
        assertThat(in.next()).isEqualTo(1);
        assertThat(in.number("a")).isEqualTo(150);
        assertThat(in.next()).isEqualTo(2);
        assertThat(in.wireType()).isEqualTo(ProtoReader.BYTES);
        assertThat(in.bytes("b").remaining()).isEqualTo(7);
        assertThat(in.next()).isEqualTo(1000);
        assertThat(in.number("c")).isEqualTo(-1);
        assertThat(in.next()).isEqualTo(3);
        assertThat(in.bytes("d")).isEqualTo(ByteBuffer.wrap(new byte[] {8, 0}));
        assertThat(in.next()).isZero();
    }

    /// The examples of protobuf.dev, "Encoding".
    @Test
    void the_bytes_are_those_of_the_format() {
        assertThat(new ProtoMessage().number(1, 150).encode()).asHexString().isEqualTo("089601");
        assertThat(new ProtoMessage().text(2, "testing").encode())
                .asHexString()
                .isEqualTo("120774657374696E67");
        assertThat(new ProtoMessage().number(1, -2).encode())
                .asHexString()
                .isEqualTo("08FEFFFFFFFFFFFFFFFF01");
    }

    @Test
    void unknown_fields_of_every_kind_are_passed_over() throws Exception {
        ProtoReader in =
                reader(
                        HexFormat.of()
                                .parseHex(
                                        "089601" + "1100112233445566aa" + "1a0141" + "2500000001"));
        for (int field = 1; field <= 4; field++) {
            assertThat(in.next()).isEqualTo(field);
            in.skip();
        }
        assertThat(in.next()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "80", // a tag cut short
                "00", // field number 0
                "80808080" + "8001", // a field number beyond 2^29
                "08", // no number
                "0880", // a number cut short
                "08ffffffffffffffffff02", // over 64 bits
                "0880808080808080808080" + "00", // over ten bytes
                "0a", // no length
                "0a0141" + "0a0241", // cut short
                "0affffffff0f", // a length of 4 GiB
                "0affffffffffffffffff01", // a negative length
                "0d000000", // fixed32 cut short
                "0900000000000000", // fixed64 cut short
                "0b0c", // a group
                "0e", // wire type 6
                "0f", // wire type 7
            })
    void malformed_messages_are_refused(String hex) {
        assertThatThrownBy(
                        () -> {
                            ProtoReader in = reader(HexFormat.of().parseHex(hex));
                            while (in.next() != 0) in.skip();
                        })
                .isInstanceOf(MalformedException.class)
                .hasMessageStartingWith("test: ");
    }

    @Test
    void a_field_of_another_wire_type_is_refused() throws Exception {
        ProtoReader in = reader(HexFormat.of().parseHex("0801"));
        assertThat(in.next()).isEqualTo(1);
        assertThatThrownBy(() -> in.bytes("a")).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> in.fixed32("a")).isInstanceOf(MalformedException.class);
    }

    private static ProtoReader reader(byte[] bytes) {
        return new ProtoReader("test", ByteBuffer.wrap(bytes));
    }
}
