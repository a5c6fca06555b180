package cairn.libp2p.bandwidth;

import java.util.function.LongSupplier;

/// What is counted of one peer, and what holds its connections to the rates of a peer.
///
/// @param counter its bytes
/// @param upload what is sent to it
/// @param download what is received from it
record PeerBandwidth(TrafficCounter counter, Throttle upload, Throttle download) {
    PeerBandwidth(Rates rates, LongSupplier nanos) {
        this(
                new TrafficCounter(nanos),
                new Throttle(rates.peerUpload(), nanos),
                new Throttle(rates.peerDownload(), nanos));
    }
}
