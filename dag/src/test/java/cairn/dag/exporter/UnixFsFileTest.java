package cairn.dag.exporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.dag.BlockSource;
import cairn.dag.DagException;
import cairn.dag.KuboDags;
import cairn.dag.MemoryDag;
import cairn.dag.MissingBlockException;
import cairn.dag.UnixFs;
import cairn.dag.path.DagPath;
import cairn.multiformats.Cid;
import cairn.multiformats.Multicodec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnixFsFileTest {
    private final MemoryDag dag = new MemoryDag();

    private static byte[] read(BlockSource blocks, Cid cid, long offset, long length)
            throws IOException {
        try (UnixFsReader reader = new UnixFsReader(blocks, ReadAhead.LOCAL)) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            reader.openFile(DagPath.of(cid)).writeTo(Channels.newChannel(out), offset, length);
            return out.toByteArray();
        }
    }

    private static byte[] read(BlockSource blocks, Cid cid) throws IOException {
        return read(blocks, cid, 0, Long.MAX_VALUE);
    }

    private void assertRefused(Cid cid, String message) {
        assertThatThrownBy(() -> read(dag, cid))
                .isInstanceOf(DagException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"file-v0", "file-v1", "file-trickle", "file-inline"})
    void reads_what_kubo_wrote(String name) throws IOException {
        assertThat(read(KuboDags.load(name), KuboDags.root(name)))
                .isEqualTo(MemoryDag.content(10_000));
    }

    // Chunks of 16, 3 a node: nothing, a byte, around a chunk, around a node, around two levels.
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, 16, 17, 47, 48, 49, 143, 144, 145, 432, 433, 1000})
    void every_range_is_a_slice_of_the_whole(int size) throws IOException {
        byte[] whole = MemoryDag.content(size);
        Cid cid = dag.file(whole, 16, 3);
        for (int offset : new int[] {0, 1, 15, 16, 17, 47, 48, 143, 144, size - 1, size, size + 9})
            for (long length : new long[] {0, 1, 15, 16, 17, 48, 144, Long.MAX_VALUE}) {
                if (offset < 0) continue;
                int from = Math.min(offset, size);
                int to = (int) Math.min(size, from + Math.min(length, size));
                assertThat(read(dag, cid, offset, length))
                        .as("%d bytes from %d", length, offset)
                        .isEqualTo(Arrays.copyOfRange(whole, from, to));
            }
    }

    // Around what is read by way of the heap, around a buffer's capacity, the largest.
    @ParameterizedTest
    @ValueSource(ints = {65_535, 65_536, 65_537, 131_072, 131_073, 2 << 20})
    void large_leaves_are_read_whole_and_in_part(int leaf) throws IOException {
        byte[] whole = MemoryDag.content(9 * leaf + 1);
        Cid cid = dag.file(whole, leaf, 4);

        assertThat(read(dag, cid)).isEqualTo(whole);
        assertThat(read(dag, cid, leaf - 1, leaf + 2))
                .isEqualTo(Arrays.copyOfRange(whole, leaf - 1, 2 * leaf + 1));
    }

    @ParameterizedTest
    @ValueSource(longs = {65_536, 99_999, 100_001, 2 << 20})
    void a_large_leaf_of_another_size_than_declared_is_refused(long declared) {
        Cid leaf = dag.raw(MemoryDag.content(100_000));

        assertRefused(
                dag.fileNode(declared, List.of(declared), leaf),
                leaf + " holds 100000 bytes of a file, but its parent declares " + declared);
    }

    @Test
    void a_missing_large_leaf_is_named() {
        Cid leaf = dag.raw(MemoryDag.content(100_000));
        Cid file = dag.fileNode(100_000, List.of(100_000L), leaf);
        dag.remove(leaf);

        assertThatThrownBy(() -> read(dag, file))
                .isInstanceOf(MissingBlockException.class)
                .hasMessageContaining(leaf.toString());
    }

    @Test
    void a_range_reads_only_the_blocks_that_it_lies_in() throws IOException {
        Cid cid = dag.file(MemoryDag.content(16 * 1000), 16, 10);
        int before = dag.gets();

        read(dag, cid, 8000, 16);

        assertThat(dag.gets() - before).isEqualTo(1 + 2 + 1);
    }

    @Test
    void a_channel_seeks() throws IOException {
        byte[] whole = MemoryDag.content(1000);
        Cid cid = dag.file(whole, 16, 3);
        try (UnixFsReader reader = new UnixFsReader(dag, ReadAhead.LOCAL);
                SeekableByteChannel in = reader.openFile(DagPath.of(cid)).open()) {
            for (int position : new int[] {500, 504, 0, 999, 1000, 5000, 37}) {
                ByteBuffer bytes = ByteBuffer.allocate(20);
                in.position(position);
                int count = in.read(bytes);
                int end = Math.min(1000, position + 20);
                assertThat(count).isEqualTo(position >= 1000 ? -1 : end - position);
                assertThat(Arrays.copyOf(bytes.array(), Math.max(0, count)))
                        .isEqualTo(Arrays.copyOfRange(whole, Math.min(position, end), end));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"FILE", "RAW"})
    void leaves_are_of_either_type(UnixFs.Type type) throws IOException {
        Cid leaf = dag.fileLeaf(type, new byte[] {1, 2, 3});

        assertThat(read(dag, leaf)).containsExactly(1, 2, 3);
        assertThat(read(dag, dag.fileNode(6, List.of(3L, 3L), leaf, leaf)))
                .containsExactly(1, 2, 3, 1, 2, 3);
    }

    @Test
    void identity_cids_are_read_without_a_source() throws IOException {
        Cid inline = MemoryDag.identity(Multicodec.RAW, new byte[] {4, 5});
        Cid file = dag.fileNode(2, List.of(2L), inline);

        assertThat(read(dag, file)).containsExactly(4, 5);
        assertThat(read(new MemoryDag(), inline)).containsExactly(4, 5);
    }

    @Test
    void a_node_may_hold_bytes_and_links() throws IOException {
        Cid tail = dag.raw("tail");
        Cid file =
                dag.node(
                        UnixFs.of(UnixFs.Type.FILE)
                                .withData(MemoryDag.text("head "))
                                .withSizes(9, List.of(4L)),
                        MemoryDag.link("", tail, 4));

        assertThat(read(dag, file)).asString().isEqualTo("head tail");
        assertThat(read(dag, file, 3, 4)).asString().isEqualTo("d ta");
    }

    @Test
    void a_missing_block_is_named() {
        Cid part = dag.raw("part");
        Cid file = dag.fileNode(4, List.of(4L), part);
        dag.remove(part);

        assertThatThrownBy(() -> read(dag, file))
                .isInstanceOf(MissingBlockException.class)
                .hasMessage("the block " + part + " is not there");
    }

    @Test
    void a_part_of_another_size_than_declared_is_refused_before_its_bytes() {
        Cid part = dag.raw("four");
        Cid longer = dag.fileNode(9, List.of(4L, 5L), part, part);
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        try (UnixFsReader reader = new UnixFsReader(dag, ReadAhead.LOCAL)) {
            assertThatThrownBy(
                            () ->
                                    reader.openFile(DagPath.of(longer))
                                            .writeTo(Channels.newChannel(out)))
                    .isInstanceOf(DagException.class)
                    .hasMessageContaining(
                            part + " holds 4 bytes of a file, but its parent declares 5");
        }
        assertThat(out.toString(java.nio.charset.StandardCharsets.UTF_8)).isEqualTo("four");
    }

    @Test
    void a_file_size_that_is_not_the_sum_is_refused() {
        Cid part = dag.raw("four");
        assertRefused(dag.fileNode(5, List.of(4L), part), "declares 5 bytes, but its parts add up");
        assertRefused(dag.fileNode(4, List.of(), part), "has 1 links and the sizes of 0");
        assertRefused(dag.fileNode(1, List.of(Long.MAX_VALUE, 2L), part, part), "over 2^63 bytes");
    }

    @Test
    void a_leaf_need_not_declare_its_size() throws IOException {
        UnixFs leaf = UnixFs.of(UnixFs.Type.FILE).withData(MemoryDag.text("x"));
        assertThat(leaf.fileSize()).isEqualTo(OptionalLong.empty());
        assertThat(read(dag, dag.node(leaf))).asString().isEqualTo("x");
        assertThat(read(dag, dag.node(UnixFs.of(UnixFs.Type.FILE)))).isEmpty();
    }

    @Test
    void a_directory_in_a_file_is_refused() {
        assertRefused(
                dag.fileNode(4, List.of(4L), dag.directory()),
                "is part of a file, but of type DIRECTORY");
    }

    @Test
    void other_codecs_are_refused() {
        assertRefused(dag.put(Multicodec.DAG_CBOR, new byte[] {(byte) 0xa0}), "has codec 0x71");
    }

    @Test
    void a_directory_is_not_read_as_a_file() {
        Cid directory = dag.directory();
        assertRefused(directory, "this dag node is a directory: /ipfs/" + directory);
    }

    @Test
    void a_symbolic_link_reads_as_its_target() throws IOException {
        assertThat(read(dag, dag.symlink("../there"))).asString().isEqualTo("../there");
    }

    @Test
    void depth_is_bounded() {
        Cid cid = dag.raw("x");
        for (int i = 0; i < PartCursor.MAX_DEPTH + 1; i++) cid = dag.fileNode(1, List.of(1L), cid);
        assertRefused(cid, "is too deep in its file");
    }

    @Test
    void a_small_dag_of_petabytes_streams_until_the_reader_stops() throws IOException {
        Cid cid = dag.raw(new byte[1000]);
        long size = 1000;
        while (size < 1L << 50) {
            Cid[] same = new Cid[100];
            Arrays.fill(same, cid);
            cid = dag.fileNode(size * 100, java.util.Collections.nCopies(100, size), same);
            size *= 100;
        }
        assertThat(read(dag, cid, size / 2, 12_345)).hasSize(12_345);
    }

    @Test
    void parts_without_bytes_do_not_multiply() throws IOException {
        Cid cid = dag.raw(new byte[0]);
        for (int level = 0; level < 40; level++) cid = dag.fileNode(0, List.of(0L, 0L), cid, cid);
        Cid file = dag.fileNode(1, List.of(0L, 1L, 0L), cid, dag.raw("x"), cid);

        assertThat(read(dag, file)).asString().isEqualTo("x");
    }

    @Test
    void a_failing_source_fails_the_reader() {
        Cid file = dag.file(MemoryDag.content(1000), 16, 3);
        BlockSource failing =
                cid -> {
                    if (dag.gets() > 20) throw new IOException("the disk is gone");
                    return dag.get(cid);
                };
        assertThatThrownBy(() -> read(failing, file)).hasMessage("the disk is gone");
    }

    /// Nodes above one another with so many links in all, as short as links can be.
    private Cid nodesOfLinks(int links) {
        Cid empty = MemoryDag.identity(Multicodec.RAW, new byte[0]);
        Cid cid = dag.raw("x");
        for (int left = links; left > 0; left -= 50_000) {
            int count = Math.min(left, 50_000);
            Cid[] parts = new Cid[count];
            Arrays.fill(parts, empty);
            Long[] sizes = new Long[count];
            Arrays.fill(sizes, 0L);
            parts[0] = cid;
            sizes[0] = 1L;
            cid = dag.fileNode(1, List.of(sizes), parts);
        }
        return cid;
    }

    @Test
    void the_links_of_nodes_above_one_another_are_bounded() throws IOException {
        Cid most = nodesOfLinks(PartCursor.MAX_HELD_LINKS);
        try (UnixFsReader reader = new UnixFsReader(dag, ReadAhead.LOCAL);
                PartCursor parts = reader.openFile(DagPath.of(most)).parts(0, 1)) {
            assertThat(parts.next()).isPresent();
        }
        assertRefused(
                nodesOfLinks(PartCursor.MAX_HELD_LINKS + 1), "150000 links above one another");
    }
}
