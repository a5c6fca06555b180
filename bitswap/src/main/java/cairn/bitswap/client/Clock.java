package cairn.bitswap.client;

import java.time.Duration;

/// The time, and what is to be done later.
public interface Clock {
    /// Nanoseconds since some moment.
    long nanos();

    /// Runs a task once, after a while, on any thread. Tasks are quick.
    void after(Duration delay, Runnable task);
}
