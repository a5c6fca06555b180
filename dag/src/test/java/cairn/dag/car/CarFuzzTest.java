package cairn.dag.car;

import static org.assertj.core.api.Assertions.assertThat;

import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Any bytes are an archive or a [CarException]; every block that is read is what its CID names.
class CarFuzzTest {
    @FuzzTest
    void reader(byte[] archive) throws IOException {
        List<Block> blocks = new ArrayList<>();
        CarReader reader;
        try {
            reader = CarReader.open(Cars.channel(archive));
            for (var n = reader.next(Cars.HASHES); n.isPresent(); n = reader.next(Cars.HASHES))
                blocks.add(n.get());
        } catch (CarException e) {
            assertThat(e.offset()).isBetween(0L, (long) archive.length);
            verify(blocks, archive);
            return;
        }
        verify(blocks, archive);
        // What is read is written, and read again to the same.
        byte[] again = Cars.write(reader.roots(), blocks);
        assertThat(CarReader.open(Cars.channel(again)).roots()).isEqualTo(reader.roots());
        assertThat(Cars.read(again)).isEqualTo(blocks);
        assertThat(Cars.write(reader.roots(), Cars.read(again))).isEqualTo(again);
    }

    private static void verify(List<Block> blocks, byte[] archive) throws IOException {
        long bytes = 0;
        for (Block block : blocks) {
            assertThat(Cars.HASHES.matches(block.cid().hash(), block.bytes())).isTrue();
            bytes += block.size();
        }
        assertThat(bytes).isLessThanOrEqualTo(archive.length);
    }

    /// An import puts no block but those that a reader yields; a file finds no others.
    @FuzzTest
    void importerAndFile(byte[] archive) throws IOException {
        Set<Cid> known = new HashSet<>();
        try {
            CarReader reader = CarReader.open(Cars.channel(archive));
            for (var n = reader.nextSection(); n.isPresent(); n = reader.nextSection())
                known.add(n.get().cid());
        } catch (CarException _) {
            // The sections before the trouble are known.
        }
        Set<Cid> put = ConcurrentHashMap.newKeySet();
        try {
            Cars.put(archive, block -> put.add(block.cid()));
        } catch (CarException _) {
            // Blocks before the trouble may be there, and no others.
        }
        assertThat(known).containsAll(put);
        file(archive, known);
    }

    private static void file(byte[] archive, Set<Cid> known) throws IOException {
        Path path = Files.createTempFile("cairn", ".car");
        try {
            Files.write(path, archive);
            try (CarFile file = CarFile.open(path, Cars.HASHES)) {
                for (Cid cid : known)
                    file.get(cid).ifPresent(block -> assertThat(block.cid()).isEqualTo(cid));
            } catch (CarException _) {
                // As good an answer as a block.
            }
        } finally {
            Files.delete(path);
        }
    }

    /// Any roots and blocks are read again as they were written: of each byte the low bits say how
    /// large a block is, the others whether it is a root.
    @FuzzTest
    void writer(byte[] shapes) throws IOException {
        List<Block> blocks = new ArrayList<>();
        List<Cid> roots = new ArrayList<>();
        for (int i = 0; i < Math.min(shapes.length, 50); i++) {
            Block block = CarWriterTest.block((1 << (shapes[i] & 0xf)) * 9 + i);
            blocks.add(block);
            if (shapes[i] < 0) roots.add(block.cid());
        }
        byte[] archive = Cars.write(roots, blocks);
        assertThat(CarReader.open(Cars.channel(archive)).roots()).isEqualTo(roots);
        assertThat(Cars.read(archive)).isEqualTo(blocks);
    }
}
