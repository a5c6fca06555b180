package cairn.node.gateways;

import cairn.node.gateways.Requests.Opened;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/// What the status of an answer says that holds no block. Sources: RFC 9110; boxo.
final class Statuses {
    /// More digits than a pause of a year has.
    private static final String SECONDS = "\\d{1,8}";

    private Statuses() {}

    static Answer refusal(Opened opened) {
        Optional<Duration> pause =
                opened.headers().firstValue("Retry-After").flatMap(Statuses::duration);
        int status = opened.status();
        return switch (status) {
            case 429, 502, 503, 504 -> new Answer.Busy(pause);
            case 408, 425, 500, 507 -> pause.isPresent() ? new Answer.Busy(pause) : useless(status);
            default -> status < 500 ? new Answer.Missing() : useless(status);
        };
    }

    private static Answer useless(int status) {
        return new Answer.Useless(new UnusableAnswerException("it answered with status " + status));
    }

    /// The time that `Retry-After` says: seconds, or a date.
    static Optional<Duration> duration(String text) {
        if (text.matches(SECONDS)) return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
        try {
            Instant when =
                    ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
            Duration left = Duration.between(Instant.now(), when);
            return Optional.of(left.isNegative() ? Duration.ZERO : left);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
