package cairn.node.collection;

import cairn.blockstore.Pin;
import cairn.blockstore.rocks.GarbageCollection;
import cairn.blockstore.rocks.RocksStore;
import cairn.dag.BlockSource;
import cairn.dag.IdentityBlocks;
import cairn.multiformats.Cid;
import cairn.multiformats.Multihash;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Removes single blocks that nothing needs: a collection of the named blocks alone. One walk over
/// all that is kept tells for any number of blocks whether they may go.
///
/// A block is told by its multihash: one that is pinned under another codec stays too.
public final class BlockRemover {
    private final RocksStore store;
    private final BlockSource source;
    private final List<Roots> roots;

    /// @param roots all that refers to blocks which must stay
    public BlockRemover(RocksStore store, BlockSource source, List<Roots> roots) {
        this.store = store;
        this.source = source;
        this.roots = List.copyOf(roots);
    }

    /// What became of a block.
    public sealed interface Outcome {
        /// It is gone.
        record Removed() implements Outcome {}

        /// It wasn't there.
        record Absent() implements Outcome {}

        /// It has a pin of its own.
        record Pinned(Pin.Mode mode) implements Outcome {}

        /// It is below a root, or is one under another codec.
        record Kept(Root root) implements Outcome {}

        /// Something that is being added, or pinned, needs it.
        record InUse() implements Outcome {}
    }

    /// What [#remove] calls.
    @FunctionalInterface
    public interface Listener {
        void told(Cid cid, Outcome outcome) throws IOException;
    }

    /// Removes those blocks that may go, and tells of each, in order.
    ///
    /// @throws CollectionException when a root can't be followed; nothing is removed then
    public void remove(List<Cid> cids, Listener listener) throws IOException {
        Map<Cid, Outcome> known = new HashMap<>();
        Set<Multihash> candidates = new HashSet<>();
        for (Cid cid : cids) {
            Optional<Outcome> outcome = withoutWalk(cid);
            if (outcome.isPresent()) known.put(cid, outcome.get());
            else candidates.add(cid.hash());
        }
        if (candidates.isEmpty()) {
            for (Cid cid : cids) listener.told(cid, known.get(cid));
            return;
        }
        try (GarbageCollection collection = store.collect()) {
            Map<Multihash, Root> keepers = keepers(candidates, collection);
            for (Cid cid : cids) {
                Outcome outcome = known.get(cid);
                listener.told(cid, outcome != null ? outcome : remove(cid, keepers, collection));
            }
        }
    }

    private Optional<Outcome> withoutWalk(Cid cid) throws IOException {
        Optional<Pin> pin = store.pins().get(cid);
        if (pin.isPresent()) return Optional.of(new Outcome.Pinned(pin.get().mode()));
        return IdentityBlocks.isIdentity(cid) || !store.blocks().has(cid.hash())
                ? Optional.of(new Outcome.Absent())
                : Optional.empty();
    }

    private Map<Multihash, Root> keepers(Set<Multihash> candidates, GarbageCollection collection)
            throws IOException {
        Map<Multihash, Root> keepers = new HashMap<>();
        CollectionListener listener =
                new CollectionListener() {
                    @Override
                    public void kept(Root root, Cid cid) {
                        if (candidates.contains(cid.hash())) keepers.putIfAbsent(cid.hash(), root);
                    }
                };
        Marker marker = new Marker(collection, source, listener);
        for (Roots some : roots) some.forEach(marker::mark);
        return keepers;
    }

    private static Outcome remove(
            Cid cid, Map<Multihash, Root> keepers, GarbageCollection collection)
            throws IOException {
        Root keeper = keepers.get(cid.hash());
        if (keeper != null) return new Outcome.Kept(keeper);
        return switch (collection.remove(cid.hash())) {
            case REMOVED -> new Outcome.Removed();
            case ABSENT -> new Outcome.Absent();
            case NEEDED -> new Outcome.InUse();
        };
    }
}
