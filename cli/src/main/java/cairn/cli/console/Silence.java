package cairn.cli.console;

import java.io.Closeable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// Says on a terminal for how long nothing has come, while a command waits for blocks of others:
/// behind its line of progress, or alone where it has none yet.
///
/// State is guarded by `this`. A thread looks twice a second.
public final class Silence implements Closeable {
    /// What a person takes for an answer that is on its way.
    private static final long PATIENCE_NANOS = 1_000_000_000;

    private static final long PERIOD_MILLIS = 500;

    private final Messages messages;
    private final LongSupplier nanoTime;
    private final CountDownLatch over = new CountDownLatch(1);
    private long since;
    private long said;
    private boolean told;

    /// @param nanoTime a clock such as [System#nanoTime]
    Silence(Messages messages, LongSupplier nanoTime) {
        this.messages = messages;
        this.nanoTime = nanoTime;
        since = nanoTime.getAsLong();
        said = messages.said();
    }

    /// Looks after a command that may fetch, until it is closed; where a person watches, and has
    /// not said `--progress=false`.
    public static Silence during(Invocation call) {
        Silence silence = new Silence(call.messages(), System::nanoTime);
        boolean watched =
                call.messages().isTerminal()
                        && call.usage().isFetching()
                        && !call.given().containsKey("offline")
                        && (!call.usage().isFlag("--progress")
                                || call.flagIfGiven("--progress").orElse(true));
        if (watched) Thread.ofVirtual().name("silence").start(silence::run);
        return silence;
    }

    private void run() {
        try {
            while (!over.await(PERIOD_MILLIS, TimeUnit.MILLISECONDS)) look();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Tells of the silence if there is one.
    synchronized void look() {
        long now = nanoTime.getAsLong();
        if (said != messages.said()) {
            said = messages.said();
            since = now;
        }
        if (over.getCount() == 0 || now - since < PATIENCE_NANOS) return;
        String time = Progress.clock((now - since) / 1_000_000_000);
        messages.progressStands("  nothing for " + time, "looking for blocks  " + time);
        told = true;
    }

    /// Something came that isn't a message.
    public synchronized void broken() {
        since = nanoTime.getAsLong();
        if (told) messages.clearProgress();
        told = false;
    }

    /// Tells no more.
    @Override
    public void close() {
        broken();
        over.countDown();
    }
}
