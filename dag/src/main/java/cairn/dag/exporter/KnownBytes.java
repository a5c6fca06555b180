package cairn.dag.exporter;

import cairn.multiformats.Cid;
import java.io.IOException;

/// Tells which leaves of a file need not be read, because whoever reads has their bytes.
@FunctionalInterface
public interface KnownBytes {
    /// Knows none.
    KnownBytes NONE = (_, _, _) -> false;

    /// Whether the bytes at a position of the file are there and are those of the raw block.
    boolean holds(Cid cid, long position, int size) throws IOException;
}
