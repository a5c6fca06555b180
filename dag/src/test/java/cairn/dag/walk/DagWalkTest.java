package cairn.dag.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.dag.BlockSource;
import cairn.dag.DagException;
import cairn.dag.MemoryDag;
import cairn.dag.MissingBlockException;
import cairn.dag.PbLink;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.multiformats.Multicodec;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DagWalkTest {
    private final MemoryDag dag = new MemoryDag();
    private final Cid x = dag.raw("x");
    private final Cid inner = dag.directory(dag.link("x", x), dag.link("y", x));
    private final Cid root =
            dag.directory(dag.link("a", inner), dag.link("b", inner), dag.link("c", x));

    private List<Cid> visited(Cid from) throws IOException {
        List<Cid> visited = new ArrayList<>();
        new DagWalk(dag).forEach(from, visited::add);
        return visited;
    }

    @Test
    void each_block_is_visited_once_parents_first_over_all_roots() throws IOException {
        List<Cid> visited = new ArrayList<>();
        DagWalk walk = new DagWalk(dag);
        walk.forEach(root, visited::add);
        walk.forEach(inner, visited::add);
        assertThat(visited).containsExactly(root, inner, x);
    }

    @Test
    void a_missing_block_ends_the_walk_and_is_named_leaves_too() {
        dag.remove(x);
        assertThatThrownBy(() -> visited(root))
                .isInstanceOf(MissingBlockException.class)
                .hasMessageContaining(x.toString());
    }

    @Test
    void raw_leaves_are_found_and_not_read() throws IOException {
        Cid file = dag.file(MemoryDag.content(100), 10, 10);
        Cid folder = dag.directory(dag.link("file", file), dag.link("small", dag.raw("raw")));
        assertThat(visited(folder)).hasSize(13);
        assertThat(dag.gets()).as("the folder and the file's root").isEqualTo(2);
    }

    @Test
    void a_dag_that_repeats_itself_ends() throws IOException {
        Cid cid = x;
        for (int i = 0; i < 500; i++) cid = dag.directory(dag.link("a", cid), dag.link("b", cid));
        assertThat(visited(cid)).hasSize(501);
        assertThat(dag.gets()).as("each node is read once").isEqualTo(500);
    }

    /// Ten thousand links to one node a level, ten levels: ten to the fortieth paths.
    @Test
    void links_without_number_to_the_same_blocks_are_read_once() throws IOException {
        Cid cid = x;
        for (int level = 0; level < 10; level++) {
            Cid below = cid;
            cid =
                    dag.directory(
                            IntStream.range(0, 10_000)
                                    .mapToObj(i -> dag.link("l", below))
                                    .toArray(PbLink[]::new));
        }
        assertThat(visited(cid)).hasSize(11);
        assertThat(dag.gets()).isEqualTo(10);
    }

    /// A chain is what a history is: each block links to the one before.
    @Test
    void a_chain_may_be_longer_than_any_limit() throws IOException {
        Cid cid = x;
        for (int i = 0; i < Frontier.MAX_LEVELS + 10; i++) cid = dag.directory(dag.link("a", cid));
        assertThat(visited(cid)).hasSize(Frontier.MAX_LEVELS + 11);
    }

    @Test
    void blocks_with_links_left_above_one_another_are_bounded() {
        Cid cid = x;
        for (int i = 0; i <= Frontier.MAX_LEVELS; i++)
            cid = dag.directory(dag.link("a", cid), dag.link("z", x));
        Cid deep = cid;
        assertThatThrownBy(() -> visited(deep))
                .isInstanceOf(DagException.class)
                .hasMessageContaining("too deep to walk");
    }

    /// With room for one byte of links, only those of the lowest node are ever held.
    @Test
    void links_that_take_too_much_are_read_again_in_the_same_order() throws IOException {
        Cid low = dag.directory(dag.link("p", dag.raw("p")), dag.link("q", dag.raw("q")));
        Cid mid =
                dag.directory(dag.link("low", low), dag.link("r", dag.raw("r")), dag.link("x", x));
        Cid top = dag.directory(dag.link("mid", mid), dag.link("in", inner), dag.link("mid2", mid));
        assertThat(order(top, 1)).isEqualTo(order(top, Frontier.MAX_LINK_BYTES)).hasSize(15);
    }

    private List<Cid> order(Cid from, long maxLinkBytes) throws IOException {
        List<Cid> order = new ArrayList<>();
        try (Frontier frontier =
                new Frontier(dag, (_, _) -> false, from, new Frontier.Terms(true, maxLinkBytes))) {
            frontier.push(from, 0, frontier.links(frontier.read(from).orElseThrow()));
            while (frontier.next()) {
                Cid cid = frontier.destination();
                order.add(cid);
                if (!Frontier.isRead(cid)) continue;
                Block block = frontier.read(cid).orElseThrow();
                frontier.push(cid, frontier.depth(), frontier.links(block));
            }
        }
        return order;
    }

    @Test
    void a_visitor_that_does_not_mind_is_told_what_is_missing_and_goes_on() throws IOException {
        dag.remove(inner);
        Told told = new Told();
        new DagWalk(dag).forEach(root, told);
        assertThat(told.visited).containsExactly(root, x);
        assertThat(told.missing).containsExactly(inner);
    }

    @Test
    void a_visitor_that_does_not_mind_sees_what_a_malformed_block_links_to_before_its_fault()
            throws IOException {
        byte[] whole = dag.get(inner).orElseThrow().bytes();
        byte[] cut = Arrays.copyOf(whole, whole.length - 3);
        Cid malformed = dag.put(Multicodec.DAG_PB, cut);
        Cid unknown = dag.put(new Multicodec(0x300000), new byte[] {1});
        Cid top = dag.directory(dag.link("m", malformed), dag.link("u", unknown));
        Told told = new Told();
        new DagWalk(dag).forEach(top, told);
        assertThat(told.unreadable).containsExactly(malformed, unknown);
        assertThat(told.visited).containsExactly(top, malformed, x, unknown);
        assertThatThrownBy(() -> visited(top))
                .isInstanceOf(DagException.class)
                .hasMessageContaining(malformed + " is malformed");
    }

    private static final class Told implements DagWalk.Visitor {
        private final List<Cid> visited = new ArrayList<>();
        private final List<Cid> missing = new ArrayList<>();
        private final List<Cid> unreadable = new ArrayList<>();

        @Override
        public boolean visit(Cid cid) {
            return visited.add(cid);
        }

        @Override
        public void missing(Cid cid) {
            missing.add(cid);
        }

        @Override
        public void unreadable(Cid cid, DagException why) {
            unreadable.add(cid);
        }
    }

    @Test
    void a_visited_set_that_knows_what_is_there_is_believed() throws IOException {
        Set<Cid> met = ConcurrentHashMap.newKeySet();
        dag.remove(x);
        Visited known =
                new Visited() {
                    @Override
                    public Meeting meet(Cid cid) {
                        if (cid.equals(inner)) return Meeting.ABSENT;
                        return met.add(cid) ? Meeting.FIRST_AND_THERE : Meeting.AGAIN;
                    }

                    @Override
                    public boolean contains(Cid cid) {
                        return met.contains(cid);
                    }
                };
        Told told = new Told();
        new DagWalk(dag, known).forEach(root, told);
        assertThat(told.visited).containsExactly(root, x);
        assertThat(told.missing).as("once for each link").containsExactly(inner, inner);
    }

    @Test
    void siblings_are_read_while_the_visitor_is_busy() throws Exception {
        Cid one = dag.directory(dag.link("x", x));
        Cid two = dag.directory(dag.link("y", x));
        Cid top = dag.directory(dag.link("1", one), dag.link("2", two));
        CountDownLatch ahead = new CountDownLatch(1);
        BlockSource watched =
                cid -> {
                    if (cid.equals(two)) ahead.countDown();
                    return dag.get(cid);
                };
        new DagWalk(watched)
                .forEach(
                        top,
                        cid -> {
                            if (cid.equals(one)) awaitUninterrupted(ahead);
                            return true;
                        });
        assertThat(ahead.getCount()).isZero();
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The source hangs, as one may that asks others, until it is interrupted.
    @Test
    void when_the_visitor_stops_what_is_read_ahead_is_broken_off() throws IOException {
        Cid one = dag.directory(dag.link("x", x));
        Cid two = dag.directory(dag.link("y", x));
        Cid top = dag.directory(dag.link("1", one), dag.link("2", two));
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch hanging = new CountDownLatch(1);
        CountDownLatch brokenOff = new CountDownLatch(1);
        BlockSource hangs =
                cid -> {
                    if (!cid.equals(two)) return dag.get(cid);
                    try {
                        hanging.countDown();
                        never.await();
                        return Optional.empty();
                    } catch (InterruptedException e) {
                        brokenOff.countDown();
                        throw new InterruptedIOException();
                    }
                };
        new DagWalk(hangs)
                .forEach(
                        top,
                        cid -> {
                            if (!cid.equals(one)) return true;
                            awaitUninterrupted(hanging);
                            return false;
                        });
        assertThat(brokenOff.getCount()).isZero();
    }

    @Test
    void what_is_remembered_on_the_heap_is_bounded() throws IOException {
        CidDepths few = new CidDepths(new Random(1), 2);
        few.put(x, 0);
        few.put(inner, 0);
        few.put(x, 0);
        assertThatThrownBy(() -> few.put(root, 0))
                .isInstanceOf(DagException.class)
                .hasMessageContaining("too many to remember");
    }
}
