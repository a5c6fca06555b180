package cairn.node.gateways;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// Looks now and then at what might take too long, with a thread that lives while there is
/// something. State is guarded by `this`.
final class Watch {
    private static final Duration EVERY = Duration.ofMillis(250);

    private final Set<PacedBody> watched = new LinkedHashSet<>();
    private boolean watching;

    synchronized void add(PacedBody body) {
        watched.add(body);
        if (watching) return;
        watching = true;
        Thread.ofVirtual().name("slow-answers").start(this::run);
    }

    synchronized void remove(PacedBody body) {
        watched.remove(body);
        if (watched.isEmpty()) notifyAll();
    }

    private void run() {
        try {
            for (List<PacedBody> now = next(); !now.isEmpty(); now = next())
                now.forEach(PacedBody::look);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized List<PacedBody> next() throws InterruptedException {
        long until = System.nanoTime() + EVERY.toNanos();
        for (long left = EVERY.toNanos(); left > 0 && !watched.isEmpty(); ) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
            left = until - System.nanoTime();
        }
        watching = !watched.isEmpty();
        return List.copyOf(watched);
    }
}
