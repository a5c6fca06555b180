package cairn.libp2p.wire;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/// What two ends come to that speak with each other at once, each on a thread of its own.
///
/// @param one what the first came to
/// @param other what the second came to
public record Both<A, B>(A one, B other) {
    /// How long both may take: far longer than they need.
    private static final int SECONDS = 20;

    /// Runs both ends; fails with what the first one failed with, else the second.
    public static <A, B> Both<A, B> of(Callable<A> one, Callable<B> other) throws Exception {
        FutureTask<A> first = started(one);
        FutureTask<B> second = started(other);
        return new Both<>(result(first), result(second));
    }

    /// Runs something on a thread of its own.
    public static <T> FutureTask<T> started(Callable<T> call) {
        FutureTask<T> task = new FutureTask<>(call);
        Thread.startVirtualThread(task);
        return task;
    }

    /// What it came to; its exception if it failed.
    public static <T> T result(FutureTask<T> task) throws Exception {
        try {
            return task.get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) throw cause;
            throw e;
        }
    }
}
