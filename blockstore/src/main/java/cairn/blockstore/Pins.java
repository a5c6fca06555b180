package cairn.blockstore;

import cairn.multiformats.Cid;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// The pins of a store, at most one a CID. Every change is durable on return.
///
/// Keeps records only: whether the blocks are there is the caller's concern. Safe for use by many
/// threads at once.
public interface Pins {
    /// Records pins, in one step. A pin of the same CID is replaced, but never a recursive one by a
    /// direct one.
    ///
    /// @throws StoreException when a direct one would replace a recursive one; nothing is recorded
    void add(List<Pin> pins) throws IOException;

    /// Removes pins, in one step; those that don't exist are passed over.
    void remove(List<Cid> cids) throws IOException;

    /// Records a pin and removes others, in one step.
    void replace(List<Cid> removed, Pin pin) throws IOException;

    /// The pin of a CID.
    Optional<Pin> get(Cid cid) throws IOException;

    /// Visits every pin, in the order of CID bytes, until the visitor returns false.
    void forEach(Visitor visitor) throws IOException;

    /// What [#forEach] calls.
    @FunctionalInterface
    interface Visitor {
        /// @return whether to go on
        boolean visit(Pin pin) throws IOException;
    }
}
