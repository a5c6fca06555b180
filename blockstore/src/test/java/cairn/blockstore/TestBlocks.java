package cairn.blockstore;

import cairn.multiformats.Block;
import cairn.multiformats.Hashes;
import cairn.multiformats.Multicodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Generated blocks.
public final class TestBlocks {
    public static final Hashes HASHES = Hashes.jdk();

    private TestBlocks() {}

    /// A raw block of random bytes.
    public static Block random(Random random, int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return of(bytes);
    }

    public static Block of(byte[] bytes) {
        return Block.hashed(
                1, Multicodec.RAW, HASHES.find(Multicodec.SHA2_256).orElseThrow(), bytes);
    }

    public static List<Block> random(Random random, int count, int size) {
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < count; i++) blocks.add(random(random, size));
        return blocks;
    }
}
