package cairn.dag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.multiformats.MalformedException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class UnixFsTest {
    private static UnixFs decode(String hex) throws MalformedException {
        return UnixFs.decode(ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", ""))));
    }

    @ParameterizedTest
    @EnumSource
    void what_is_written_is_read_back(UnixFs.Type type) throws MalformedException {
        UnixFs bare = UnixFs.of(type);
        UnixFs full =
                bare.withData(MemoryDag.text("data"))
                        .withSizes(Long.MAX_VALUE, List.of(0L, 127L, 128L, Long.MAX_VALUE))
                        .withShard(0x22, 256)
                        .withMetadata(
                                OptionalInt.of(0xffffffff),
                                Optional.of(new Mtime(-1, 999_999_999)));
        for (UnixFs node : List.of(bare, full))
            assertThat(UnixFs.decode(ByteBuffer.wrap(node.encode()))).isEqualTo(node);
    }

    @Test
    void packed_and_single_sizes_are_read() throws MalformedException {
        assertThat(decode("0802 2001 2002").blockSizes()).containsExactly(1L, 2L);
        assertThat(decode("0802 2203 01ff01").blockSizes()).containsExactly(1L, 255L);
        assertThat(decode("0802 2200").blockSizes()).isEmpty();
    }

    @Test
    void unknown_fields_are_passed_over() throws MalformedException {
        assertThat(decode("0802 780a 7a0161 7d00000000 790000000000000000"))
                .isEqualTo(UnixFs.of(UnixFs.Type.FILE));
    }

    @Test
    void an_mtime_may_have_seconds_alone() throws MalformedException {
        assertThat(decode("0802 42 02 0801").mtime()).contains(new Mtime(1, 0));
        assertThat(decode("0802 42 07 0801 15 01000000").mtime()).contains(new Mtime(1, 1));
    }

    @Test
    void absent_is_not_zero() throws MalformedException {
        assertThat(decode("0802").fileSize()).isEqualTo(OptionalLong.empty());
        assertThat(decode("0802 1800").fileSize()).hasValue(0);
        assertThat(decode("0802").data()).isEmpty();
        assertThat(decode("0802 1200").data()).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "'',            no type",
        "1200,          no type",
        "0806,          unknown type 6",
        "08ff ffff ffff ffff ffff 01, unknown type 18446744073709551615",
        "0802 18ff ffff ffff ffff ffff 01, filesize of 18446744073709551615 is too large",
        "0802 20ff ffff ffff ffff ffff 01, too large",
        "0802 2201 80,  varint is cut short",
        "0802 1201,     data is cut short",
        "0802 1a00,     'filesize has wire type 2, not 0'",
        "0802 4200,     no seconds",
        "0802 4207 0801 15 00ca9a3b, nanoseconds of 1000000000",
        "0802 4207 0801 15 ffffffff, nanoseconds of 4294967295",
        "0802 4204 0801 15 00, cut short",
        "0802 7c,       wire type 4",
        "0802 7d 0000,  unknown field is cut short"
    })
    void malformed_messages_are_refused(String hex, String message) {
        assertThatThrownBy(() -> decode(hex))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining(message);
    }
}
