package cairn.node;

import cairn.blockstore.Blockstore;
import cairn.dag.BlockSource;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;

/// A blockstore as the source of DAGs.
record StoredBlocks(Blockstore blocks) implements BlockSource {
    @Override
    public Optional<Block> get(Cid cid) throws IOException {
        return blocks.get(cid);
    }

    @Override
    public OptionalInt get(Cid cid, ByteBuffer into) throws IOException {
        return blocks.get(cid.hash(), into);
    }
}
