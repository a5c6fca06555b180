package cairn.node.collection;

import cairn.blockstore.rocks.GarbageCollection;
import cairn.blockstore.rocks.RocksStore;
import cairn.dag.BlockSource;
import cairn.multiformats.Cid;
import cairn.multiformats.Multicodec;
import cairn.multiformats.Multihash;
import java.io.IOException;
import java.util.List;

/// Collects the garbage of a node: deletes the blocks that no root reaches and gives their space
/// back. Adds, reads and pins go on meanwhile; what they need stays.
public final class Collector {
    private final RocksStore store;
    private final BlockSource source;
    private final List<Roots> roots;

    /// @param roots all that refers to blocks which must stay
    public Collector(RocksStore store, BlockSource source, List<Roots> roots) {
        this.store = store;
        this.source = source;
        this.roots = List.copyOf(roots);
    }

    /// Collects.
    ///
    /// @throws CollectionException when a root can't be followed, because a block is missing,
    ///   corrupt or can't be read; nothing is deleted then
    public GarbageCollection.Swept collect(CollectionListener listener) throws IOException {
        try (GarbageCollection collection = marked(listener)) {
            return collection.sweep((hash, length) -> listener.removed(raw(hash), length));
        }
    }

    /// Tells what [#collect] would remove now, and removes nothing.
    ///
    /// @throws CollectionException likewise
    public GarbageCollection.Swept preview(CollectionListener listener) throws IOException {
        try (GarbageCollection collection = marked(listener)) {
            return collection.preview((hash, length) -> listener.removed(raw(hash), length));
        }
    }

    private static Cid raw(Multihash hash) {
        return Cid.v1(Multicodec.RAW, hash);
    }

    private GarbageCollection marked(CollectionListener listener) throws IOException {
        GarbageCollection collection = store.collect();
        boolean done = false;
        try {
            Marker marker = new Marker(collection, source, listener);
            for (Roots some : roots) some.forEach(marker::mark);
            done = true;
            return collection;
        } finally {
            if (!done) collection.close();
        }
    }
}
