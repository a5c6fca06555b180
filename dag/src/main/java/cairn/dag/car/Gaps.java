package cairn.dag.car;

import cairn.dag.BlockSource;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.multiformats.Multicodec;
import cairn.multiformats.Multihash;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/// A source for walks that go on beside blocks that aren't there: it tells of each, and answers
/// with a node without links in its place.
///
/// Nothing but a walk may read from it.
final class Gaps implements BlockSource {
    /// No bytes at all: a raw block, which has no links, and the shortest node of dag-pb.
    private static final Block NOTHING =
            Block.identity(Cid.v1(Multicodec.RAW, Multihash.of(Multicodec.IDENTITY, new byte[0])));

    private final BlockSource source;
    private final Consumer<Cid> missing;

    Gaps(BlockSource source, Consumer<Cid> missing) {
        this.source = source;
        this.missing = missing;
    }

    @Override
    public Optional<Block> get(Cid cid) throws IOException {
        Optional<Block> block = source.get(cid);
        if (block.isPresent()) return block;
        missing.accept(cid);
        return Optional.of(NOTHING);
    }

    @Override
    public boolean has(Cid cid) throws IOException {
        if (!source.has(cid)) missing.accept(cid);
        return true;
    }
}
