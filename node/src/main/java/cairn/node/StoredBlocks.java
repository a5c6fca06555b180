package cairn.node;

import cairn.blockstore.Blockstore;
import cairn.dag.BlockSource;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;

/// The blocks of a store as a source of DAGs. Whether a block is there is answered from the store's
/// index alone.
record StoredBlocks(Blockstore store) implements BlockSource {
    @Override
    public Optional<Block> get(Cid cid) throws IOException {
        return store.get(cid);
    }

    @Override
    public OptionalInt get(Cid cid, ByteBuffer into) throws IOException {
        return store.get(cid.hash(), into);
    }

    @Override
    public boolean has(Cid cid) throws IOException {
        return store.has(cid.hash());
    }
}
