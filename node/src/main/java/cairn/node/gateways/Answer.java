package cairn.node.gateways;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/// What a server answered when it was asked for a block.
sealed interface Answer {
    /// Bytes that are said to be it.
    final class Bytes implements Answer {
        private final byte[] bytes;
        private final Runnable over;

        /// @param over gives the memory back that was counted for them
        Bytes(byte[] bytes, Runnable over) {
            this.bytes = bytes;
            this.over = over;
        }

        byte[] bytes() {
            return bytes;
        }

        /// They were taken, or are of no use.
        void release() {
            over.run();
        }
    }

    /// It is there; only that was asked.
    record There() implements Answer {}

    /// It doesn't tell whether something is there.
    record Unasked() implements Answer {}

    /// It isn't there.
    record Missing() implements Answer {}

    /// It has too much to do.
    ///
    /// @param until how long it wants to be left alone, where it says so
    record Busy(Optional<Duration> until) implements Answer {}

    /// The connection failed: the next one may not.
    record Broken(IOException why) implements Answer {}

    /// It answered something that is of no use, or nothing in time.
    record Useless(IOException why) implements Answer {}
}
