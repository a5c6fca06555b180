package cairn.cli.console;

import cairn.dag.FetchStat;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// Shows on a terminal what is fetched for a command while it runs: how much has come, how fast and
/// from how many; and while nothing comes, how many were asked for what is missing, and what they
/// said. Drawn by a thread of its own, where the command itself shows nothing.
public final class Fetching implements AutoCloseable {
    private static final Duration STEP = Duration.ofMillis(250);

    /// What takes no longer is shown nothing of. So long nothing comes before it is called a
    /// search.
    private static final long PATIENCE_NANOS = 700_000_000;

    private final Messages messages;
    private final Supplier<FetchStat> fetched;
    private final boolean transfers;
    private final LongSupplier nanoTime;
    private final Progress progress;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread thread = Thread.ofVirtual().name("fetching").unstarted(this::run);

    /// When bytes came last, and how many there were; of the thread that draws.
    private long moved;

    private long bytes;

    Fetching(
            Messages messages,
            Supplier<FetchStat> fetched,
            boolean transfers,
            LongSupplier nanoTime) {
        this.messages = messages;
        this.fetched = fetched;
        this.transfers = transfers;
        this.nanoTime = nanoTime;
        progress = new Progress(messages, nanoTime);
        progress.comesFrom(() -> fetched.get().have());
        moved = nanoTime.getAsLong();
    }

    /// Shows a fetch until it is closed, if a person watches.
    ///
    /// @param transfers whether also while bytes come, of which some commands tell by themselves
    public static Fetching show(Messages messages, Supplier<FetchStat> fetched, boolean transfers) {
        Fetching fetching = new Fetching(messages, fetched, transfers, System::nanoTime);
        if (messages.isTerminal()) fetching.thread.start();
        return fetching;
    }

    private void run() {
        try {
            while (!ended.await(STEP.toMillis(), TimeUnit.MILLISECONDS)) draw();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (UncheckedIOException e) {
            // Nobody sees it: the command ends of the same.
        }
    }

    void draw() {
        FetchStat stat = fetched.get();
        long now = nanoTime.getAsLong();
        boolean first = bytes == 0;
        if (stat.bytes() > bytes) {
            bytes = stat.bytes();
            if (!first) moved = now;
        }
        long still = now - moved;
        if (still > PATIENCE_NANOS && stat.waiting() > 0) messages.background(search(stat, still));
        else if (transfers && bytes > 0 && !first) {
            messages.expected().ifPresent(progress::expect);
            messages.background(progress.line(bytes, now));
        }
    }

    private static String search(FetchStat stat, long nanos) {
        String what =
                stat.waiting() == 1
                        ? "looking for a block"
                        : "looking for " + stat.waiting() + " blocks";
        String who =
                stat.asked() == 0
                        ? "nobody to ask is connected"
                        : String.format(
                                Locale.ROOT,
                                "asked %d %s: %d with some of it, %d without, %d silent",
                                stat.asked(),
                                stat.asked() == 1 ? "peer" : "peers",
                                stat.have(),
                                stat.dontHave(),
                                stat.silent());
        return what + "  " + who + "  " + nanos / 1_000_000_000 + " s";
    }

    /// Shows nothing more.
    @Override
    public void close() {
        ended.countDown();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true; // its line may be half sent
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
        messages.clearProgress();
    }
}
