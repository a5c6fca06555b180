package cairn.libp2p.wire;

import java.io.Closeable;
import java.io.IOException;

/// A duplex is a pair of byte streams between two ends, one each way: a socket, a socket seen
/// through a cipher, a stream of a multiplexed connection.
///
/// Calls block; they run on virtual threads. One thread reads and one writes at a time, and the two
/// may differ. Closing from any thread ends both waits with an [IOException].
public interface Duplex extends Closeable {
    /// Reads at least one byte, and at most `length`; as many as are there without waiting again.
    ///
    /// @return how many, or -1 when the other end has finished
    int read(byte[] target, int offset, int length) throws IOException;

    /// Writes all the bytes. When it returns the array may be used again, and the bytes are on
    /// their way: nothing waits for a flush.
    void write(byte[] source, int offset, int length) throws IOException;

    /// Whether this end itself keeps bytes back at the moment, read or written, to hold to a rate:
    /// a wait for that says nothing of the other end.
    default boolean isHeld() {
        return false;
    }

    /// Ends both directions and frees what they hold. Doing so again does nothing.
    @Override
    void close() throws IOException;
}
