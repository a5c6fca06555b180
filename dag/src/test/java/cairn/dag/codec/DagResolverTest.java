package cairn.dag.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.dag.DagException;
import cairn.dag.KuboDags;
import cairn.dag.MemoryDag;
import cairn.dag.MissingBlockException;
import cairn.dag.codec.Codec.Mode;
import cairn.dag.exporter.NoSuchLinkException;
import cairn.dag.path.DagPath;
import cairn.multiformats.Cid;
import cairn.multiformats.Multicodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What `ipfs dag resolve` and `ipfs dag get` answered of the same DAG, but for the logical form of
/// dag-pb.
class DagResolverTest {
    private final MemoryDag dag = new MemoryDag();
    private final DagResolver resolver = new DagResolver(dag);
    private Cid leaf;

    @BeforeEach
    void leaf() throws IOException {
        leaf = put(Codec.DAG_CBOR, "{\"v\":[10,20,{\"w\":true}]}");
    }

    private Cid put(Codec codec, String json) throws IOException {
        Value value = Codec.DAG_JSON.decode(ByteBuffer.wrap(json.getBytes(UTF_8)), Mode.STRICT);
        return dag.put(codec.code(), codec.encode(value));
    }

    private Cid root(Codec codec) throws IOException {
        return put(
                codec,
                "{\"a\":{\"b\":[{\"/\":\"LEAF\"},7]},\"l\":{\"/\":\"LEAF\"},\"0\":1,\"m\":null}"
                        .replace("LEAF", leaf.toString()));
    }

    private String get(Cid root, String path) throws IOException {
        Value value = resolver.get(DagPath.parse(root + path));
        return new String(Codec.DAG_JSON.encode(value), UTF_8);
    }

    private String resolve(Cid root, String path) throws IOException {
        return resolver.resolve(DagPath.parse(root + path)).toString();
    }

    @ParameterizedTest
    @EnumSource(
            value = Codec.class,
            names = {"DAG_CBOR", "DAG_JSON"})
    void paths_go_through_maps_lists_and_links(Codec codec) throws IOException {
        Cid root = root(codec);
        assertThat(resolve(root, "")).isEqualTo(root.toString());
        assertThat(resolve(root, "/a/b")).isEqualTo(root + "/a/b");
        assertThat(resolve(root, "/a/b/1")).isEqualTo(root + "/a/b/1");
        assertThat(resolve(root, "/a/b/0")).isEqualTo(leaf.toString());
        assertThat(resolve(root, "/a/b/00")).isEqualTo(leaf.toString());
        assertThat(resolve(root, "/l")).isEqualTo(leaf.toString());
        assertThat(resolve(root, "/l/v/0")).isEqualTo(leaf + "/v/0");
        assertThat(resolve(root, "/a/b/0/v/2/w")).isEqualTo(leaf + "/v/2/w");
        assertThat(resolve(root, "/m")).isEqualTo(root + "/m");
        assertThat(resolve(root, "/0")).isEqualTo(root + "/0");

        assertThat(get(root, "/a/b/0")).isEqualTo("{\"v\":[10,20,{\"w\":true}]}");
        assertThat(get(root, "/a/b/0/v")).isEqualTo("[10,20,{\"w\":true}]");
        assertThat(get(root, "/a/b/1")).isEqualTo("7");
        assertThat(get(root, "/l/v/2/w")).isEqualTo("true");
        assertThat(get(root, "/m")).isEqualTo("null");
    }

    @ParameterizedTest
    @CsvSource({
        "/zz,      no link named \"zz\"",
        "/a/zz,    no link named \"zz\"",
        "/a/b/2,   it is a list of 2",
        "/a/b/x,   it is a list of 2",
        "/a/b/-1,  it is a list of 2",
        "/a/b/99999999999999999999, it is a list of 2",
        "/a/b/1/x, it is an integer",
        "/m/x,     it is null"
    })
    void a_name_that_is_not_there_is_an_error_that_names_it(String path, String message)
            throws IOException {
        Cid root = root(Codec.DAG_CBOR);
        assertThatThrownBy(() -> resolve(root, path))
                .isInstanceOf(NoSuchLinkException.class)
                .hasMessageContaining(message)
                .hasMessageContaining(root.toString());
    }

    @Test
    void dag_pb_is_gone_through_by_the_names_of_links_and_then_by_its_logical_form()
            throws IOException {
        Cid file = dag.raw("hi");
        Cid folder = dag.directory(dag.link("f", file));
        assertThat(resolve(folder, "/f")).isEqualTo(file.toString());
        assertThat(get(folder, "/f")).isEqualTo("{\"/\":{\"bytes\":\"aGk\"}}");
        assertThat(resolve(folder, "/Links/0/Hash")).isEqualTo(file.toString());
        assertThat(resolve(folder, "/Links/0/Name")).isEqualTo(folder + "/Links/0/Name");
        assertThat(get(folder, "/Links/0/Tsize")).isEqualTo("2");
        assertThat(get(folder, "/Data")).isEqualTo("{\"/\":{\"bytes\":\"CAE\"}}");
        assertThatThrownBy(() -> get(file, "/x"))
                .isInstanceOf(NoSuchLinkException.class)
                .hasMessageContaining("it is bytes, which have no parts");

        Cid odd = dag.directory(dag.link("Links", file));
        assertThat(resolve(odd, "/Links"))
                .as("a link's name goes first")
                .isEqualTo(file.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"hamt-8", "hamt-256"})
    void a_name_in_a_sharded_directory_is_that_of_an_entry(String directory) throws IOException {
        DagResolver sharded = new DagResolver(KuboDags.load(directory));
        Cid root = KuboDags.root(directory);
        for (int i = 1; i <= 300; i++)
            assertThat(sharded.resolve(DagPath.parse(root + "/entry-" + i)).rest()).isEmpty();
        assertThatThrownBy(() -> sharded.resolve(DagPath.parse(root + "/entry-301")))
                .isInstanceOf(NoSuchLinkException.class);
        assertThat(sharded.resolve(DagPath.parse(root + "/Links/0/Name")).cid()).isEqualTo(root);
    }

    @Test
    void the_block_that_a_path_leads_to_is_read_only_for_its_value() throws IOException {
        Cid root = root(Codec.DAG_CBOR);
        dag.remove(leaf);
        assertThat(resolve(root, "/l")).isEqualTo(leaf.toString());
        assertThatThrownBy(() -> get(root, "/l")).isInstanceOf(MissingBlockException.class);
        assertThatThrownBy(() -> resolve(root, "/l/v")).isInstanceOf(MissingBlockException.class);
    }

    @Test
    void blocks_that_can_not_be_read_are_named() {
        Cid malformed = dag.put(Multicodec.DAG_CBOR, new byte[] {(byte) 0xff});
        Cid unknown = dag.put(new Multicodec(0x300000), new byte[] {1});
        for (Cid cid : new Cid[] {malformed, unknown})
            assertThatThrownBy(() -> get(cid, "/a"))
                    .isInstanceOf(DagException.class)
                    .hasMessageStartingWith(cid.toString());
    }
}
