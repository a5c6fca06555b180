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
    private static final byte DAG_CBOR_MAP = (byte) 0xa0;

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
        return Optional.of(linkless(cid.codec()));
    }

    @Override
    public boolean has(Cid cid) throws IOException {
        if (!source.has(cid)) missing.accept(cid);
        return true;
    }

    /// The shortest node of a codec: of dag-pb, and of codecs whose blocks aren't read for links,
    /// no bytes at all.
    private static Block linkless(Multicodec codec) {
        byte[] bytes =
                switch ((int) codec.code()) {
                    case 0x51, 0x71 -> new byte[] {DAG_CBOR_MAP};
                    case 0x0129, 0x0200 -> new byte[] {'{', '}'};
                    default -> new byte[0];
                };
        return Block.identity(Cid.v1(codec, Multihash.of(Multicodec.IDENTITY, bytes)));
    }
}
