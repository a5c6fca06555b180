package cairn.node.pins;

import cairn.dag.IdentityBlocks;
import cairn.dag.walk.Visited;
import cairn.multiformats.Cid;
import cairn.multiformats.Multihash;
import java.io.IOException;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;

/// What a walk over the blocks of a store has met: a bit for each block, under its sequence number.
/// One look-up in the index says whether a block was met and whether it is here. For one thread.
///
/// Met are blocks of codecs that can be read, else a walk ends; so the kinds of CIDs are few.
public final class VisitedBlocks implements Visited {
    /// So many identity CIDs, which have no number, are remembered; those after them are met anew
    /// each time. They are small, and so is what they link to.
    private static final int MAX_IDENTITIES = 1 << 14;

    /// Where sequence numbers come from: a store, or a lease, which then keeps what was asked for.
    @FunctionalInterface
    public interface Numbers {
        /// The number of a block; empty when it is not here.
        OptionalLong of(Multihash hash) throws IOException;
    }

    private final Numbers numbers;
    private final NumberedCids met = new NumberedCids();
    private final Set<Cid> identities = new HashSet<>();

    public VisitedBlocks(Numbers numbers) {
        this.numbers = numbers;
    }

    @Override
    public Meeting meet(Cid cid) throws IOException {
        if (IdentityBlocks.isIdentity(cid)) return meetIdentity(cid);
        OptionalLong number = numbers.of(cid.hash());
        if (number.isEmpty()) return Meeting.ABSENT;
        return met.add(cid, number.getAsLong()) ? Meeting.FIRST_AND_THERE : Meeting.AGAIN;
    }

    private Meeting meetIdentity(Cid cid) {
        if (identities.contains(cid)) return Meeting.AGAIN;
        if (identities.size() < MAX_IDENTITIES) identities.add(cid);
        return Meeting.FIRST_AND_THERE;
    }

    @Override
    public boolean contains(Cid cid) throws IOException {
        if (IdentityBlocks.isIdentity(cid)) return identities.contains(cid);
        OptionalLong number = numbers.of(cid.hash());
        return number.isPresent() && met.contains(cid, number.getAsLong());
    }
}
