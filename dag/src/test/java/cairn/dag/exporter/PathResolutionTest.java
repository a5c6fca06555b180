package cairn.dag.exporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.dag.LinkName;
import cairn.dag.MemoryDag;
import cairn.dag.MissingBlockException;
import cairn.dag.PbLink;
import cairn.dag.PbNode;
import cairn.dag.path.DagPath;
import cairn.multiformats.Cid;
import cairn.multiformats.Multicodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PathResolutionTest {
    private final MemoryDag dag = new MemoryDag();
    private final UnixFsReader reader = new UnixFsReader(dag, ReadAhead.LOCAL);
    private final Cid file = dag.raw("file");
    private final Cid inner = dag.directory(dag.link("file", file));
    private final Cid root = dag.directory(dag.link("in", inner));

    private Cid resolve(String path) throws IOException {
        return reader.resolve(DagPath.parse(path));
    }

    @Test
    void names_lead_from_directory_to_directory() throws IOException {
        assertThat(resolve("" + root)).isEqualTo(root);
        assertThat(resolve("/ipfs/" + root + "/in/")).isEqualTo(inner);
        assertThat(resolve("ipfs://" + root + "/in/%66ile")).isEqualTo(file);
    }

    @Test
    void what_the_path_names_need_not_be_there() throws IOException {
        dag.remove(file);
        assertThat(resolve(root + "/in/file")).isEqualTo(file);
        assertThatThrownBy(() -> reader.open(DagPath.parse(root + "/in/file")))
                .isInstanceOf(MissingBlockException.class);
    }

    @Test
    void a_missing_link_is_told_in_kubos_words() {
        assertThatThrownBy(() -> resolve(root + "/x"))
                .isInstanceOf(NoSuchLinkException.class)
                .hasMessage("no link named \"x\" under " + root);
        assertThatThrownBy(() -> resolve(root + "/in/x/y"))
                .hasMessage(
                        "no link named \"x\" under " + inner + " (in /ipfs/" + root + "/in/x/y)");
    }

    @Test
    void dots_are_names_like_others() {
        assertThatThrownBy(() -> resolve(root + "/in/.."))
                .hasMessageStartingWith("no link named \"..\" under " + inner);
    }

    @Test
    void nothing_lies_below_a_file_or_a_link() {
        Cid link = dag.symlink("in");
        assertThatThrownBy(() -> resolve(file + "/x"))
                .hasMessage(
                        "no link named \"x\" under "
                                + file
                                + ": it is a raw block, which has no links");
        assertThatThrownBy(() -> resolve(link + "/x")).hasMessageEndingWith("a symbolic link");
        assertThatThrownBy(() -> resolve(dag.fileNode(0, List.of()) + "/x"))
                .hasMessageEndingWith(": it is a file");
    }

    @Test
    void control_characters_are_escaped() {
        assertThatThrownBy(() -> resolve("ipfs://" + root + "/%1b[2J%ff"))
                .hasMessage("no link named \"\\x1b[2J\\xff\" under " + root);
    }

    @Test
    void plain_nodes_are_passed_by_their_links() throws IOException {
        Cid plain =
                dag.put(Multicodec.DAG_PB, withoutData(new PbLink(file, LinkName.of("name"), 0)));
        assertThat(resolve(plain + "/name")).isEqualTo(file);
    }

    private static byte[] withoutData(PbLink link) {
        byte[] node = PbNode.of(List.of(link), ByteBuffer.allocate(0)).encode();
        return Arrays.copyOf(node, node.length - 2);
    }
}
