package cairn.dag.car;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.dag.IdentityBlocks;
import cairn.dag.MemoryDag;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.multiformats.Multicodec;
import cairn.multiformats.Multihash;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CarFileTest {
    private static final int SORTED = 0x0400;
    private static final int MULTIHASH_SORTED = 0x0401;

    @TempDir Path folder;

    private final List<Block> blocks =
            List.of(CarWriterTest.block(5), CarWriterTest.block(70_000), CarWriterTest.block(9));
    private final Block absent = CarWriterTest.block(6);

    private CarFile open(byte[] archive) throws IOException {
        Path path = folder.resolve("archive.car");
        Files.write(path, archive);
        return CarFile.open(path, Cars.HASHES);
    }

    /// Checks that all blocks are found, and nothing else.
    private void finds_all(CarFile file) throws IOException {
        for (Block block : blocks) {
            assertThat(file.get(block.cid())).contains(block);
            Cid other = Cid.v1(Multicodec.DAG_PB, block.cid().hash());
            assertThat(file.get(other).orElseThrow().cid()).isEqualTo(other);
        }
        assertThat(file.get(absent.cid())).isEmpty();
    }

    @Test
    void blocks_of_version_1_are_found_by_a_scan() throws IOException {
        try (CarFile file = open(Cars.write(List.of(blocks.get(1).cid()), blocks))) {
            assertThat(file.version()).isEqualTo(1);
            assertThat(file.roots()).containsExactly(blocks.get(1).cid());
            finds_all(file);
        }
    }

    @Test
    void blocks_of_version_2_are_found_by_either_index() throws IOException {
        for (int format : new int[] {SORTED, MULTIHASH_SORTED})
            try (CarFile file = open(indexed(format, 0))) {
                finds_all(file);
                assertThat(file.usesStoredIndex()).as("format %x", format).isTrue();
            }
    }

    @Test
    void an_index_that_points_elsewhere_is_not_used_any_longer() throws IOException {
        for (int wrong : new int[] {1, -1, 40, 1 << 30, -(1 << 30)})
            try (CarFile file = open(indexed(SORTED, wrong))) {
                assertThat(file.usesStoredIndex()).isTrue();
                finds_all(file);
                assertThat(file.usesStoredIndex()).as("off by %s", wrong).isFalse();
            }
    }

    @Test
    void a_damaged_index_is_not_used() throws IOException {
        byte[] good = indexed(MULTIHASH_SORTED, 0);
        int index = good.length - index(MULTIHASH_SORTED, 0).length;
        // Format, count of functions, code, count of lists, width, length.
        for (int at : new int[] {0, 5, 13, 17, 21, 28}) {
            byte[] damaged = good.clone();
            damaged[index + at] = (byte) 0xff;
            try (CarFile file = open(damaged)) {
                assertThat(file.usesStoredIndex()).as("damaged at %s", at).isFalse();
                finds_all(file);
            }
        }
    }

    @Test
    void a_file_that_ends_in_its_payload_is_refused() throws IOException {
        byte[] archive = Cars.write(List.of(), blocks);
        for (byte[] whole : List.of(archive, version2(archive, new byte[0]))) {
            byte[] cut = Arrays.copyOf(whole, whole.length - 1);
            assertThatThrownBy(() -> open(cut)).isInstanceOf(CarException.class);
        }
    }

    @Test
    void a_corrupt_block_is_told_when_it_is_read() throws IOException {
        byte[] archive = indexed(SORTED, 0);
        archive[11 + 40 + 60] ^= 1; // within the first block
        archive[11 + 40 + 56] ^= 1;
        try (CarFile file = open(archive)) {
            assertThatThrownBy(() -> file.get(blocks.getFirst().cid()))
                    .isInstanceOf(CarException.class)
                    .hasMessageContaining(blocks.getFirst().cid().toString());
            assertThat(file.get(blocks.get(2).cid())).isPresent();
        }
    }

    @Test
    void every_block_of_an_official_archive_is_found() throws IOException {
        for (String name : List.of("carv2-basic.car", "sample-unixfs-v2.car", "sample-v1.car")) {
            Path path = Cars.vector(name);
            try (CarFile file = CarFile.open(path, Cars.HASHES)) {
                for (Block block : Cars.read(Files.readAllBytes(path)))
                    if (!IdentityBlocks.isIdentity(block.cid()))
                        assertThat(file.get(block.cid())).contains(block);
                assertThat(file.usesStoredIndex()).isEqualTo(name.equals("sample-unixfs-v2.car"));
            }
        }
    }

    @Test
    void an_official_index_leads_to_the_blocks_of_its_archive() throws IOException {
        byte[] archive = Files.readAllBytes(Cars.vector("sample-v1.car"));
        for (String name :
                List.of("sample-index.carindex", "sample-multihash-index-sorted.carindex"))
            try (FileChannel index = FileChannel.open(Cars.vector(name))) {
                StoredIndex stored = StoredIndex.read(index, 0);
                CarReader reader = CarReader.open(Cars.channel(archive));
                var section = reader.nextSection();
                int found = 0;
                for (; section.isPresent(); section = reader.nextSection()) {
                    if (IdentityBlocks.isIdentity(section.get().cid())) continue;
                    assertThat(stored.find(section.get().cid().hash()))
                            .as("%s in %s", section.get().cid(), name)
                            .contains(section.get().offset());
                    found++;
                }
                assertThat(found).isGreaterThan(1000);
            }
    }

    private byte[] indexed(int format, int wrong) throws IOException {
        return version2(Cars.write(List.of(), blocks), index(format, wrong));
    }

    private static byte[] version2(byte[] payload, byte[] index) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(40).order(ByteOrder.LITTLE_ENDIAN);
        head.putLong(16, 51).putLong(24, payload.length);
        head.putLong(32, index.length == 0 ? 0 : 51L + payload.length);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(HexFormat.of().parseHex("0aa16776657273696f6e02"));
        out.writeBytes(head.array());
        out.writeBytes(payload);
        out.writeBytes(index);
        return out.toByteArray();
    }

    /// An index of the blocks.
    ///
    /// @param wrong what is added to each offset
    private byte[] index(int format, int wrong) throws IOException {
        TreeMap<Multihash, Long> places = new TreeMap<>();
        CarReader reader = CarReader.open(Cars.channel(Cars.write(List.of(), blocks)));
        for (var s = reader.nextSection(); s.isPresent(); s = reader.nextSection())
            places.put(s.get().cid().hash(), s.get().offset());
        ByteBuffer out = ByteBuffer.allocate(1000).order(ByteOrder.LITTLE_ENDIAN);
        out.put((byte) ((format & 0x7f) | 0x80)).put((byte) (format >> 7));
        if (format == MULTIHASH_SORTED) out.putInt(1).putLong(Multicodec.SHA2_256.code());
        out.putInt(1).putInt(40).putLong(40L * places.size());
        places.forEach((hash, place) -> out.put(hash.digest()).putLong(place + wrong));
        return Arrays.copyOf(out.array(), out.position());
    }

    @Test
    void a_folder_of_a_dag_is_walked_from_a_file() throws IOException {
        MemoryDag dag = new MemoryDag();
        Cid leaf = dag.raw("leaf");
        Cid root = dag.directory(dag.link("a", leaf));
        byte[] archive =
                Cars.write(
                        List.of(root),
                        List.of(dag.get(leaf).orElseThrow(), dag.get(root).orElseThrow()));
        try (CarFile file = open(archive)) {
            assertThat(new RootCheck(file).check(file.roots()).isWhole()).isTrue();
        }
    }
}
