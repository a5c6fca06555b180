package cairn.rpc.server;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Durations as Go writes them, such as `1.139188ms`, `549.09µs` and `1m30s`: the form that clients
/// of the API send and expect.
public final class GoDuration {
    private static final Pattern PART =
            Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(ns|us|µs|ms|s|m|h)");
    private static final int MAX_TEXT_CHARS = 64;
    private static final long SECOND = 1_000_000_000;

    private GoDuration() {}

    /// Reads one; empty when the text is none.
    public static Optional<Duration> parse(String text) {
        if (text.equals("0")) return Optional.of(Duration.ZERO);
        if (text.isEmpty() || text.length() > MAX_TEXT_CHARS) return Optional.empty();
        Duration sum = Duration.ZERO;
        Matcher part = PART.matcher(text);
        int at = 0;
        while (at < text.length()) {
            if (!part.find(at) || part.start() != at) return Optional.empty();
            long unit = nanos(part.group(2));
            BigDecimal nanos = new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(unit));
            sum = sum.plusNanos(nanos.longValue());
            at = part.end();
        }
        return Optional.of(sum);
    }

    private static long nanos(String unit) {
        return switch (unit) {
            case "ns" -> 1;
            case "us", "µs" -> 1_000;
            case "ms" -> 1_000_000;
            case "s" -> SECOND;
            case "m" -> 60 * SECOND;
            case "h" -> 3600 * SECOND;
            default -> throw new IllegalStateException(unit);
        };
    }

    /// Writes one.
    public static String text(Duration duration) {
        long nanos = duration.toNanos();
        if (nanos == 0) return "0s";
        if (nanos < 0) return "-" + text(duration.negated());
        if (nanos < 1_000) return nanos + "ns";
        if (nanos < 1_000_000) return decimal(nanos, 1_000) + "µs";
        if (nanos < SECOND) return decimal(nanos, 1_000_000) + "ms";
        String seconds = decimal(nanos % (60 * SECOND), SECOND) + "s";
        long minutes = nanos / (60 * SECOND);
        if (minutes == 0) return seconds;
        return minutes < 60
                ? minutes + "m" + seconds
                : String.format(Locale.ROOT, "%dh%dm%s", minutes / 60, minutes % 60, seconds);
    }

    private static String decimal(long nanos, long unit) {
        BigDecimal value = BigDecimal.valueOf(nanos).divide(BigDecimal.valueOf(unit));
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }
}
