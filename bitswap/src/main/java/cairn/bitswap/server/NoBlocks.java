package cairn.bitswap.server;

import cairn.bitswap.LocalBlocks;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import java.util.Optional;
import java.util.OptionalInt;

/// What a server has that serves nothing.
final class NoBlocks implements LocalBlocks {
    @Override
    public OptionalInt size(Cid cid) {
        return OptionalInt.empty();
    }

    @Override
    public Optional<Block> get(Cid cid) {
        return Optional.empty();
    }
}
