package cairn.libp2p.peerstore;

import java.time.Duration;

/// How long an address is believed, by where it was learnt. A connected peer's addresses don't
/// expire; from when it goes they live on as [#RECENTLY_CONNECTED].
public enum AddressTtl {
    /// Named in passing, as by a DHT answer.
    TEMPORARY(Duration.ofMinutes(2)),
    /// Of a peer that a connection was had with.
    RECENTLY_CONNECTED(Duration.ofMinutes(30)),
    /// Told along with a provider record.
    PROVIDER(Duration.ofHours(24)),
    /// Set by the user: peering and bootstrap peers.
    PERMANENT(Duration.ofDays(36_500));

    private final Duration duration;

    AddressTtl(Duration duration) {
        this.duration = duration;
    }

    public Duration duration() {
        return duration;
    }
}
