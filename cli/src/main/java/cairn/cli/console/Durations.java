package cairn.cli.console;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Durations as Go writes them: numbers with units, such as `300ms`, `1.5h` or `2h45m`.
public final class Durations {
    private static final Pattern PART =
            Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(ns|us|µs|ms|s|m|h)");

    private Durations() {}

    public static Duration parse(String text) throws UsageException {
        if (text.equals("0")) return Duration.ZERO;
        Duration sum = Duration.ZERO;
        Matcher part = PART.matcher(text);
        int at = 0;
        while (at < text.length() && part.find(at) && part.start() == at) {
            long nanos =
                    switch (part.group(2)) {
                        case "ns" -> 1;
                        case "us", "µs" -> 1_000;
                        case "ms" -> 1_000_000;
                        case "s" -> 1_000_000_000L;
                        case "m" -> 60_000_000_000L;
                        case "h" -> 3_600_000_000_000L;
                        default -> throw new IllegalStateException(part.group(2));
                    };
            BigDecimal value = new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(nanos));
            BigDecimal[] seconds = value.divideAndRemainder(BigDecimal.valueOf(1_000_000_000));
            sum =
                    sum.plusSeconds(seconds[0].longValueExact())
                            .plusNanos(seconds[1].setScale(0, RoundingMode.DOWN).longValueExact());
            at = part.end();
        }
        if (at == 0 || at < text.length())
            throw new UsageException(
                    "invalid duration \"" + text + "\"; write it like 300ms, 1.5s or 2h45m");
        return sum;
    }
}
