package cairn.node;

import cairn.blockstore.rocks.RocksStore;
import cairn.multiformats.Cid;
import java.io.IOException;
import java.nio.file.Path;

/// Blocks that get lost while a repo isn't open, whoever needs them.
public final class LostBlocks {
    private LostBlocks() {}

    public static void lose(Path repo, Cid... cids) throws IOException {
        try (RocksStore store = RocksStore.open(repo.resolve("store"))) {
            for (Cid cid : cids) store.blocks().delete(cid.hash());
        }
    }
}
