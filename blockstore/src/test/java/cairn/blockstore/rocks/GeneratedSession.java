package cairn.blockstore.rocks;

import cairn.blockstore.TestBlocks;

import cairn.blockstore.Pin;

import cairn.multiformats.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// The blocks and the pin of a session, all made from one seed: whoever knows the seed can check.
record GeneratedSession(long seed, List<Block> blocks, Pin pin) {
    static GeneratedSession of(long seed) {
        Random random = new Random(seed);
        boolean large = random.nextInt(3) == 0;
        int count = 1 + random.nextInt(large ? 60 : 10);
        int size = large ? 128 << 10 : 4 << 10;
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < count; i++)
            blocks.add(TestBlocks.random(random, 1 + random.nextInt(size)));
        return new GeneratedSession(
                seed,
                blocks,
                new Pin(blocks.getFirst().cid(), Pin.Mode.RECURSIVE, "session " + seed));
    }
}
