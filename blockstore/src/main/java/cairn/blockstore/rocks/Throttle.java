package cairn.blockstore.rocks;

import cairn.blockstore.database.Database;
import cairn.blockstore.database.Tuning;

import java.io.IOException;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.rocksdb.CompactRangeOptions;

/// Holds the rewriting of files to a rate for as long as others use the store, and breaks it off
/// when somebody closes it. Alone, it runs at full speed.
///
/// A thread of its own looks every twentieth of a second, as a rewriting is one long call.
final class Throttle implements AutoCloseable {
    private static final long TICK_NANOS = 50_000_000;

    private final Database database;
    private final long rate;
    private final LongAdder own = new LongAdder();
    private final CompactRangeOptions options =
            new CompactRangeOptions()
                    .setExclusiveManualCompaction(false)
                    .setBottommostLevelCompaction(
                            CompactRangeOptions.BottommostLevelCompaction.kForceOptimized);
    private final Thread ticking;
    private volatile boolean ended;

    /// @param rate in bytes a second
    Throttle(Database database, long rate) {
        this.database = database;
        this.rate = rate;
        database.limitRewriting(rate);
        ticking = Thread.ofPlatform().daemon().name("blockstore-throttle").start(this::tick);
    }

    /// Makes a call that doesn't count as somebody else's.
    <T> T run(String what, Database.Call<T> call) throws IOException {
        own.increment();
        return database.run(what, call);
    }

    /// For every rewriting that is to be held to the rate and broken off.
    CompactRangeOptions options() {
        return options;
    }

    private void tick() {
        long seen = others();
        while (!ended) {
            LockSupport.parkNanos(TICK_NANOS);
            if (database.isClosing()) options.setCanceled(true);
            long now = others();
            database.limitRewriting(now == seen ? Tuning.UNLIMITED : rate);
            seen = now;
        }
    }

    private long others() {
        return database.calls() - own.sum();
    }

    @Override
    public void close() {
        ended = true;
        LockSupport.unpark(ticking);
        boolean interrupted = false;
        while (ticking.isAlive())
            try {
                ticking.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        if (interrupted) Thread.currentThread().interrupt();
        database.limitRewriting(Tuning.UNLIMITED);
        options.close();
    }
}
