package cairn.interop.blocks;

import cairn.multiformats.Cid;
import java.nio.file.Path;

/// A ware is a DAG that is traded.
///
/// @param archive a file with all its blocks (CAR)
/// @param blocks how many there are
/// @param digest of what is in it, as its [Shape] says
public record Ware(Shape shape, Cid root, Path archive, long blocks, String digest) {
    /// What a ware is to whoever reads it.
    public enum Shape {
        /// A file; its digest is [Digests#ofFile].
        FILE,
        /// A folder of files; its digest is [Digests#ofFolder].
        FOLDER,
        /// A DAG of any codec; its digest is [Digests#ofBlocks].
        DAG
    }
}
