package cairn.dag.walk;

import cairn.dag.BlockSource;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// Blocks that a walk will need soon, read by virtual threads while it is busy with others. For one
/// thread.
///
/// **Limit:** [#MAX_BLOCKS] blocks that are being read or wait to be taken.
final class LookAhead implements AutoCloseable {
    /// Eight of the largest blocks are 16 MiB.
    static final int MAX_BLOCKS = 8;

    private final BlockSource source;
    private final Map<Cid, Reading> readings = new HashMap<>();

    /// Threads that may still read what nobody will take.
    private final List<Thread> forgotten = new ArrayList<>();

    private record Reading(FutureTask<Optional<Block>> task, Thread thread) {}

    LookAhead(BlockSource source) {
        this.source = source;
    }

    boolean hasRoom() {
        return readings.size() < MAX_BLOCKS;
    }

    /// Begins to read a block, unless it is being read.
    void begin(Cid cid) {
        readings.computeIfAbsent(
                cid,
                _ -> {
                    FutureTask<Optional<Block>> task = new FutureTask<>(() -> source.get(cid));
                    return new Reading(task, Thread.ofVirtual().name("walk-ahead").start(task));
                });
    }

    /// The block, read ahead or now; empty when it isn't there.
    Optional<Block> take(Cid cid) throws IOException {
        Reading reading = readings.get(cid);
        if (reading == null) return source.get(cid);
        try {
            Optional<Block> block = reading.task.get();
            readings.remove(cid);
            return block;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a DAG was walked");
        } catch (ExecutionException e) {
            throw asThrown(e);
        }
    }

    private static IOException asThrown(ExecutionException e) {
        return switch (e.getCause()) {
            case IOException io -> io;
            case RuntimeException bug -> throw bug;
            case Error error -> throw error;
            default -> throw new IllegalStateException(e.getCause());
        };
    }

    /// Lets go of a block that nobody will take.
    void forget(Cid cid) {
        Reading reading = readings.remove(cid);
        if (reading == null) return;
        reading.thread.interrupt();
        forgotten.add(reading.thread);
        forgotten.removeIf(thread -> !thread.isAlive());
    }

    /// Stops what is being read, and waits until it has stopped: the source may be closed next.
    @Override
    public void close() {
        for (Reading reading : readings.values()) reading.thread.interrupt();
        boolean interrupted = false;
        for (Reading reading : readings.values()) interrupted |= await(reading.thread);
        for (Thread thread : forgotten) interrupted |= await(thread);
        readings.clear();
        if (interrupted) Thread.currentThread().interrupt();
    }

    private static boolean await(Thread thread) {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                return interrupted;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
    }
}
