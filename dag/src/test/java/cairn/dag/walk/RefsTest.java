package cairn.dag.walk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.dag.BlockSource;
import cairn.dag.DagException;
import cairn.dag.LinkName;
import cairn.dag.MemoryDag;
import cairn.dag.MissingBlockException;
import cairn.dag.codec.Codec;
import cairn.dag.codec.Value;
import cairn.multiformats.Cid;
import cairn.multiformats.Multicodec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RefsTest {
    private final MemoryDag dag = new MemoryDag();
    private final Cid x = dag.raw("x");
    private final Cid inner = dag.directory(dag.link("x", x), dag.link("y", x));
    private final Cid root =
            dag.directory(dag.link("a", inner), dag.link("b", inner), dag.link("c", x));

    private List<String> refs(int depth, boolean unique, Cid... roots) throws IOException {
        List<String> names = new ArrayList<>();
        Refs refs = new Refs(dag, new RefsOptions(depth, unique));
        for (Cid cid : roots) refs.forEach(cid, edge -> names.add(edge.name().toString()));
        return names;
    }

    // What `ipfs refs` printed of a DAG of this shape.
    @Test
    void edges_come_depth_first_in_the_order_of_links() throws IOException {
        assertThat(refs(-1, false, root)).containsExactly("a", "x", "y", "b", "x", "y", "c");
        assertThat(refs(1, false, root)).containsExactly("a", "b", "c");
        assertThat(refs(0, false, root)).isEmpty();
        assertThat(refs(2, false, root)).isEqualTo(refs(-1, false, root));
    }

    @Test
    void unique_tells_each_destination_once_over_all_roots() throws IOException {
        assertThat(refs(-1, true, root)).containsExactly("a", "x");
        assertThat(refs(-1, true, root, root, inner)).containsExactly("a", "x");
        assertThat(refs(1, true, root)).containsExactly("a", "c");
    }

    @Test
    void a_destination_seen_deep_is_walked_again_when_met_higher() throws IOException {
        Cid leaf = dag.raw("leaf");
        Cid low = dag.directory(dag.link("leaf", leaf));
        Cid top =
                dag.directory(
                        dag.link("deep", dag.directory(dag.link("low", low))),
                        dag.link("low", low));
        assertThat(refs(2, true, top)).containsExactly("deep", "low", "leaf");
    }

    @Test
    void an_edge_knows_both_ends() throws IOException {
        List<Edge> edges = new ArrayList<>();
        new Refs(dag, new RefsOptions(1, false)).forEach(inner, edges::add);
        assertThat(edges.getFirst().source()).isEqualTo(inner);
        assertThat(edges.getFirst().destination()).isEqualTo(x);
    }

    @Test
    void an_edge_to_a_missing_block_is_not_told() {
        dag.remove(x);
        List<Edge> told = new ArrayList<>();
        assertThatThrownBy(() -> new Refs(dag, new RefsOptions(-1, false)).forEach(root, told::add))
                .isInstanceOf(MissingBlockException.class)
                .hasMessageContaining(x.toString());
        assertThat(told).hasSize(1);
    }

    @Test
    void the_visitor_can_stop() throws IOException {
        Set<Edge> told = new HashSet<>();
        new Refs(dag, new RefsOptions(-1, false))
                .forEach(root, e -> told.add(e) && told.size() < 2);
        assertThat(told).hasSize(2);
    }

    @Test
    void below_the_last_depth_nothing_is_read() throws IOException {
        assertThat(refs(1, false, root)).hasSize(3);
        assertThat(dag.gets()).as("the root").isEqualTo(1);
    }

    @Test
    void a_visitor_that_does_not_mind_is_told_what_is_missing_and_goes_on() throws IOException {
        dag.remove(inner);
        List<String> told = new ArrayList<>();
        new Refs(dag, new RefsOptions(-1, false))
                .forEach(
                        root,
                        new Refs.Visitor() {
                            @Override
                            public boolean visit(Edge edge) {
                                return told.add(edge.name().toString());
                            }

                            @Override
                            public void missing(Edge edge) {
                                told.add("no " + edge.name());
                            }
                        });
        assertThat(told).containsExactly("no a", "no b", "c");
    }

    @Test
    void raw_leaves_are_found_and_not_read() throws IOException {
        Cid file = dag.file(MemoryDag.content(100), 10, 10);
        Cid folder = dag.directory(dag.link("file", file), dag.link("small", dag.raw("raw")));
        assertThat(refs(-1, false, folder)).hasSize(12);
        assertThat(dag.gets()).as("the folder and the file's root").isEqualTo(2);
    }

    @Test
    void a_source_that_can_only_read_is_read_to_know_what_it_has() throws IOException {
        BlockSource readable = cid -> dag.get(cid);
        assertThat(readable.has(x)).isTrue();
        dag.remove(x);
        assertThat(readable.has(x)).isFalse();
    }

    @Test
    void links_of_dag_cbor_and_dag_json_are_walked_and_have_no_names() throws IOException {
        Cid cbor = dag.put(Multicodec.DAG_CBOR, cborList(x));
        Cid json = dag.put(Multicodec.DAG_JSON, ("{\"/\":\"" + cbor + "\"}").getBytes(UTF_8));
        List<Edge> edges = new ArrayList<>();
        new Refs(dag, new RefsOptions(-1, false)).forEach(json, edges::add);
        assertThat(edges)
                .containsExactly(
                        new Edge(json, LinkName.EMPTY, cbor), new Edge(cbor, LinkName.EMPTY, x));
    }

    private static byte[] cborList(Cid cid) throws IOException {
        return Codec.DAG_CBOR.encode(new Value.Items(List.of(new Value.Link(cid))));
    }

    @Test
    void blocks_of_codecs_without_links_are_leaves_that_are_not_read() throws IOException {
        Cid json = dag.put(Codec.JSON.code(), new byte[] {'?'});
        Cid folder = dag.directory(dag.link("json", json));
        assertThat(refs(-1, false, folder)).containsExactly("json");
        assertThat(dag.gets()).isEqualTo(1);
    }

    @Test
    void a_block_of_an_unknown_codec_or_malformed_is_an_error_that_names_it() {
        Cid unknown = dag.put(new Multicodec(0x300000), new byte[] {1});
        assertThatThrownBy(() -> refs(-1, false, dag.directory(dag.link("u", unknown))))
                .isInstanceOf(DagException.class)
                .hasMessageContaining(unknown + " has codec 0x300000, which can't be read");
        Cid malformed = dag.put(Multicodec.DAG_CBOR, new byte[] {(byte) 0x9f});
        assertThatThrownBy(() -> refs(-1, false, dag.directory(dag.link("m", malformed))))
                .isInstanceOf(DagException.class)
                .hasMessageContaining(malformed + " is malformed: dag-cbor at byte 1");
    }

    @Test
    void identity_blocks_are_walked() throws IOException {
        Cid inline = MemoryDag.identity(Multicodec.RAW, new byte[] {1});
        assertThat(refs(-1, false, dag.directory(dag.link("i", inline)))).containsExactly("i");
    }
}
