package cairn.node.gateways;

import java.time.Duration;
import java.util.Optional;

/// The pauses in which a server is left alone: as long as it asks for, else twice as long each time
/// until it answers well again. What fails within a pause began before, and lengthens it only where
/// the server asks for more.
///
/// Not safe for several threads: its owner guards it.
final class Pauses {
    private static final int MOST_DOUBLINGS = 16;

    private final Pace pace;
    private Optional<Long> until = Optional.empty();
    private int doublings;

    Pauses(Pace pace) {
        this.pace = pace;
    }

    boolean isPause(long now) {
        return until.isPresent() && now - until.get() < 0;
    }

    /// Begins a pause, or goes on with the one that there is.
    ///
    /// @return how long it lasts from now on
    Duration begin(Optional<Duration> wanted, long now) {
        long own = isPause(now) ? until.orElseThrow() - now : ownNanos();
        long asked = wanted.map(this::capped).orElse(0L);
        long nanos = Math.max(own, asked);
        until = Optional.of(now + nanos);
        return Duration.ofNanos(nanos);
    }

    private long ownNanos() {
        long nanos = Math.min(pace.pause().toNanos() << doublings, pace.mostPause().toNanos());
        if (doublings < MOST_DOUBLINGS) doublings++;
        return nanos;
    }

    private long capped(Duration wanted) {
        boolean over = wanted.compareTo(pace.mostPause()) > 0;
        return (over ? pace.mostPause() : wanted).toNanos();
    }

    /// It answers well.
    void end() {
        until = Optional.empty();
        doublings = 0;
    }
}
