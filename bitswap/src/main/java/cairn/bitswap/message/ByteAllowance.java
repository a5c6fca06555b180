package cairn.bitswap.message;

import java.io.InterruptedIOException;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/// How many bytes of blocks may be on their way into memory at once. Whoever reads a block takes
/// them before its array is made, and waits where there are none: the peer is read no further.
public final class ByteAllowance {
    private final Semaphore bytes;
    private final Optional<ByteAllowance> whole;

    /// @param most at least that of the largest block
    public ByteAllowance(int most) {
        bytes = new Semaphore(most, true);
        whole = Optional.empty();
    }

    private ByteAllowance(int most, ByteAllowance whole) {
        bytes = new Semaphore(most, true);
        this.whole = Optional.of(whole);
    }

    /// A part of this, so that one peer doesn't take all of it.
    public ByteAllowance part(int most) {
        return new ByteAllowance(most, this);
    }

    /// Takes bytes, and waits for them where there are too few.
    ///
    /// @param count of which [#give] gives as many back
    public void take(int count) throws InterruptedIOException {
        try {
            bytes.acquire(count);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a block waited for memory");
        }
        boolean taken = false;
        try {
            if (whole.isPresent()) whole.get().take(count);
            taken = true;
        } finally {
            if (!taken) bytes.release(count);
        }
    }

    /// Gives bytes back that were taken.
    public void give(int count) {
        whole.ifPresent(all -> all.give(count));
        bytes.release(count);
    }
}
