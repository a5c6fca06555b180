package cairn.node;

import cairn.blockstore.rocks.Lease;
import cairn.dag.BlockSource;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import java.io.IOException;
import java.util.Optional;

/// The blocks of a store, each of them leased once it was asked for: a collection leaves them until
/// the lease ends.
record LeasedBlocks(BlockSource blocks, Lease lease) implements BlockSource {
    @Override
    public Optional<Block> get(Cid cid) throws IOException {
        return lease.hold(cid.hash()) ? blocks.get(cid) : Optional.empty();
    }

    @Override
    public boolean has(Cid cid) throws IOException {
        return lease.hold(cid.hash());
    }
}
