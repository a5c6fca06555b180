package cairn.interop.blocks;

import cairn.multiformats.Cid;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// A trader is an IPFS node of some implementation: it gives blocks to its peers, and gets from
/// them what it lacks. It knows nobody but those it dials, or is dialled by.
public interface Trader extends Closeable {
    /// Its peer id.
    String peerId() throws IOException;

    /// Where it listens, each address with its peer at the end.
    List<String> addresses() throws IOException;

    /// Connects.
    void dial(String address) throws IOException;

    /// Takes in the blocks of an archive (CAR).
    void take(Path archive) throws IOException;

    /// Reads all of a DAG, from its peers where it lacks blocks.
    ///
    /// @return what it found, as [Ware.Shape] says
    String fetch(Ware.Shape shape, Cid root) throws IOException;

    /// Reads all of a ware.
    ///
    /// @return what it found, to compare with [Ware#digest]
    default String fetch(Ware ware) throws IOException {
        return fetch(ware.shape(), ware.root());
    }
}
