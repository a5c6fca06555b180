package cairn.libp2p.wire;

import java.util.concurrent.ArrayBlockingQueue;

/// A few large arrays that connections borrow while bytes flow, so that idle ones need none. All
/// connections of a host share one such store; threads may use it at once.
public final class LargeBuffers {
    /// The size of each: enough for a system call to cost little, and for any record.
    public static final int BYTES = 256 * 1024;

    /// How many are kept when nobody has them; more are made when they are needed. As many
    /// connections as have bytes under way at one moment on a few cores.
    private static final int KEPT = 8;

    private final ArrayBlockingQueue<byte[]> free = new ArrayBlockingQueue<>(KEPT);

    /// An array of [#BYTES], with anything in it.
    public byte[] take() {
        byte[] kept = free.poll();
        return kept == null ? new byte[BYTES] : kept;
    }

    /// Gives back an array that nobody uses any longer.
    ///
    /// @return whether it is kept for the next; the others are left to the garbage collector
    public boolean give(byte[] buffer) {
        if (buffer.length != BYTES) throw new IllegalArgumentException("not taken from here");
        return free.offer(buffer);
    }
}
