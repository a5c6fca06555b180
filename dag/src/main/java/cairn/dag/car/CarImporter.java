package cairn.dag.car;

import cairn.dag.BlockSink;
import cairn.dag.IdentityBlocks;
import cairn.dag.work.OrderedWork;
import cairn.multiformats.Block;
import cairn.multiformats.Hashes;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ReadableByteChannel;
import java.util.Optional;

/// Puts the blocks of archives to a sink. Every block is hashed first; one thread reads while
/// others hash and put, in no order. Blocks whose CID is identity are counted and not put: their
/// CID carries them.
///
/// What the blocks hold isn't looked at: [RootCheck] tells afterwards whether the roots are whole.
///
/// **Limits:** those of [CarReader], and 32 MiB of blocks at once.
public final class CarImporter {
    private final BlockSink sink;
    private final Hashes hashes;

    /// @param sink takes blocks from many threads at once
    public CarImporter(BlockSink sink, Hashes hashes) {
        this.sink = sink;
        this.hashes = hashes;
    }

    /// Puts all blocks of the archive that a channel is at. What fails leaves the blocks put that
    /// were put before, and some that come later in the archive, each of them verified.
    ///
    /// @throws CarException when the archive is malformed or cut short, or a block isn't what its
    ///   CID names
    /// @throws IOException what the sink or the channel throws
    /// @throws InterruptedIOException when the thread is interrupted
    public CarContents put(ReadableByteChannel in) throws IOException {
        CarReader reader = CarReader.open(in);
        long blocks = 0;
        long bytes = 0;
        try (OrderedWork work = new OrderedWork()) {
            for (var next = reader.nextSection(); next.isPresent(); next = reader.nextSection()) {
                CarSection section = next.get();
                work.give(section.size(), () -> put(section), _ -> {});
                blocks++;
                bytes += section.size();
            }
            work.drain();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while an archive was read");
        }
        return new CarContents(reader.roots(), blocks, bytes);
    }

    private Optional<Block> put(CarSection section) throws IOException {
        Block block = section.verified(hashes);
        if (!IdentityBlocks.isIdentity(block.cid())) sink.put(block);
        return Optional.empty();
    }
}
