package cairn.libp2p.yamux;

import java.util.concurrent.ArrayBlockingQueue;

/// The largest arrays that frames are read into, for use again: a stream's reader is done with one
/// soon after it was filled. All connections of a host share them; threads may use them at once.
final class FrameArrays {
    /// The size of each: room for what a cipher frame of any security protocol carries.
    static final int BYTES = 64 << 10;

    /// How many are kept when nobody has them: 1 MiB, as much as is on its way between two threads
    /// while bytes flow.
    private static final int KEPT = 16;

    private final ArrayBlockingQueue<byte[]> free = new ArrayBlockingQueue<>(KEPT);

    /// An array of some size, with anything in it; one that was used before if the size is
    /// [#BYTES].
    byte[] take(int size) {
        byte[] kept = size == BYTES ? free.poll() : null;
        return kept == null ? new byte[size] : kept;
    }

    /// Takes an array that nobody uses any longer. Those of another size, and what is too many, are
    /// left to the garbage collector.
    void give(byte[] array) {
        if (array.length == BYTES) free.offer(array);
    }
}
