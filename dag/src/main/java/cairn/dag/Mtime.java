package cairn.dag;

import java.time.Instant;

/// A modification time as UnixFS has it: seconds since 1970, before or after, and nanoseconds.
///
/// @param nanos 0 to 999,999,999
public record Mtime(long seconds, int nanos) {
    public Mtime {
        if (nanos < 0 || nanos > 999_999_999)
            throw new IllegalArgumentException("nanoseconds of " + nanos);
    }

    public static Mtime of(Instant instant) {
        return new Mtime(instant.getEpochSecond(), instant.getNano());
    }

    public Instant toInstant() {
        return Instant.ofEpochSecond(
                Math.clamp(seconds, Instant.MIN.getEpochSecond(), Instant.MAX.getEpochSecond()),
                nanos);
    }
}
