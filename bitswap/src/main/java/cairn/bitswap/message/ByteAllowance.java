package cairn.bitswap.message;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// How many bytes of blocks may be on their way into memory at once. Whoever reads a block takes
/// them before its array is made, and waits where there are none: the peer is read no further.
///
/// When somebody waits because all is taken, those are cut off whose blocks have been on their way
/// for [#PATIENCE]: a few peers that send a byte a second would else keep the blocks of all others
/// out.
public final class ByteAllowance {
    /// A block of 2 MiB takes as long at 200 kB/s; slower peers are waited for while there is room.
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final Semaphore bytes;
    private final Optional<ByteAllowance> whole;
    private final Runnable cutOff;

    /// Those whose bytes are yet to come, of all parts; of the whole alone.
    private final Set<Grant> coming = ConcurrentHashMap.newKeySet();

    /// @param most at least that of the largest block
    public ByteAllowance(int most) {
        this(most, Optional.empty(), () -> {});
    }

    private ByteAllowance(int most, Optional<ByteAllowance> whole, Runnable cutOff) {
        bytes = new Semaphore(most, true);
        this.whole = whole;
        this.cutOff = cutOff;
    }

    /// A part of this, so that one peer doesn't take all of it.
    ///
    /// @param cutOff cuts the peer off, at once, on any thread
    public ByteAllowance part(int most, Runnable cutOff) {
        return new ByteAllowance(most, Optional.of(this), cutOff);
    }

    /// Bytes that were taken, until it is closed.
    public final class Grant implements AutoCloseable {
        private final int count;
        private final long since = System.nanoTime();

        private Grant(int count) {
            this.count = count;
        }

        private boolean isLate(long now) {
            return now - since > PATIENCE.toNanos();
        }

        private void cutOff() {
            cutOff.run();
        }

        /// The bytes are here: whatever holds them from now on is no fault of the peer.
        public void arrived() {
            whole.ifPresent(all -> all.coming.remove(this));
        }

        @Override
        public void close() {
            arrived();
            whole.ifPresent(all -> all.bytes.release(count));
            bytes.release(count);
        }
    }

    /// Takes bytes, and waits for them where there are too few.
    public Grant take(int count) throws InterruptedIOException {
        boolean taken = false;
        try {
            bytes.acquire(count);
            try {
                if (whole.isPresent()) whole.get().await(count);
                taken = true;
            } finally {
                if (!taken) bytes.release(count);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a block waited for memory");
        }
        Grant grant = new Grant(count);
        whole.ifPresent(all -> all.coming.add(grant));
        return grant;
    }

    private void await(int count) throws InterruptedException {
        while (!bytes.tryAcquire(count, LOOK_AGAIN.toNanos(), TimeUnit.NANOSECONDS)) {
            long now = System.nanoTime();
            List<Grant> late = coming.stream().filter(grant -> grant.isLate(now)).toList();
            for (Grant grant : late) if (coming.remove(grant)) grant.cutOff();
        }
    }
}
