package cairn.blockstore;

import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.multiformats.HashMismatchException;
import cairn.multiformats.Hashes;
import cairn.multiformats.Multicodec;
import cairn.multiformats.Multihash;
import java.io.IOException;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalInt;

/// Another blockstore, with every block hashed again when it is read: for bytes that go to someone
/// else.
public final class HashingBlockstore implements Blockstore {
    private final Blockstore inner;
    private final Hashes hashes;

    public HashingBlockstore(Blockstore inner, Hashes hashes) {
        this.inner = inner;
        this.hashes = hashes;
    }

    /// @throws CorruptBlockException when the bytes are not what the CID names
    @Override
    public Optional<Block> get(Cid cid) throws IOException {
        Optional<Block> block = inner.get(cid);
        if (block.isEmpty()) return block;
        try {
            return Optional.of(Block.verified(cid, block.get().bytes(), hashes));
        } catch (HashMismatchException e) {
            throw new CorruptBlockException(cid.hash(), "its bytes have another hash", e);
        }
    }

    /// @throws CorruptBlockException when the bytes are not what the hash names; the buffer is
    ///   unchanged
    @Override
    public OptionalInt get(Multihash hash, ByteBuffer into) throws IOException {
        Optional<Block> block = get(Cid.v1(Multicodec.RAW, hash));
        if (block.isEmpty()) return OptionalInt.empty();
        byte[] bytes = block.get().bytes();
        if (bytes.length > into.remaining()) throw new BufferOverflowException();
        into.put(bytes);
        return OptionalInt.of(bytes.length);
    }

    @Override
    public boolean has(Multihash hash) throws IOException {
        return inner.has(hash);
    }

    @Override
    public OptionalInt size(Multihash hash) throws IOException {
        return inner.size(hash);
    }

    @Override
    public void put(Block block) throws IOException {
        inner.put(block);
    }

    @Override
    public void putAll(Collection<Block> blocks) throws IOException {
        inner.putAll(blocks);
    }

    @Override
    public WriteSession openSession() throws IOException {
        return inner.openSession();
    }

    @Override
    public boolean delete(Multihash hash) throws IOException {
        return inner.delete(hash);
    }

    @Override
    public void forEach(Visitor visitor) throws IOException {
        inner.forEach(visitor);
    }
}
