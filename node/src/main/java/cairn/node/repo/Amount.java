package cairn.node.repo;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;

/// An amount is what a text such as `10GB`, `512MiB` or `1.5k` says in bytes, or why it says none.
public sealed interface Amount {
    /// So many bytes.
    record Of(long bytes) implements Amount {}

    /// More bytes than can be counted.
    record TooLarge() implements Amount {}

    /// Not an amount.
    record Malformed() implements Amount {}

    /// Reads a size: units of 1000 without, and of 1024 with an `i`.
    static Amount bytes(String text) {
        Matcher size = AmountPatterns.SIZE.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!size.matches()) return new Malformed();
        int power = " kmgtpe".indexOf(size.group(2).isEmpty() ? ' ' : size.group(2).charAt(0));
        BigDecimal unit = BigDecimal.valueOf(size.group(3).isEmpty() ? 1000 : 1024).pow(power);
        BigDecimal bytes = new BigDecimal(size.group(1)).multiply(unit);
        if (bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) return new TooLarge();
        return new Of(bytes.longValue());
    }

    /// Reads a time such as `1h`, `90m` or `1m30s`; empty when the text is none.
    static Optional<Duration> time(String text) {
        Matcher time = AmountPatterns.TIME.matcher(text.strip());
        if (!time.matches()) return Optional.empty();
        return Optional.of(
                Duration.ofHours(AmountPatterns.part(time, 1))
                        .plusMinutes(AmountPatterns.part(time, 2))
                        .plusSeconds(AmountPatterns.part(time, 3)));
    }
}
