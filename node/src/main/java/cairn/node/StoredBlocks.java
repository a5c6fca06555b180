package cairn.node;

import cairn.blockstore.Blockstore;
import cairn.dag.BlockSource;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.multiformats.Multicodec;
import java.io.IOException;
import java.util.Optional;

/// A store as a source of DAGs. Blocks of identity CIDs come from the CID itself.
record StoredBlocks(Blockstore store) implements BlockSource {
    @Override
    public Optional<Block> get(Cid cid) throws IOException {
        return cid.hash().function().equals(Multicodec.IDENTITY)
                ? Optional.of(inline(cid))
                : store.get(cid);
    }

    private static Block inline(Cid cid) throws IOException {
        return Block.inline(cid);
    }
}
