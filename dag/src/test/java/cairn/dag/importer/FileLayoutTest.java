package cairn.dag.importer;

import cairn.dag.chunker.ChunkerSpec;
import static org.assertj.core.api.Assertions.assertThat;

import cairn.dag.PbLink;
import cairn.dag.PbNode;
import cairn.dag.UnixFs;
import cairn.dag.importer.ImportOptions.Layout;
import cairn.multiformats.Cid;
import cairn.multiformats.Multicodec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Files of ten-byte chunks, at most three links a node.
class FileLayoutTest {
    private static final int CHUNK = 10;
    private static final int LINKS = 3;

    private static TestImport small(Layout layout) {
        return new TestImport()
                .options(
                        ImportOptions.builder(Profile.UNIXFS_V1_2025)
                                .chunker(new ChunkerSpec.Size(CHUNK))
                                .maxFileLinks(LINKS)
                                .layout(layout));
    }

    @ParameterizedTest
    @CsvSource({
        "1,*", // a single leaf needs no node
        "3,(***)",
        "4,((***)(*))", // a node of one link stays
        "9,((***)(***)(***))",
        "10,(((***)(***)(***))((*)))",
    })
    void a_balanced_file_has_all_leaves_at_one_depth(int leaves, String shape) throws Exception {
        TestImport run = small(Layout.BALANCED);
        Cid root = run.bytes(TestImport.bytes(leaves * CHUNK)).cid();
        assertThat(shape(run, root)).isEqualTo(shape);
    }

    @ParameterizedTest
    @CsvSource({
        "1,(*)", // even a single leaf has a node
        "3,(***)",
        "4,(***(*))",
        "15,(***(***)(***)(***)(***))", // four of depth 1
        "16,(***(***)(***)(***)(***)(*))",
        "19,(***(***)(***)(***)(***)(***(*)))", // then deeper ones
    })
    void a_trickle_file_has_leaves_first_and_then_ever_deeper_subtrees(int leaves, String shape)
            throws Exception {
        TestImport run = small(Layout.TRICKLE);
        Cid root = run.bytes(TestImport.bytes(leaves * CHUNK)).cid();
        assertThat(shape(run, root)).isEqualTo(shape);
    }

    private static String shape(TestImport run, Cid cid) throws Exception {
        if (cid.codec().equals(Multicodec.RAW)) return "*";
        StringBuilder shape = new StringBuilder("(");
        for (PbLink link : run.node(cid).links()) shape.append(shape(run, link.cid()));
        return shape.append(')').toString();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 9, 10, 11, 29, 30, 31, 89, 90, 91, 271, 1000})
    void content_and_sizes_are_those_of_the_file(int length) throws Exception {
        byte[] data = TestImport.bytes(length);
        for (Layout layout : Layout.values()) {
            TestImport run = small(layout);
            Imported root = run.bytes(data);
            assertThat(run.content(root.cid())).isEqualTo(data);
            assertThat(checkedFileSize(run, root.cid())).isEqualTo(length);
            assertThat(root.size()).isEqualTo(blockBytes(run, root.cid()));
        }
    }

    private static long checkedFileSize(TestImport run, Cid cid) throws Exception {
        if (cid.codec().equals(Multicodec.RAW)) return run.blocks.get(cid).size();
        UnixFs node = run.unixFs(cid);
        List<Long> sizes = new ArrayList<>();
        for (PbLink link : run.node(cid).links()) sizes.add(checkedFileSize(run, link.cid()));
        assertThat(node.blockSizes()).isEqualTo(sizes);
        long sum = sizes.stream().mapToLong(size -> size).sum();
        assertThat(node.fileSize()).hasValue(sum);
        return sum;
    }

    private static long blockBytes(TestImport run, Cid cid) throws Exception {
        long size = run.blocks.get(cid).size();
        if (cid.codec().equals(Multicodec.RAW)) return size;
        for (PbLink link : run.node(cid).links()) {
            assertThat(link.tsize()).isEqualTo(blockBytes(run, link.cid()));
            size += link.tsize();
        }
        return size;
    }

    @Test
    void leaves_in_dag_pb_are_files_when_balanced_and_raw_data_when_trickled() throws Exception {
        for (Layout layout : Layout.values()) {
            TestImport run =
                    new TestImport()
                            .options(
                                    ImportOptions.builder(Profile.UNIXFS_V0_2015)
                                            .chunker(new ChunkerSpec.Size(CHUNK))
                                            .layout(layout));
            PbNode root = run.node(run.bytes(TestImport.bytes(25)).cid());
            UnixFs.Type leaf =
                    switch (layout) {
                        case BALANCED -> UnixFs.Type.FILE;
                        case TRICKLE -> UnixFs.Type.RAW;
                    };
            for (PbLink link : root.links())
                assertThat(run.unixFs(link.cid()).type()).isEqualTo(leaf);
        }
    }
}
