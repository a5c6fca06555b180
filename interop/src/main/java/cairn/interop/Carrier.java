package cairn.interop;

import java.util.List;

/// A carrier is what a connection is made of below its streams, as far as addresses tell.
public enum Carrier {
    TCP("/ip4/127.0.0.1/tcp/0", "", true),
    WEBSOCKET("/ip4/127.0.0.1/tcp/0/ws", "/ws", true),
    SECURE_WEBSOCKET("/ip4/127.0.0.1/tcp/0/tls/ws", "/tls/ws", true),
    QUIC("/ip4/127.0.0.1/udp/0/quic-v1", "/quic-v1", false);

    private final String listenAddress;
    private final String ending;
    private final boolean negotiates;

    Carrier(String listenAddress, String ending, boolean negotiates) {
        this.listenAddress = listenAddress;
        this.ending = ending;
        this.negotiates = negotiates;
    }

    /// Where to listen for it, at a port that the kernel picks.
    public String listenAddress() {
        return listenAddress;
    }

    /// Whether security and muxer are agreed on above it; QUIC has its own.
    public boolean negotiates() {
        return negotiates;
    }

    /// The address among several, each with its peer, that is one of this carrier.
    public String among(List<String> addresses) {
        for (String address : addresses) {
            String before = address.replaceFirst("/p2p/[^/]*$", "").replace("/wss", "/tls/ws");
            if (before.matches("/[^/]+/[^/]+/[^/]+/[0-9]+" + ending)) return address;
        }
        throw new IllegalArgumentException("none of " + this + ": " + addresses);
    }
}
