package cairn.libp2p.quic;

import java.time.Duration;

/// What a QUIC transport may be told.
///
/// @param congestion what decides how much may be on its way
/// @param idleTimeout how long a connection lives without a packet from the other end
/// @param keepAlive how often a packet is sent that the other end must answer
/// @param handshakeTimeout how long a handshake may take, at either end
public record QuicSettings(
        Congestion congestion,
        Duration idleTimeout,
        Duration keepAlive,
        Duration handshakeTimeout) {
    /// How a sender finds out how much the path carries.
    public enum Congestion {
        /// By loss: CUBIC, RFC 9438.
        CUBIC,
        /// By the rate that arrives and the least round trip: loss that isn't congestion hardly
        /// slows it down.
        BBR
    }

    /// What go-libp2p does too: 30 s until a silent connection ends, a sign of life every 15.
    public static QuicSettings defaults() {
        return new QuicSettings(
                Congestion.BBR,
                Duration.ofSeconds(30),
                Duration.ofSeconds(15),
                Duration.ofSeconds(10));
    }
}
