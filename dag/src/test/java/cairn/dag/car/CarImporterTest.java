package cairn.dag.car;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.dag.MemoryDag;
import cairn.dag.walk.DagWalk;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.multiformats.Multicodec;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CarImporterTest {
    private final MemoryDag dag = new MemoryDag();

    @AfterEach
    void no_interrupt_is_left() {
        Thread.interrupted();
    }

    @Test
    void blocks_are_put_and_counted() throws IOException {
        CarContents contents = Cars.put(Cars.kubo("block-twice"), dag::put);
        Cid leaf = contents.roots().getFirst();
        assertThat(contents).isEqualTo(new CarContents(List.of(leaf), 2, 18));
        assertThat(dag.has(leaf)).isTrue();
    }

    @Test
    void many_blocks_all_arrive() throws IOException {
        Cid root = dag.file(MemoryDag.content(2_000_000), 100, 50);
        List<Block> blocks = new ArrayList<>();
        new DagWalk(dag).forEach(root, cid -> blocks.add(dag.get(cid).orElseThrow()));
        Queue<Block> put = new ConcurrentLinkedQueue<>();
        CarContents contents = Cars.put(Cars.write(List.of(root), blocks), put::add);
        assertThat(contents.blocks()).isEqualTo(blocks.size());
        assertThat(put).containsExactlyInAnyOrderElementsOf(blocks);
    }

    @Test
    void identity_blocks_are_verified_and_counted_but_not_put() throws IOException {
        Queue<Block> put = new ConcurrentLinkedQueue<>();
        assertThat(Cars.put(Cars.kubo("identity"), put::add).blocks()).isEqualTo(1);
        assertThat(put).isEmpty();
        assertThatThrownBy(() -> Cars.put(Cars.kubo("identity-of-other-bytes"), put::add))
                .isInstanceOf(CarException.class);
    }

    @Test
    void a_corrupt_block_ends_the_import_and_is_not_put() throws IOException {
        Queue<Block> put = new ConcurrentLinkedQueue<>();
        Block first = CarWriterTest.block(10);
        Block bad = CarWriterTest.block(20);
        byte[] archive = Cars.write(List.of(), List.of(first, bad, CarWriterTest.block(30)));
        int at = archive.length - 1 - 30 - 36 - 1; // the last byte of the second block
        archive[at] ^= 1;
        assertThatThrownBy(() -> Cars.put(archive, put::add))
                .isInstanceOf(CarException.class)
                .hasMessageContaining("not those of " + bad.cid());
        assertThat(put).doesNotContain(bad);
    }

    @Test
    void what_the_sink_throws_ends_the_import() throws IOException {
        byte[] archive = Cars.kubo("block-twice");
        IOException full = new IOException("the disk is full");
        assertThatThrownBy(
                        () ->
                                Cars.put(
                                        archive,
                                        _ -> {
                                            throw full;
                                        }))
                .isSameAs(full);
    }

    @Test
    void an_interrupt_ends_the_import_and_stays() throws IOException {
        byte[] archive = Cars.kubo("block-twice");
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> Cars.put(archive, dag::put))
                .isInstanceOfAny(InterruptedIOException.class, ClosedByInterruptException.class);
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    @Test
    void whole_roots_lack_nothing() throws IOException {
        Cid root = dag.directory(dag.link("a", dag.raw("a")));
        RootReport report = new RootCheck(dag).check(List.of(root, root));
        assertThat(report.isWhole()).isTrue();
        assertThat(new RootCheck(dag).check(List.of()).isWhole()).isTrue();
    }

    @Test
    void what_is_missing_below_roots_is_counted_once_and_named() throws IOException {
        Cid leaf = dag.raw("leaf");
        Cid node = dag.directory(dag.link("x", dag.raw("x")));
        Cid gone = dag.raw("root");
        Cid one = dag.directory(dag.link("a", leaf), dag.link("b", node));
        Cid two = dag.directory(dag.link("c", leaf));
        for (Cid cid : List.of(leaf, node, gone)) dag.remove(cid);
        RootReport report = new RootCheck(dag).check(List.of(one, gone, two));
        assertThat(report.missingRoots()).containsExactly(gone);
        assertThat(report.firstMissing()).containsExactly(leaf, node, gone);
        assertThat(report.missing()).isEqualTo(3);
        assertThat(report.isWhole()).isFalse();
    }

    @Test
    void a_block_whose_links_cant_be_read_is_a_fault_of_its_root() throws IOException {
        Cid odd = dag.put(Multicodec.of(0x419), new byte[] {1});
        Cid bad = dag.put(Multicodec.DAG_PB, new byte[] {-1});
        Cid good = dag.raw("good");
        RootReport report = new RootCheck(dag).check(List.of(odd, bad, good));
        assertThat(report.faults()).extracting(RootReport.Fault::root).containsExactly(odd, bad);
        assertThat(report.faults().getFirst().why()).contains(odd.toString());
        assertThat(report.missing()).isZero();
    }

    @Test
    void an_official_archive_lacks_what_was_taken_out_of_it() throws IOException {
        byte[] archive = Files.readAllBytes(Cars.vector("simple-unixfs-missing-blocks.car"));
        CarContents contents = Cars.put(archive, dag::put);
        RootReport report = new RootCheck(dag).check(contents.roots());
        assertThat(report.missing()).isPositive();
        assertThat(report.missingRoots()).isEmpty();
        byte[] whole = Files.readAllBytes(Cars.vector("simple-unixfs.car"));
        Cars.put(whole, dag::put);
        assertThat(new RootCheck(dag).check(contents.roots()).isWhole()).isTrue();
    }
}
