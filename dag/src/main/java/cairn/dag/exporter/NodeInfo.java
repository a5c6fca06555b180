package cairn.dag.exporter;

import cairn.dag.Mtime;
import cairn.dag.PbLink;
import cairn.dag.UnixFs;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// What every kind of node has.
record NodeInfo(
        Cid cid, int blockSize, List<PbLink> links, OptionalInt mode, Optional<Mtime> mtime) {
    static NodeInfo of(Block block, List<PbLink> links, UnixFs data) {
        return new NodeInfo(block.cid(), block.size(), links, data.mode(), data.mtime());
    }

    static NodeInfo raw(Cid cid, int blockSize) {
        return new NodeInfo(cid, blockSize, List.of(), OptionalInt.empty(), Optional.empty());
    }

    List<DirectoryEntry> entries() {
        return links.stream().map(l -> new DirectoryEntry(l.name(), l.cid(), l.tsize())).toList();
    }

    long cumulativeSize() {
        long sum = blockSize;
        for (PbLink link : links) {
            sum += link.tsize();
            if (sum < 0) return Long.MAX_VALUE;
        }
        return sum;
    }
}
