package cairn.libp2p.host;

/// A port that a host was to listen on and that another program has, and the one it took instead.
public record MovedPort(int wanted, int taken) {}
