package cairn.node;

import cairn.node.collection.CollectionException;
import cairn.node.collection.Root;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.blockstore.Pin;
import cairn.blockstore.WriteSession;
import cairn.dag.path.DagPath;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.multiformats.Multicodec;
import cairn.node.collection.BlockRemover.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BlockRemoverTest {
    @TempDir Path folder;
    private CairnNode node;

    @BeforeEach
    void open() throws IOException {
        node = CairnNode.open(folder.resolve("repo"), Access.WRITE);
    }

    @AfterEach
    void close() throws IOException {
        node.close();
    }

    private void lose(Cid... cids) throws IOException {
        close();
        LostBlocks.lose(folder.resolve("repo"), cids);
        open();
    }

    private Block block(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Block.hashed(
                1, Multicodec.RAW, node.hashes().find(Multicodec.SHA2_256).orElseThrow(), bytes);
    }

    private Cid put(String text) throws IOException {
        Block block = block(text);
        node.blocks().put(block);
        return block.cid();
    }

    private Cid tree() throws IOException {
        Path tree = Files.createDirectories(folder.resolve("tree"));
        Files.writeString(tree.resolve("leaf"), "leaf");
        return node.add(tree).cid();
    }

    private Cid resolve(String path) throws IOException {
        return node.resolver().resolve(DagPath.parse(path)).cid();
    }

    private List<Outcome> remove(Cid... cids) throws IOException {
        List<Outcome> outcomes = new ArrayList<>();
        node.remover().remove(List.of(cids), (cid, outcome) -> outcomes.add(outcome));
        return outcomes;
    }

    @Test
    void what_nothing_needs_goes() throws Exception {
        Cid cid = put("garbage");
        assertThat(remove(cid, cid)).containsExactly(new Outcome.Removed(), new Outcome.Absent());
        assertThat(node.source().has(cid)).isFalse();
    }

    @Test
    void what_is_pinned_or_below_a_pin_stays_and_the_rest_goes() throws Exception {
        Cid root = tree();
        Cid leaf = resolve(root + "/leaf");
        Cid direct = put("direct");
        node.pins().add(direct, Pin.Mode.DIRECT, "");
        Cid garbage = put("garbage");
        assertThat(remove(root, leaf, garbage, direct))
                .containsExactly(
                        new Outcome.Pinned(Pin.Mode.RECURSIVE),
                        new Outcome.Kept(Root.of(new Pin(root, Pin.Mode.RECURSIVE, ""))),
                        new Outcome.Removed(),
                        new Outcome.Pinned(Pin.Mode.DIRECT));
        assertThat(node.source().has(leaf)).isTrue();
    }

    @Test
    void a_pinned_block_stays_whatever_codec_it_is_named_with() throws Exception {
        Cid root = tree();
        assertThat(remove(Cid.v1(Multicodec.RAW, root.hash())))
                .hasOnlyElementsOfTypes(Outcome.Kept.class);
        assertThat(node.source().has(root)).isTrue();
    }

    @Test
    void what_an_open_session_relies_on_stays() throws Exception {
        Cid before = put("here before");
        try (WriteSession session = node.blocks().openSession()) {
            session.put(block("here before"));
            Cid since = put("stored since it began");
            assertThat(remove(before, since))
                    .containsExactly(new Outcome.InUse(), new Outcome.InUse());
        }
        assertThat(remove(before)).containsExactly(new Outcome.Removed());
    }

    @Test
    void nothing_goes_where_a_root_can_not_be_followed() throws Exception {
        Cid root = tree();
        Cid garbage = put("garbage");
        lose(resolve(root + "/leaf"));
        assertThatThrownBy(() -> remove(garbage))
                .isInstanceOf(CollectionException.class)
                .hasMessageContaining(root.toString());
        assertThat(node.source().has(garbage)).isTrue();
    }

    @Test
    void what_went_does_not_come_back_when_the_repo_is_opened_again() throws Exception {
        Cid cid = put("garbage");
        remove(cid);
        node.close();
        node = CairnNode.open(folder.resolve("repo"), Access.WRITE);
        assertThat(node.source().has(cid)).isFalse();
    }
}
