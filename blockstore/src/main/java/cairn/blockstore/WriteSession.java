package cairn.blockstore;

import cairn.multiformats.Block;
import java.io.IOException;
import java.util.List;

/// A write session takes many blocks at the speed of the disk and makes them durable at once.
///
/// Safe for use by many threads at once; [#put] blocks its caller when the disk is slower. Blocks
/// may be seen by readers before the commit. A session that is closed without a commit leaves what
/// it wrote, unpinned: the next try finds it there and is fast.
public interface WriteSession extends AutoCloseable {
    /// Takes a block; not durable before [#commit] returns.
    void put(Block block) throws IOException;

    /// Makes durable all blocks put so far and then, in this order, the pins.
    void commit(List<Pin> pins) throws IOException;

    @Override
    void close() throws IOException;
}
