package cairn.dag.exporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.dag.DagException;
import cairn.dag.HashBits;
import cairn.dag.KuboDags;
import cairn.dag.LinkName;
import cairn.dag.MemoryDag;
import cairn.dag.PbLink;
import cairn.dag.UnixFs;
import cairn.dag.path.DagPath;
import cairn.multiformats.Cid;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

class UnixFsDirectoryTest {
    private final MemoryDag dag = new MemoryDag();

    private static List<String> names(MemoryDag blocks, Cid cid) throws IOException {
        try (UnixFsReader reader = new UnixFsReader(blocks, ReadAhead.LOCAL);
                EntryCursor entries = ((UnixFsDirectory) reader.open(cid)).entries()) {
            List<String> names = new ArrayList<>();
            for (var e = entries.next(); e.isPresent(); e = entries.next())
                names.add(e.get().name().toString());
            return names;
        }
    }

    private void assertRefused(Cid cid, String message) {
        assertThatThrownBy(() -> names(dag, cid))
                .isInstanceOf(DagException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hamt-8", "hamt-256"})
    void lists_and_finds_what_kubo_sharded(String name) throws IOException {
        MemoryDag blocks = KuboDags.load(name);
        Cid root = KuboDags.root(name);
        List<String> expected = new ArrayList<>();
        for (int i = 1; i <= 300; i++) expected.add("entry-" + i);

        assertThat(names(blocks, root)).containsExactlyInAnyOrderElementsOf(expected);
        try (UnixFsReader reader = new UnixFsReader(blocks, ReadAhead.LOCAL)) {
            for (int i = 1; i <= 300; i++)
                assertThat(reader.openFile(DagPath.parse(root + "/entry-" + i)).size())
                        .isEqualTo(i % 5);
            assertThatThrownBy(() -> reader.open(DagPath.parse(root + "/entry-301")))
                    .isInstanceOf(NoSuchLinkException.class)
                    .hasMessage("no link named \"entry-301\" under " + root);
        }
    }

    @Test
    void entries_of_one_node_come_in_the_order_of_its_links() throws IOException {
        Cid x = dag.raw("x");
        Cid cid = dag.directory(dag.link("b", x), dag.link("a", x), dag.link("b", x));
        assertThat(names(dag, cid)).containsExactly("b", "a", "b");
    }

    @Test
    void children_come_with_their_nodes() throws IOException {
        Cid raw = dag.raw("12345");
        Cid cid =
                dag.directory(
                        dag.link("raw", raw),
                        dag.link("dir", dag.directory()),
                        dag.link("link", dag.symlink("raw")),
                        dag.link("file", dag.file(MemoryDag.content(100), 10, 5)));
        dag.remove(raw);
        try (UnixFsReader reader = new UnixFsReader(dag, ReadAhead.LOCAL);
                ChildCursor children = ((UnixFsDirectory) reader.open(cid)).children(false)) {
            assertThat(((UnixFsFile) next(children)).size()).isEqualTo(5);
            assertThat(next(children)).isInstanceOf(UnixFsDirectory.class);
            assertThat(((UnixFsSymlink) next(children)).target()).hasToString("raw");
            assertThat(((UnixFsFile) next(children)).size()).isEqualTo(100);
            assertThat(children.next()).isEmpty();
        }
    }

    private static UnixFsNode next(ChildCursor children) throws IOException {
        return children.next().map(Child::node).orElseThrow();
    }

    private Cid shardOf(UnixFs data, PbLink... links) {
        return dag.node(data, links);
    }

    private static UnixFs shardData(long hash, long fanout, byte[] bitmap) {
        return UnixFs.of(UnixFs.Type.HAMT_SHARD)
                .withData(ByteBuffer.wrap(bitmap))
                .withShard(hash, fanout);
    }

    // Zero, no power of two, below and above what is allowed (CVE-2023-23625), sign and overflow.
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 4, 9, 255, 2048, 1L << 32, (1L << 32) + 256, 1L << 62})
    void a_fanout_out_of_bounds_is_refused(long fanout) {
        assertRefused(shardOf(shardData(0x22, fanout, new byte[0])), "has a fanout of " + fanout);
    }

    @Test
    void a_shard_without_fanout_or_hash_is_refused() {
        assertRefused(dag.node(UnixFs.of(UnixFs.Type.HAMT_SHARD)), "has a fanout of 0");
        assertRefused(shardOf(shardData(0x12, 256, new byte[0])), "places names by hash 0x12");
    }

    @Test
    void a_bitmap_that_does_not_fit_its_links_is_refused() {
        PbLink link = MemoryDag.link("00a", dag.raw("x"), 1);
        assertRefused(shardOf(shardData(0x22, 256, new byte[33])), "has a bitmap of 33 bytes");
        assertRefused(shardOf(shardData(0x22, 256, new byte[] {3}), link), "marks 2 places");
        assertRefused(shardOf(shardData(0x22, 256, new byte[] {0}), link), "marks 0 places");
        assertRefused(shardOf(shardData(0x22, 256, new byte[] {2}), link), "in place 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "0x", "0aname", "zzname", "é"})
    void a_link_without_a_place_is_refused(String name) {
        PbLink link = MemoryDag.link(name, dag.raw("x"), 1);
        assertRefused(shardOf(shardData(0x22, 256, new byte[] {1}), link), "has a link");
    }

    @Test
    void an_entry_that_a_lookup_would_not_find_is_refused() throws IOException {
        int place = HashBits.of(LinkName.of("name")).place(0, 3);
        Cid x = dag.raw("x");
        for (int at = 0; at < 8; at++) {
            Cid cid = dag.shard(8, new byte[] {(byte) (1 << at)}, dag.link(at + "name", x));
            if (at == place) assertThat(names(dag, cid)).containsExactly("name");
            else assertRefused(cid, "whose hash leads elsewhere");
        }
    }

    @Test
    void a_shard_in_two_places_is_refused_at_the_second() {
        int place = HashBits.of(LinkName.of("name")).place(3, 3);
        Cid leaf =
                dag.shard(
                        8,
                        new byte[] {(byte) (1 << place)},
                        dag.link(place + "name", dag.raw("x")));
        Cid cid = leaf;
        for (int level = 0; level < 21; level++) {
            PbLink[] links = new PbLink[8];
            for (int i = 0; i < 8; i++) links[i] = dag.link("" + i, cid);
            cid = dag.shard(8, new byte[] {(byte) 0xff}, links);
        }
        assertRefused(cid, "directory shard");
    }

    @Test
    void a_shard_below_the_last_bit_of_the_hash_is_refused() {
        Cid cid = dag.shard(8, new byte[] {1}, dag.link("0", dag.raw("x")));
        for (int level = 0; level < 30; level++)
            cid = dag.shard(8, new byte[] {1}, dag.link("0", cid));
        assertRefused(cid, "is deeper than the hash has bits");
    }

    @Test
    void a_shard_that_is_empty_or_of_another_kind_is_refused() {
        Cid x = dag.raw("x");
        assertRefused(
                dag.shard(8, new byte[] {1}, dag.link("0", dag.shard(8, new byte[0]))), "is empty");
        assertRefused(
                dag.shard(
                        8,
                        new byte[] {1},
                        dag.link("0", dag.shard(16, new byte[] {1}, dag.link("0a", x)))),
                "has a fanout of 16, the root of 8");
        assertRefused(
                dag.shard(8, new byte[] {1}, dag.link("0", dag.directory(dag.link("a", x)))),
                "is of type DIRECTORY");
    }

    @Test
    void an_empty_root_shard_is_an_empty_directory() throws IOException {
        assertThat(names(dag, dag.shard(256, new byte[0]))).isEmpty();
    }

    // The longest that is taken, one byte more, nearly a block.
    @ParameterizedTest
    @ValueSource(ints = {Shard.MAX_NAME, Shard.MAX_NAME + 1, 2_000_000})
    void names_in_a_shard_are_bounded(int size) throws IOException {
        String name = "n".repeat(size);
        int place = HashBits.of(LinkName.of(name)).place(0, 3);
        Cid cid =
                dag.shard(
                        8, new byte[] {(byte) (1 << place)}, dag.link(place + name, dag.raw("x")));
        if (size <= Shard.MAX_NAME) assertThat(names(dag, cid)).containsExactly(name);
        else
            assertRefused(
                    cid,
                    "directory shard " + cid + " has an entry with a name of " + size + " bytes");
    }
}
