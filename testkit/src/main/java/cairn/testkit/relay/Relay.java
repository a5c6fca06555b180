package cairn.testkit.relay;

import java.io.Closeable;
import java.net.InetSocketAddress;

/// A relay passes on what comes to it on loopback to a target, and the answers back, as a network
/// of certain [NetworkConditions] would.
public interface Relay extends Closeable {
    /// Where to connect to instead of the target.
    InetSocketAddress address();

    /// From now on nothing passes, in either direction, and nobody is told: as when a cable is
    /// pulled. `false` lets what comes from then on pass again; TCP loses nothing.
    void silence(boolean silent);

    /// Ends all connections at once, as when the other end dies: TCP is reset. New ones are taken.
    void cut();

    @Override
    void close();
}
