package cairn.dag;

import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.multiformats.Multicodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;

/// A source that answers identity CIDs from the CID itself, which carries the bytes as its digest,
/// and asks another source for the rest.
///
/// The one place where identity CIDs are told apart: nothing behind it is ever asked for one.
public final class IdentityBlocks implements BlockSource {
    private final BlockSource rest;

    private IdentityBlocks(BlockSource rest) {
        this.rest = rest;
    }

    /// The source with identity CIDs answered; the same object when it does so already.
    public static IdentityBlocks over(BlockSource source) {
        return source instanceof IdentityBlocks already ? already : new IdentityBlocks(source);
    }

    /// Whether the CID carries its block's bytes.
    public static boolean isIdentity(Cid cid) {
        return cid.hash().function().equals(Multicodec.IDENTITY);
    }

    @Override
    public Optional<Block> get(Cid cid) throws IOException {
        return isIdentity(cid) ? Optional.of(Block.identity(cid)) : rest.get(cid);
    }

    @Override
    public OptionalInt get(Cid cid, ByteBuffer into) throws IOException {
        return isIdentity(cid) ? BlockSource.super.get(cid, into) : rest.get(cid, into);
    }

    @Override
    public boolean has(Cid cid) throws IOException {
        return isIdentity(cid) || rest.has(cid);
    }
}
