package cairn.dag;

import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.multiformats.Varint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/// The DAGs in `testdata/exporter`, which a real Kubo made.
public final class KuboDags {
    private static final Path FOLDER = Path.of("../testdata/exporter");

    private KuboDags() {}

    public static Cid root(String name) throws IOException {
        for (String line : Files.readAllLines(FOLDER.resolve("roots.tsv"))) {
            String[] columns = line.split("\t", -1);
            if (columns[0].equals(name)) return Cid.parse(columns[1]);
        }
        throw new IllegalArgumentException("no DAG " + name);
    }

    /// The blocks of a CAR of version 1, each held against its CID.
    public static MemoryDag load(String name) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(FOLDER.resolve(name + ".car")));
        int head = (int) Varint.read(in);
        in.position(in.position() + head);
        MemoryDag dag = new MemoryDag();
        while (in.hasRemaining()) {
            int length = (int) Varint.read(in);
            ByteBuffer section = in.slice(in.position(), length);
            in.position(in.position() + length);
            Cid cid = Cid.read(section);
            byte[] bytes = new byte[section.remaining()];
            section.get(bytes);
            if (!IdentityBlocks.isIdentity(cid))
                dag.put(Block.verified(cid, bytes, MemoryDag.HASHES));
        }
        return dag;
    }
}
