package cairn.libp2p.muxer;

import cairn.libp2p.wire.Duplex;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;

/// A muxed stream is one of the streams of a connection. Each direction ends by itself: a reader
/// still gets what was sent before the end; a reset ends both at once and drops what was on its
/// way.
///
/// A writer waits while the other end's window is full, a reader while nothing is there: both up to
/// their deadline. Credit goes back to the sender as bytes are read, never as they arrive.
public interface MuxedStream extends Duplex {
    /// {@inheritDoc}
    ///
    /// @throws StreamResetException when either end reset the stream
    /// @throws InterruptedIOException when the deadline passed, or the thread was interrupted
    @Override
    int read(byte[] target, int offset, int length) throws IOException;

    /// {@inheritDoc}
    ///
    /// @throws StreamResetException when either end reset the stream
    /// @throws InterruptedIOException when the deadline passed, or the thread was interrupted; how
    ///   much was written is then unknown
    @Override
    void write(byte[] source, int offset, int length) throws IOException;

    /// Says that nothing more will be written; reading goes on. Doing so again does nothing.
    void closeWrite() throws IOException;

    /// Says that nothing more will be read: what still arrives is dropped and its credit given
    /// back, writing goes on.
    void closeRead() throws IOException;

    /// Ends both directions at once and tells the other end. Never fails and never waits.
    void reset();

    /// Reads and writes from now on fail once this much time has passed; zero means never.
    void deadline(Duration fromNow);

    /// Ends the writing in order and the reading too: what a user of the stream calls at last. What
    /// was written still arrives. A direction that already ended stays so.
    @Override
    void close() throws IOException;
}
