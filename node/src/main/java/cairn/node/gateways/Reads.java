package cairn.node.gateways;

import java.util.concurrent.Semaphore;

/// The permits to read archives: so many are read at once, and some more rest, which hold what
/// nobody has taken yet and are read no further until somebody does. Safe for many threads at once.
final class Reads {
    /// Each holds up to [ArchiveWants#MOST_HELD], whether it is read or rests.
    static final int MOST_AT_ONCE = 4;

    static final int MOST_RESTING = 8;

    private final Semaphore reading = new Semaphore(MOST_AT_ONCE);
    private final Semaphore resting = new Semaphore(MOST_RESTING);

    /// A permit to read one archive. Used by one thread, which closes it.
    final class Permit implements AutoCloseable {
        private boolean rests;

        private Permit() {}

        /// Lets others read meanwhile, unless too many rest already.
        void rest() {
            if (rests || !resting.tryAcquire()) return;
            rests = true;
            reading.release();
        }

        /// Waits until it may be read on.
        void goOn() throws InterruptedException {
            if (!rests) return;
            reading.acquire();
            rests = false;
            resting.release();
        }

        @Override
        public void close() {
            (rests ? resting : reading).release();
        }
    }

    /// Waits for a permit.
    Permit begin() throws InterruptedException {
        reading.acquire();
        return new Permit();
    }
}
