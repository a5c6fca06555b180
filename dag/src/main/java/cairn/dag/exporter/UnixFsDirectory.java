package cairn.dag.exporter;

import cairn.dag.LinkName;
import cairn.dag.PbLink;
import java.io.IOException;
import java.util.Iterator;
import java.util.Optional;

/// A directory: one node with an entry a link, or sharded over a tree of nodes by a hash of the
/// names (HAMT).
///
/// Entries come as they stand in the DAG: in a single node in the order of its links, in shards in
/// the order of the hash. A single node may hold a name twice; shards can't.
public final class UnixFsDirectory extends UnixFsNode {
    private final BlockFetcher fetcher;
    private final Optional<Shard> shard;

    UnixFsDirectory(BlockFetcher fetcher, NodeInfo info, Optional<Shard> shard) {
        super(info);
        this.fetcher = fetcher;
        this.shard = shard;
    }

    public boolean isSharded() {
        return shard.isPresent();
    }

    /// The entries, one after the other, without a look at what they name.
    public EntryCursor entries() {
        return shard.<EntryCursor>map(root -> new ShardCursor(fetcher, root))
                .orElseGet(() -> new LinkCursor(info));
    }

    /// The entries and the nodes that they name, fetched ahead.
    ///
    /// @param raws whether raw blocks are fetched too; without, their size is what the directory
    ///   claims
    public ChildCursor children(boolean raws) {
        return new ChildCursor(fetcher, entries(), raws);
    }

    /// The entry of a name.
    public Optional<DirectoryEntry> find(LinkName name) throws IOException {
        if (shard.isPresent()) return shard.get().find(name, fetcher);
        return info.links().stream()
                .filter(link -> link.name().equals(name))
                .findFirst()
                .map(DirectoryEntry::of);
    }

    /// The entries of a directory of one node.
    static final class LinkCursor implements EntryCursor {
        private final Iterator<PbLink> links;
        private final long blockSize;
        private final int count;

        private LinkCursor(NodeInfo info) {
            links = info.links().iterator();
            blockSize = info.blockSize();
            count = info.links().size();
        }

        @Override
        public Optional<DirectoryEntry> next() {
            return links.hasNext()
                    ? Optional.of(DirectoryEntry.of(links.next()))
                    : Optional.empty();
        }

        @Override
        public long heldBytes() {
            return blockSize;
        }

        @Override
        public int heldLinks() {
            return count;
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
