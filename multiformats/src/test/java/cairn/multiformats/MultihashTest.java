package cairn.multiformats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MultihashTest {
    private static final HexFormat HEX = HexFormat.of();

    /// Codes of one and more bytes; no digest, the longest, and around the second byte of a length.
    @ParameterizedTest
    @CsvSource({"0,0", "0,1", "18,32", "127,127", "128,127", "127,128", "45600,128", "30,0"})
    void parts_are_what_it_was_made_of(long code, int size) throws Exception {
        byte[] digest = new byte[size];
        for (int i = 0; i < size; i++) digest[i] = (byte) (i + 1);
        Multihash hash = Multihash.of(new Multicodec(code), digest);

        assertThat(hash.function().code()).isEqualTo(code);
        assertThat(hash.digest()).isEqualTo(digest);
        assertThat(hash.digestSize()).isEqualTo(size);
        assertThat(hash.size()).isEqualTo(hash.bytes().length);
        assertThat(hash.isDigest(digest)).isTrue();
        assertThat(hash.isDigest(new byte[size + 1])).isFalse();
        assertThat(Multihash.of(hash.bytes())).isEqualTo(hash).hasSameHashCodeAs(hash);
    }

    @ParameterizedTest
    @CsvSource({
        "'',varint is cut short",
        "12,varint is cut short",
        "1202aa,multihash digest is cut short: 1 of 2 bytes",
        "1201aabb,1 bytes after the multihash",
        "128101,multihash digest of 129 bytes; at most 128",
        "12ffffffffffffffff7f,multihash digest of 9223372036854775807 bytes; at most 128",
        "920001aa,varint is not minimal",
        "128100aa,varint is not minimal",
        "ffffffffffffffffff0101aa,varint is longer than 9 bytes",
    })
    void bytes_that_are_not_one_are_an_error(String hex, String message) {
        assertThatThrownBy(() -> Multihash.of(HEX.parseHex(hex)))
                .isInstanceOf(MalformedException.class)
                .hasMessage(message);
    }

    @Test
    void reading_stops_behind_it() throws Exception {
        ByteBuffer in = ByteBuffer.wrap(HEX.parseHex("ff1202aabbcc"), 1, 5);
        assertThat(Multihash.read(in)).hasToString("1202aabb");
        assertThat(in.remaining()).isEqualTo(1);
    }

    @Test
    void a_digest_of_more_than_128_bytes_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Multihash.of(Multicodec.IDENTITY, new byte[129]));
    }

    @Test
    void nobody_can_change_one() {
        byte[] digest = new byte[32];
        Multihash hash = Multihash.of(Multicodec.SHA2_256, digest);
        digest[0] = 1;
        hash.digest()[1] = 1;
        hash.bytes()[2] = 1;
        assertThat(hash.digest()).containsOnly(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1102aabb", "120100", "12020000", "1202007f", "12020080", "1e0100"})
    void order_is_that_of_unsigned_bytes(String hex) throws Exception {
        Multihash hash = Multihash.of(HEX.parseHex(hex));
        assertThat(hash).isGreaterThan(Multihash.of(HEX.parseHex("00020000")));
        assertThat(hash).isLessThan(Multihash.of(HEX.parseHex("9f0100")));
        assertThat(hash).isEqualByComparingTo(Multihash.of(HEX.parseHex(hex)));
    }
}
