package cairn.dag;

import cairn.multiformats.Block;
import java.io.IOException;

/// Where the blocks of a DAG in the making go: a write session of a store, a CAR, a counter.
///
/// Implementations are safe for use by many threads at once, and may block the caller to slow it
/// down (back-pressure).
@FunctionalInterface
public interface BlockSink {
    void put(Block block) throws IOException;
}
