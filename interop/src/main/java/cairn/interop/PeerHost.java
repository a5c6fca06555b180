package cairn.interop;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A peer host is a libp2p host that is told what to do, whoever wrote it. It serves `/echo/1.0.0`,
/// `/perf/1.0.0` and the three `/cairn/interop` protocols that README.md defines.
///
/// Peers are named by the text of their ids, and must be connected unless a method says otherwise.
/// What fails at the host is a [PeerException].
public interface PeerHost extends AutoCloseable {
    String peerId();

    /// Where it listens, each with its peer at the end.
    List<String> addresses();

    /// Dials that one address, and no other that may be known of the peer.
    Dialled dial(String address) throws IOException;

    /// Ends all connections with a peer.
    void hangUp(String peer) throws IOException;

    /// The peers it is connected with.
    List<String> peers() throws IOException;

    /// What a peer said of itself, as soon as it has; where a protocol is given, as soon as the
    /// peer says that it speaks it, which it may say later.
    Identified identify(String peer, Optional<String> protocol) throws IOException;

    /// Speaks one protocol more from now on, and tells its peers.
    void speak(String protocol) throws IOException;

    /// Round trips of the ping protocol, in milliseconds.
    List<Double> ping(String peer, int count) throws IOException;

    /// Has bytes sent back, checks each, and sees the end after them.
    Duration echo(String peer, long bytes) throws IOException;

    /// Sends and then gets so many bytes.
    Perf perf(String peer, long up, long down) throws IOException;

    /// Sends so many bytes after the other end has finished its own writing.
    void greet(String peer, long bytes) throws IOException;

    /// Has the other end reset a stream, and checks that reading says so.
    void beReset(String peer) throws IOException;

    /// Resets a stream in the middle of an echo.
    void reset(String peer) throws IOException;

    /// Has the other process end in the middle of a stream, and checks that reading fails.
    ///
    /// @return the time until it was noticed
    Duration kill(String peer) throws IOException;

    /// Has bytes sent back on many streams, so many of them open at once.
    Duration streams(String peer, int count, int atOnce, long bytes) throws IOException;

    /// Opens streams and leaves them open, after a byte went both ways on each.
    void hold(String peer, int count) throws IOException;

    /// Connects and hangs up again, from so many hosts at once; needn't be connected.
    Duration handshakes(String address, int count, int atOnce) throws IOException;

    /// Connects from so many new hosts, each of which identifies the peer and then stays; needn't
    /// be connected.
    Duration connections(String address, int count) throws IOException;

    @Override
    void close() throws IOException;

    /// A connection that was dialled.
    ///
    /// @param security such as `/noise`; whatever the host calls it for QUIC
    /// @param muxer such as `/yamux/1.0.0`; whatever the host calls it for QUIC
    record Dialled(String peer, String security, String muxer, Duration took) {}

    /// What a peer said of itself.
    ///
    /// @param addresses where it listens
    /// @param observed where the peer sees this host
    /// @param record the addresses of its signed record, whose signature holds
    record Identified(
            String agent,
            List<String> protocols,
            List<String> addresses,
            Optional<String> observed,
            List<String> record) {}

    /// The time from the first byte sent to the first that came, and from that to the end.
    record Perf(Duration up, Duration down) {}
}
