package cairn.libp2p.dns;

import java.time.Duration;
import java.util.List;

/// An answer is what a name has of one kind: IP addresses, or texts; nothing where the name or the
/// kind doesn't exist.
///
/// @param ttl how long it may be believed from when it came
public record Answer<T>(List<T> values, Duration ttl) {
    public Answer {
        values = List.copyOf(values);
    }
}
