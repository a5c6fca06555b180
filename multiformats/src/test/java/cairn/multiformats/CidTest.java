package cairn.multiformats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CidTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final Multihash HASH = Multihash.of(Multicodec.SHA2_256, new byte[32]);

    @Test
    void bytes_are_those_of_kubo() throws Exception {
        for (List<String> row : Tables.own("cid.tsv").toList()) {
            byte[] bytes = HEX.parseHex(row.get(0));
            Cid cid = Cid.of(bytes);
            assertThat(cid.bytes()).isEqualTo(bytes);
            assertThat(cid.size()).isEqualTo(bytes.length);
            assertThat(cid.hash().digestSize()).hasToString(row.get(5));
            cid.codec().name().ifPresent(name -> assertThat(row.get(3)).isEqualTo(name));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'',varint is cut short",
        "01,varint is cut short",
        "0170,varint is cut short",
        "1220aa,multihash digest is cut short: 1 of 32 bytes",
        "0070120100,CID version 0 is unknown",
        "0270120100,CID version 2 is unknown",
        "1270120100,CID version 18 is unknown",
        "8100700001aa,varint is not minimal",
        "01f0000001aa,varint is not minimal",
        "01700001aabb,1 bytes after the CID",
    })
    void bytes_that_are_none_are_an_error(String hex, String message) {
        assertThatThrownBy(() -> Cid.of(HEX.parseHex(hex)))
                .isInstanceOf(MalformedException.class)
                .hasMessage(message);
    }

    @Test
    void reading_stops_behind_it() throws Exception {
        ByteBuffer in = ByteBuffer.allocate(80);
        Cid.v1(Multicodec.RAW, HASH).writeTo(in);
        Cid.v0(HASH).writeTo(in);
        in.put((byte) 7).flip();

        assertThat(Cid.read(in)).isEqualTo(Cid.v1(Multicodec.RAW, HASH));
        assertThat(Cid.read(in)).isEqualTo(Cid.v0(HASH));
        assertThat(in.remaining()).isEqualTo(1);
    }

    @Test
    void version_0_is_dag_pb_and_a_whole_sha2_256() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Cid(0, Multicodec.RAW, HASH))
                .withMessage("CIDv0 is always dag-pb, got raw");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Cid.v0(Multihash.of(Multicodec.SHA2_256, new byte[20])));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Cid.v0(Multihash.of(Multicodec.SHA2_512, new byte[32])));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Cid(2, Multicodec.RAW, HASH))
                .withMessage("no CID version 2");
    }
}
