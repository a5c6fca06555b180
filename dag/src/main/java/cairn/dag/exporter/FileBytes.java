package cairn.dag.exporter;

import cairn.multiformats.Cid;
import java.nio.ByteBuffer;

/// Some bytes of a file that lie in one block.
///
/// @param cid the block
/// @param position of the first byte in the file
/// @param bytes a view, read-only, of memory that is used again after the cursor's next step
public record FileBytes(Cid cid, long position, ByteBuffer bytes) {}
