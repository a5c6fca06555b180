package cairn.dag.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.dag.DagException;
import cairn.dag.LinkName;
import cairn.dag.MemoryDag;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.multiformats.Multicodec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinksTest {
    /// An identity CID of no bytes: `bafkqaaa`.
    private static final String LINK = "d82a450001550000";

    private static Block block(Multicodec codec, byte[] bytes) {
        return Block.hashed(
                1, codec, MemoryDag.HASHES.find(Multicodec.SHA2_256).orElseThrow(), bytes);
    }

    private static Block cbor(String hex) {
        return block(
                Codec.DAG_CBOR.code(),
                HexFormat.of().parseHex(hex.replace(" ", "").replace("LINK", LINK)));
    }

    private static Block json(String text) {
        return block(Codec.DAG_JSON.code(), text.getBytes(UTF_8));
    }

    private static List<String> paths(Block block) throws IOException {
        List<String> paths = new ArrayList<>();
        Links.forEach(
                block,
                (_, path) ->
                        paths.add(
                                path.segments().stream()
                                        .map(LinkName::toString)
                                        .collect(Collectors.joining("/"))));
        return paths;
    }

    private static int count(Block block) throws IOException {
        int[] count = {0};
        Links.forEach(block, (_, _) -> count[0]++);
        return count[0];
    }

    @ParameterizedTest
    @CsvSource({
        "LINK,                            ''",
        "82 LINK LINK,                    0 1",
        "a2 6162 LINK 6161 82 01 LINK,    b a/1",
        "a1 6162 83 a0 80 a1 6161 LINK,   b/2/a",
        "82 f97e00 LINK,                  1",
        "82 fb7ff0000000000000 LINK,      1",
        "a2 6161 LINK 6161 LINK,          a a",
        "83 1800 f7 LINK,                 2",
        "82 c1 6161 LINK,                 1"
    })
    void links_of_dag_cbor_come_in_the_order_of_bytes_with_their_paths(String hex, String paths)
            throws IOException {
        assertThat(String.join(" ", paths(cbor(hex)))).isEqualTo(paths);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "L                          | ``",
                "[L, L]                     | 0 1",
                "{\"b\":L,\"a\":[1,L,],}    | b a/1",
                "{\"b\":[{},[],{\"a\":L}]}  | b/2/a",
                "{\"\\u0061\":L}            | a",
                "[{\"/\":{\"bytes\":\"?\"}},L] | 1",
                "[{\"/\":\"bafkqaaa\",\"x\":1},L] | 1",
                "[{\"x\":1,\"/\":\"bafkqaaa\"},L] | 1",
                "{\"/\":L}                  | /",
                "[{\"\\u002f\":\"bafkq\\u0061aa\"}] | 0"
            })
    void links_of_dag_json_come_in_the_order_of_bytes_with_their_paths(String text, String paths)
            throws IOException {
        assertThat(String.join(" ", paths(json(text.replace("L", "{\"/\":\"bafkqaaa\"}")))))
                .isEqualTo(paths);
    }

    @Test
    void only_links_of_dag_pb_have_names() throws IOException {
        MemoryDag dag = new MemoryDag();
        Cid folder = dag.directory(dag.link("f", dag.raw("x")));
        List<LinkName> names = new ArrayList<>();
        Links.forEach(dag.get(folder).orElseThrow(), (_, path) -> names.add(path.name()));
        Links.forEach(cbor("a1 6161 LINK"), (_, path) -> names.add(path.name()));
        assertThat(names).containsExactly(LinkName.of("f"), LinkName.EMPTY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"raw", "cbor", "json", "libp2p-key"})
    void codecs_without_links_are_not_read(String codec) throws IOException {
        Multicodec code = Codec.named(codec).orElseThrow().code();
        assertThat(Links.isLeaf(code)).isTrue();
        assertThat(count(block(code, new byte[] {(byte) 0xff}))).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "9fff",
                "0000",
                "LINK 00",
                "a1 01 LINK",
                "d82a4100",
                "c14161",
                "82 LINK"
            })
    void malformed_dag_cbor_is_an_error_that_names_the_block(String hex) {
        Block block = cbor(hex);
        assertThatThrownBy(() -> count(block))
                .isInstanceOf(DagException.class)
                .hasMessageStartingWith(block.cid() + " is malformed: dag-cbor at byte ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[", "{\"/\":\"x\"}", "[1", "{\"a\":}", "1 1", "tru", "\"a"})
    void malformed_dag_json_is_an_error_that_names_the_block(String text) {
        Block block = json(text);
        assertThatThrownBy(() -> count(block))
                .isInstanceOf(DagException.class)
                .hasMessageStartingWith(block.cid() + " is malformed: dag-json at byte ");
    }

    // Each is as large as a block can be.
    @Test
    void bombs_are_read_or_refused_within_bounded_memory() throws IOException {
        int max = Block.MAX_BYTES;
        assertThatThrownBy(() -> count(cbor("81".repeat(max))))
                .hasMessageContaining("more than 1024");
        assertThatThrownBy(() -> count(cbor("9a001fff00".repeat(max / 5))))
                .hasMessageContaining("bytes are left");
        assertThatThrownBy(() -> count(json("[".repeat(max))))
                .hasMessageContaining("more than 1024");
        assertThatThrownBy(() -> count(json("{\"/\":".repeat(max / 5))))
                .hasMessageContaining("more than 1024");
        for (String item :
                List.of("00", "80", "a0", "60", "40", "a16000", "8100", "6161", "8180")) {
            Block full = cbor(list(item, max));
            assertThat(count(full)).isZero();
        }
        assertThat(count(cbor(list(LINK, max)))).isEqualTo((max - 5) / 8);
        String key = "k".repeat(1 << 20);
        int links = (max - key.length() - 20) / 24;
        Block longKey = json("{\"" + key + "\":[" + "{\"/\":\"bafkqaaa\"},".repeat(links) + "0]}");
        assertThat(count(longKey)).as("no path is made that nobody asks for").isEqualTo(links);
    }

    private static String list(String item, int bytes) {
        int count = (bytes - 5) / (item.length() / 2);
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        head.write(0x9a);
        for (int shift = 24; shift >= 0; shift -= 8) head.write(count >>> shift);
        return HexFormat.of().formatHex(head.toByteArray()) + item.repeat(count);
    }
}
