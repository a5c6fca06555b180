package cairn.bitswap.message;

import java.io.InterruptedIOException;
import java.util.concurrent.Semaphore;

/// How many bytes of blocks may be on their way into memory at once. Whoever reads a block takes
/// them before its array is made, and waits where there are none: the peer is read no further.
public final class ByteAllowance {
    private final Semaphore bytes;

    /// @param most at least that of the largest block
    public ByteAllowance(int most) {
        bytes = new Semaphore(most, true);
    }

    void take(int count) throws InterruptedIOException {
        try {
            bytes.acquire(count);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a block waited for memory");
        }
    }

    void give(int count) {
        bytes.release(count);
    }
}
