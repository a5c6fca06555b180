package cairn.dag.importer;

import cairn.dag.tree.Metadata;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.dag.DagException;
import cairn.dag.HashBits;
import cairn.dag.LinkName;
import cairn.dag.PbLink;
import cairn.dag.PbNode;
import cairn.dag.UnixFs;
import cairn.multiformats.Cid;
import cairn.multiformats.Hashes;
import cairn.multiformats.Multicodec;
import cairn.multiformats.Multihash;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HamtWriterTest {
    private static final Cid FILE =
            Cid.v1(Multicodec.RAW, Multihash.of(Multicodec.IDENTITY, new byte[] {1}));

    private final TestImport sink = new TestImport();

    private Node write(int fanout, List<PbLink> links) throws Exception {
        NodeWriter writer =
                new NodeWriter(
                        ImportOptions.of(Profile.UNIXFS_V1_2025),
                        Hashes.jdk().find(Multicodec.SHA2_256).orElseThrow(),
                        sink);
        return new HamtWriter(fanout, writer).write(links, Metadata.NONE);
    }

    private static PbLink link(String name) {
        return new PbLink(FILE, LinkName.of(name), name.length());
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 16, 256, 512, 1024})
    void every_entry_is_in_the_slot_that_its_hash_says(int fanout) throws Exception {
        List<PbLink> links = new ArrayList<>();
        for (int i = 0; i < 3000; i++) links.add(link("entry " + i));

        Cid root = write(fanout, links).cid();

        Map<String, Long> found = new HashMap<>();
        collect(root, fanout, 0, 0, found);
        assertThat(found).hasSize(3000);
        for (PbLink link : links)
            assertThat(found).containsEntry(link.name().toString(), link.tsize());
    }

    private void collect(Cid cid, int fanout, int depth, long path, Map<String, Long> found)
            throws Exception {
        int bits = Integer.numberOfTrailingZeros(fanout);
        int prefix = Integer.toHexString(fanout - 1).length();
        PbNode node = sink.node(cid);
        UnixFs data = sink.unixFs(cid);
        assertThat(data.type()).isEqualTo(UnixFs.Type.HAMT_SHARD);
        assertThat(data.hashType()).hasValue(0x22);
        assertThat(data.fanout()).hasValue(fanout);
        ByteBuffer bitmap = data.data().orElseThrow();
        assertThat(bitmap.get(0)).as("no zero byte begins the bitmap").isNotZero();
        int set = 0;
        for (int i = 0; i < bitmap.remaining(); i++) set += Integer.bitCount(bitmap.get(i) & 0xff);
        assertThat(set).isEqualTo(node.links().size());
        int last = -1;
        for (PbLink link : node.links()) {
            String name = link.name().toString();
            String hex = name.substring(0, prefix);
            int slot = Integer.parseInt(hex, 16);
            assertThat(hex).isUpperCase();
            assertThat(slot).isGreaterThan(last);
            int bit = bitmap.get(bitmap.remaining() - 1 - slot / 8) >> slot % 8 & 1;
            assertThat(bit).isOne();
            last = slot;
            long way = path << bits | slot;
            if (name.length() == prefix) {
                assertThat(sink.node(link.cid()).links()).hasSizeGreaterThan(0);
                collect(link.cid(), fanout, depth + 1, way, found);
            } else {
                String entry = name.substring(prefix);
                long hash = HashBits.of(LinkName.of(entry)).value();
                assertThat(hash >>> (64 - (depth + 1) * bits)).isEqualTo(way);
                found.put(entry, link.tsize());
            }
        }
    }

    @Test
    void the_order_of_entries_changes_nothing() throws Exception {
        List<PbLink> links = new ArrayList<>();
        for (int i = 0; i < 500; i++) links.add(link("entry " + i));
        Node first = write(256, links);
        assertThat(write(256, links.reversed())).isEqualTo(first);
    }

    @Test
    void names_that_one_hash_names_are_refused() {
        List<PbLink> twice = List.of(link("same"), link("same"));
        assertThatThrownBy(() -> write(8, twice))
                .isInstanceOf(DagException.class)
                .hasMessageContaining("one hash");
    }

    @Test
    void names_that_share_bits_make_a_chain_of_shards() throws Exception {
        // Two names whose hashes have their first 15 bits in common, so five shards of fanout 8.
        Map<Long, String> byPrefix = new HashMap<>();
        String one = null;
        String other = null;
        for (int i = 0; other == null; i++) {
            String name = "n" + i;
            String before = byPrefix.put(HashBits.of(LinkName.of(name)).value() >>> 49, name);
            if (before != null) {
                one = before;
                other = name;
            }
        }

        Cid cid = write(8, List.of(link(one), link(other))).cid();

        int shards = 1;
        for (; sink.node(cid).links().size() == 1; shards++)
            cid = sink.node(cid).links().getFirst().cid();
        assertThat(shards).isGreaterThan(5);
    }
}
