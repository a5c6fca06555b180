package cairn.cli.console;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/// A line that says how far a transfer of bytes has come, how fast it is and how long it will take,
/// judged by its last seconds: a transfer that goes on had its first bytes for nothing. Rewritten
/// ten times a second at most. Safe for use by many threads at once.
public final class Progress {
    private static final long REDRAW_NANOS = 100_000_000;

    /// For how long back the speed is taken: shorter ones jump, longer ones don't tell of a change.
    private static final long SPEED_NANOS = 5_000_000_000L;

    private final Messages messages;
    private final LongSupplier nanoTime;
    private final Deque<Reached> before = new ArrayDeque<>(); // guarded by this
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong drawn = new AtomicLong();
    private volatile OptionalLong total = OptionalLong.empty();
    private volatile IntSupplier sources = () -> 0;

    private record Reached(long nanos, long bytes) {}

    /// @param nanoTime a clock such as [System#nanoTime]
    public Progress(Messages messages, LongSupplier nanoTime) {
        this.messages = messages;
        this.nanoTime = nanoTime;
        long begun = nanoTime.getAsLong();
        drawn.set(begun);
        before.add(new Reached(begun, 0));
    }

    /// The bytes that will be done in all are known now.
    public void expect(long bytes) {
        total = OptionalLong.of(bytes);
    }

    /// Others that it comes from are counted here.
    public void comesFrom(IntSupplier count) {
        sources = count;
    }

    /// So many more bytes are done.
    public void add(long bytes) {
        draw(done.addAndGet(bytes));
    }

    /// So many bytes are done since the beginning.
    public void reach(long bytes) {
        done.set(bytes);
        draw(bytes);
    }

    private void draw(long bytes) {
        long now = nanoTime.getAsLong();
        long last = drawn.get();
        if (now - last < REDRAW_NANOS || !drawn.compareAndSet(last, now)) return;
        messages.progress(line(bytes, now));
    }

    /// The line for so many bytes, at a time of the clock.
    String line(long bytes, long now) {
        return text(bytes, speed(now, bytes)) + from(sources.getAsInt());
    }

    /// Bytes a second since the newest draw that is old enough.
    private synchronized double speed(long now, long bytes) {
        Reached since = before.removeFirst();
        while (!before.isEmpty() && now - before.getFirst().nanos() >= SPEED_NANOS)
            since = before.removeFirst();
        before.addFirst(since);
        before.addLast(new Reached(now, bytes));
        return Math.max(0, bytes - since.bytes()) / ((now - since.nanos()) / 1e9);
    }

    private static String from(int peers) {
        return switch (peers) {
            case 0 -> "";
            case 1 -> "  from 1 peer";
            default -> "  from " + peers + " peers";
        };
    }

    private String text(long bytes, double speed) {
        String head = ByteSizes.text(bytes);
        OptionalLong all = total;
        if (all.isEmpty() || all.getAsLong() < bytes)
            return head + "  " + ByteSizes.text(speed) + "/s";
        double percent = all.getAsLong() == 0 ? 100 : 100.0 * bytes / all.getAsLong();
        return String.format(
                Locale.ROOT,
                "%s / %s  %.1f %%  %s/s  %s left",
                head,
                ByteSizes.text(all.getAsLong()),
                percent,
                ByteSizes.text(speed),
                clock(speed == 0 ? Long.MAX_VALUE : (long) ((all.getAsLong() - bytes) / speed)));
    }

    static String clock(long seconds) {
        if (seconds > 99 * 3600) return "-";
        return seconds < 3600
                ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
                : String.format(
                        Locale.ROOT,
                        "%d:%02d:%02d",
                        seconds / 3600,
                        seconds / 60 % 60,
                        seconds % 60);
    }
}
