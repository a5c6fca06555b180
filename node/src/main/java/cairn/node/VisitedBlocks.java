package cairn.node;

import cairn.dag.BlockSource;
import cairn.dag.IdentityBlocks;
import cairn.dag.walk.Visited;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.multiformats.Multihash;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// The blocks of a store for a walk over them, and what the walk has met: a bit for each block,
/// under its sequence number. One look-up in the index says whether a block was met and whether it
/// is here.
///
/// Met are blocks of codecs that can be read, else a walk ends; so the kinds of CIDs are few. The
/// source may be asked by many threads, what was met by one.
final class VisitedBlocks implements Visited, BlockSource {
    /// So many identity CIDs, which have no number, are remembered; those after them are met anew
    /// each time. They are small, and so is what they link to.
    private static final int MAX_IDENTITIES = 1 << 14;

    /// Where sequence numbers come from: a store, or a lease, which then keeps what was asked for.
    @FunctionalInterface
    interface Numbers {
        /// The number of a block; empty when it is not here.
        OptionalLong of(Multihash hash) throws IOException;
    }

    private record Known(Cid cid, boolean isHere) {}

    private final Numbers numbers;
    private final BlockSource blocks;
    private final NumberedCids met = new NumberedCids();
    private final Set<Cid> identities = new HashSet<>();
    private volatile Known last;

    VisitedBlocks(Numbers numbers, BlockSource blocks) {
        this.numbers = numbers;
        this.blocks = blocks;
    }

    /// @return true also for a block that is not here, however often it is met
    @Override
    public boolean add(Cid cid) throws IOException {
        if (IdentityBlocks.isIdentity(cid))
            return identities.size() >= MAX_IDENTITIES
                    ? !identities.contains(cid)
                    : identities.add(cid);
        OptionalLong number = numbers.of(cid.hash());
        last = new Known(cid, number.isPresent());
        return number.isEmpty() || met.add(cid, number.getAsLong());
    }

    @Override
    public boolean has(Cid cid) throws IOException {
        Known known = last;
        if (known != null && known.cid.equals(cid)) return known.isHere;
        return numbers.of(cid.hash()).isPresent();
    }

    @Override
    public Optional<Block> get(Cid cid) throws IOException {
        return has(cid) ? blocks.get(cid) : Optional.empty();
    }
}
