package cairn.libp2p.muxer;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/// A muxed connection carries many streams to one peer. It ends when either end closes it, when the
/// other breaks the protocol, or when it doesn't answer a keep-alive in time.
public interface MuxedConnection extends Closeable {
    /// Begins to read; streams of the other end go to the acceptor. Called once.
    void start(StreamAcceptor acceptor);

    /// Opens a stream. It doesn't wait for the other end to take it, but fails where too many are
    /// open already.
    ///
    /// @throws ConnectionClosedException when the connection has ended
    MuxedStream open() throws IOException;

    /// The number of streams that are open, both ends' together.
    int streams();

    /// The last round trip that a keep-alive measured; empty where none was yet.
    Optional<Duration> roundTrip();

    /// Calls back once the connection has ended, on any thread; at once where it already has.
    void whenClosed(Runnable callback);

    boolean isClosed();

    /// Tells the other end, ends all streams, and closes what is below.
    @Override
    void close() throws IOException;
}
