package cairn.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.blockstore.Pin;
import cairn.blockstore.rocks.RocksStore;
import cairn.multiformats.Cid;
import cairn.node.Access;
import cairn.node.CairnNode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A short soak, and that a soak would find what it is for.
///
/// `-Dcairn.soak.kills` says for how many kills, `-Dcairn.soak.seed` repeats a run's choices.
final class SoakTest {
    private static final long RUN = 5;

    @TempDir Path temp;

    @Test
    void killed_at_random_a_node_keeps_what_it_acknowledged_and_nothing_else() throws Exception {
        String seed = System.getProperty("cairn.soak.seed", String.valueOf(System.nanoTime()));
        String kills = System.getProperty("cairn.soak.kills", "4");
        String line =
                "1 "
                        + seed
                        + " --kills "
                        + kills
                        + " --longest 3 --duty 50 --pinned 60 --dir "
                        + temp;
        var told = new ByteArrayOutputStream();
        new Soak(
                        SoakOptions.parse(line.split(" ", -1), 0),
                        new PrintStream(told, true, StandardCharsets.UTF_8))
                .run();
        assertThat(told.toString(StandardCharsets.UTF_8)).contains("all well with seed " + seed);
        try (var left = Files.list(temp)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void items_are_the_same_each_time_and_share_blocks_but_no_roots() throws Exception {
        Set<Cid> roots = new HashSet<>();
        Map<Cid, Integer> blocks = new HashMap<>();
        try (CairnNode node = CairnNode.open(temp.resolve("repo"), Access.WRITE)) {
            for (int i = 0; i < 30; i++) {
                Item item = new Item(RUN, i);
                Cid root =
                        item.generate(
                                block -> {
                                    synchronized (blocks) {
                                        blocks.merge(block.cid(), 1, Integer::sum);
                                    }
                                },
                                node.hashes());
                assertThat(roots.add(root)).isTrue();
                assertThat(blocks.get(root)).isEqualTo(1);
                assertThat(item.addTo(node, null)).isEqualTo(root);
            }
        }
        assertThat(blocks).containsValue(2);
    }

    @Test
    void a_pin_that_was_not_acknowledged_or_is_missing_is_found() throws Exception {
        try (CairnNode node = CairnNode.open(temp.resolve("repo"), Access.WRITE)) {
            Ledger ledger = new Ledger();
            StoreCheck check = new StoreCheck(node, ledger, RUN);
            PinState state = new PinState(Pin.Mode.RECURSIVE, PinState.name(1, 7));
            ledger.tries(1, state);
            check.check();
            Cid root = new Item(RUN, 1).addTo(node, state.name());
            assertThatThrownBy(check::check).hasMessageContaining("pin of item 1");
            ledger.tries(1, state);
            check.check();
            check.check();
            node.pins().remove(java.util.List.of(root));
            assertThatThrownBy(check::check).hasMessageContaining("pin of item 1");
        }
    }

    @Test
    void a_block_that_is_missing_below_a_pin_and_one_that_should_have_gone_are_found()
            throws Exception {
        Path repo = temp.resolve("repo");
        Ledger ledger = new Ledger();
        Cid root;
        try (CairnNode node = CairnNode.open(repo, Access.WRITE)) {
            StoreCheck check = new StoreCheck(node, ledger, RUN);
            PinState state = new PinState(Pin.Mode.RECURSIVE, PinState.name(1, 7));
            ledger.tries(1, state);
            root = new Item(RUN, 1).addTo(node, state.name());
            check.checkCollected(repo);
        }
        try (RocksStore store = RocksStore.open(repo.resolve("store"))) {
            store.blocks().delete(root.hash());
        }
        try (CairnNode node = CairnNode.open(repo, Access.READ)) {
            assertThatThrownBy(new StoreCheck(node, ledger, RUN)::check)
                    .hasMessageContaining("lacks block " + root);
        }
    }
}
