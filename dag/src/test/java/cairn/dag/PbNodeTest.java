package cairn.dag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.multiformats.Cid;
import cairn.multiformats.MalformedException;
import cairn.multiformats.Multicodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PbNodeTest {
    /// An identity CID of no bytes: 01 55 00 00.
    private static final String CID = "01550000";

    private static PbNode decode(String hex) throws MalformedException {
        return PbNode.decode(ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", ""))));
    }

    @Test
    void nothing_is_a_node_without_links_and_data() throws MalformedException {
        PbNode node = decode("");
        assertThat(node.links()).isEmpty();
        assertThat(node.data()).isEmpty();
        assertThat(node.encode()).isEmpty();
    }

    @Test
    void empty_data_is_data() throws MalformedException {
        assertThat(decode("0a00").data()).contains(ByteBuffer.allocate(0));
        assertThat(decode("0a00").encode()).isEqualTo(new byte[] {0x0a, 0});
    }

    @Test
    void both_orders_are_read_and_links_are_written_first() throws MalformedException {
        String link = "12 08 0a04" + CID + "1801 ";
        String data = "0a 01 7f ";
        PbNode linksFirst = decode(link + link + data);
        PbNode dataFirst = decode(data + link + link);

        assertThat(dataFirst.links()).hasSize(2).isEqualTo(linksFirst.links());
        assertThat(dataFirst.data()).isEqualTo(linksFirst.data());
        assertThat(dataFirst.encode()).isEqualTo(linksFirst.encode());
        assertThat(dataFirst.encode()).endsWith((byte) 0x0a, (byte) 1, (byte) 0x7f);
    }

    @Test
    void what_is_written_is_read_back() throws MalformedException {
        Cid cid = MemoryDag.identity(Multicodec.RAW, new byte[] {1});
        for (long tsize : new long[] {0, 1, 127, 128, 1L << 32, Long.MAX_VALUE}) {
            PbNode node =
                    PbNode.of(
                            List.of(
                                    new PbLink(cid, LinkName.of("n"), tsize),
                                    new PbLink(cid, LinkName.EMPTY, tsize)),
                            ByteBuffer.wrap(new byte[300]));
            assertThat(node.encode()).hasSize(node.encodedSize());
            PbNode read = PbNode.decode(ByteBuffer.wrap(node.encode()));
            assertThat(read.links()).isEqualTo(node.links());
            assertThat(read.data()).isEqualTo(node.data());
        }
    }

    @Test
    void a_links_name_may_be_any_bytes() throws MalformedException {
        PbNode node = decode("12 0a 0a04" + CID + "1202 ff00");
        assertThat(node.links().getFirst().name().bytes()).containsExactly(0xff, 0);
        assertThat(node.links().getFirst().tsize()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "0a,          cut short",
        "0a02 00,     'data is cut short: 1 of 2 bytes'",
        "0aff ffff ffff ffff ffff 01, cut short",
        "0aff ffff ffff ffff ffff 7f, over 64 bits",
        "0a80 8080 8080 8080 8080 80, over 64 bits",
        "0a00 0a00,   two data fields",
        "1200,        no hash",
        "1202 0a00,   cut short",
        "1206 0a04 01550000 0a00 1206 0a04 01550000, links before and after",
        "1208 0a04 01550000 0a00, 'field 1 after field 1'",
        "1208 1200 0a04 01550000, 'field 1 after field 2'",
        "1207 0a05 01550000 00, bytes after a link's CID",
        "1211 0a04 01550000 18ff ffff ffff ffff ffff 01, too large",
        "1a00,        unknown field 3",
        "0800,        'wire type 0, not 2'",
        "0b00,        'wire type 3, not 2'",
        "0000,        no field number 0",
        "1206 0a04 02550000, CID version 2"
    })
    void malformed_nodes_are_refused(String hex, String message) {
        assertThatThrownBy(() -> decode(hex))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining(message);
    }

    @Test
    void the_fields_vectors_are_read_and_written_to_the_byte() throws IOException {
        Path fixtures = Path.of("../../shared/vectors/codec-fixtures/fixtures");
        Assumptions.assumeTrue(
                Files.isDirectory(fixtures), "no vectors of the field beside this project");
        try (Stream<Path> files = Files.walk(fixtures)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                if (!file.toString().endsWith(".dag-pb")) continue;
                byte[] bytes = Files.readAllBytes(file);
                PbNode node = PbNode.decode(ByteBuffer.wrap(bytes));
                assertThat(node.data()).as(file.toString()).isNotNull();
            }
        }
    }

    @Test
    void the_fields_malformed_vectors_are_refused() throws IOException {
        Path edges =
                Path.of(
                        "../../shared/vectors/codec-fixtures/negative-fixtures/dag-pb/decode/edges.json");
        Assumptions.assumeTrue(Files.exists(edges), "no vectors of the field beside this project");
        Matcher hex = Pattern.compile("\"hex\": \"([0-9a-f]*)\"").matcher(Files.readString(edges));
        assertThat(hex.results().map(r -> r.group(1)).toList())
                .isNotEmpty()
                .allSatisfy(
                        bytes ->
                                assertThatThrownBy(() -> decode(bytes))
                                        .isInstanceOf(MalformedException.class));
    }
}
