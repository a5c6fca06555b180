package cairn.libp2p.transport;

import cairn.multiformats.multiaddr.Multiaddr;
import java.io.Closeable;
import java.io.IOException;

/// A listener takes connections at one address until it is closed; connections that it took live
/// on.
public interface Listener extends Closeable {
    /// The address with the port that was taken, if 0 was asked for. A wildcard (`0.0.0.0`, `::`)
    /// stays one.
    Multiaddr address();

    @Override
    void close() throws IOException;
}
