package cairn.dag.car;

import cairn.dag.BlockSink;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.multiformats.Hashes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/// Archives that tests read, and ways to read and write them whole.
final class Cars {
    static final Hashes HASHES = Hashes.jdk().with(cairn.hashes.ExtraHashes.all());

    private Cars() {}

    /// A row of `testdata/kubo/car.tsv`.
    ///
    /// @param hex the archive
    /// @param told how many blocks and bytes Kubo imports, or `refused`
    record Row(String name, String hex, String told) {
        byte[] archive() {
            return HexFormat.of().parseHex(hex);
        }
    }

    static List<Row> kubo() throws IOException {
        List<Row> rows = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("../testdata/kubo/car.tsv"))) {
            String[] columns = line.split("\t", -1);
            rows.add(new Row(columns[0], columns[1], columns[2]));
        }
        return rows;
    }

    static byte[] kubo(String name) throws IOException {
        return kubo().stream()
                .filter(row -> row.name().equals(name))
                .findFirst()
                .orElseThrow()
                .archive();
    }

    /// A file of the official vectors.
    static Path vector(String name) {
        Path at = Path.of("").toAbsolutePath();
        while (at != null && !Files.exists(at.resolve("shared/vectors/car").resolve(name)))
            at = at.getParent();
        Assumptions.assumeTrue(at != null, "no official vectors in ../shared/vectors");
        return at.resolve("shared/vectors/car").resolve(name);
    }

    static ReadableByteChannel channel(byte[] archive) {
        return Channels.newChannel(new ByteArrayInputStream(archive));
    }

    static List<Block> read(byte[] archive) throws IOException {
        return readTo(archive, new ArrayList<>());
    }

    /// Adds the blocks to a list, which holds those before a failure.
    static List<Block> readTo(byte[] archive, List<Block> blocks) throws IOException {
        CarReader reader = CarReader.open(channel(archive));
        Optional<Block> next = reader.next(HASHES);
        for (; next.isPresent(); next = reader.next(HASHES)) blocks.add(next.get());
        return blocks;
    }

    static byte[] write(List<Cid> roots, List<Block> blocks) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CarWriter writer = new CarWriter(Channels.newChannel(out), roots);
        for (Block block : blocks) writer.put(block);
        writer.finish();
        return out.toByteArray();
    }

    static CarContents put(byte[] archive, BlockSink sink) throws IOException {
        return new CarImporter(sink, HASHES).put(channel(archive));
    }
}
