package cairn.blockstore.rocks;

import cairn.blockstore.TestBlocks;
import cairn.multiformats.Multihash;
import java.io.IOException;

/// Fails at the first thing that a check of a store finds wrong.
final class VerifiedWhole implements Verification.Listener {
    static void check(RocksStore store) throws IOException {
        long miscounted =
                store.verification(TestBlocks.HASHES).run(new VerifiedWhole()).miscounted();
        if (miscounted != 0) throw new AssertionError("the count is wrong by " + miscounted);
    }

    @Override
    public void read(long blocks, long bytes) {}

    @Override
    public void unreadable(String file, String reason) {
        throw new AssertionError(file + " " + reason);
    }

    @Override
    public void damaged(Multihash hash, Verification.Fault fault) {
        throw new AssertionError(hash + " " + fault);
    }
}
