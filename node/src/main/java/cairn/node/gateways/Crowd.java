package cairn.node.gateways;

/// A crowd is how many requests a server is asked at once: one more for each that it answered well,
/// which doubles them in a round trip, and half as many when it failed. How many bytes are wanted
/// of it is the affair of each session's window.
///
/// Not safe for several threads: its owner guards it.
final class Crowd {
    /// As many as browsers open connections to a host.
    static final int FIRST = 6;

    /// Over HTTP/1.1, where each takes a connection. Source: boxo's number of workers.
    static final int MOST_CONNECTIONS = 16;

    /// Over HTTP/2. Servers allow a hundred as a rule.
    static final int MOST_STREAMS = 64;

    private int most = MOST_CONNECTIONS;
    private int size = FIRST;
    private int sinceHalved = FIRST;

    int size() {
        return size;
    }

    /// A request was answered.
    ///
    /// @param multiplexed whether over a connection that takes many at once
    void answered(boolean multiplexed) {
        most = multiplexed ? MOST_STREAMS : MOST_CONNECTIONS;
        size = Math.min(size + 1, most);
        sinceHalved++;
    }

    /// A request failed because there were too many, or might have: what fails within one round
    /// counts once.
    void failed() {
        if (sinceHalved < size) return;
        size = Math.max(1, size / 2);
        sinceHalved = 0;
    }
}
