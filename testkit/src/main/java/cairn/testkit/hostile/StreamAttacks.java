package cairn.testkit.hostile;

import cairn.libp2p.multistream.Multistream;
import cairn.libp2p.muxer.MuxedConnection;
import cairn.libp2p.muxer.MuxedStream;
import cairn.multiformats.multiaddr.Multiaddr;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// Attacks by what is said on streams, over a muxer that is in order: on any transport. Who makes a
/// protocol tries these on it.
public final class StreamAttacks {
    private static final int CHUNK = 64 << 10;

    private StreamAttacks() {}

    /// Connects and takes the host's own streams, but answers on none.
    public static Attack neverAnswers(Multiaddr at) {
        return attacker -> attacker.connection(at);
    }

    /// Opens so many streams and agrees on no protocol.
    public static Attack undecidedStreams(Multiaddr at, int count) {
        return attacker -> {
            MuxedConnection connection = attacker.connection(at);
            for (int i = 0; i < count; i++) connection.open().write(new byte[] {19}, 0, 1);
        };
    }

    /// Says something else than multistream-select where it belongs.
    ///
    /// @param word what it says, its length before it
    public static Attack badName(Multiaddr at, String word) {
        return attacker -> {
            MuxedStream stream = attacker.connection(at).open();
            say(stream, word.getBytes(StandardCharsets.ISO_8859_1));
            awaitEnd(stream);
        };
    }

    /// Opens so many streams of a protocol, and says nothing on any.
    public static Attack idleStreams(Multiaddr at, String protocol, int count) {
        return attacker -> {
            MuxedConnection connection = attacker.connection(at);
            for (int i = 0; i < count; i++) open(connection, protocol);
        };
    }

    /// Announces a message of half an exabyte.
    public static Attack giantMessage(Multiaddr at, String protocol) {
        return attacker -> {
            MuxedStream stream = open(attacker.connection(at), protocol);
            byte[] length = new byte[9];
            Arrays.fill(length, 0, 8, (byte) 0xff);
            length[8] = 7;
            say(stream, length);
            awaitEnd(stream);
        };
    }

    /// Writes to a stream and doesn't stop, until so much was taken or the host has had enough.
    public static Attack endlessStream(Multiaddr at, String protocol, long bytes) {
        return attacker -> {
            MuxedStream stream = open(attacker.connection(at), protocol);
            attacker.meanwhile(reader -> awaitEnd(stream));
            byte[] chunk = new byte[CHUNK];
            for (long sent = 0; sent < bytes; sent += CHUNK) stream.write(chunk, 0, CHUNK);
        };
    }

    /// Writes to a stream that sends it back, and reads nothing of that, until so much was taken.
    public static Attack neverReads(Multiaddr at, String protocol, long bytes) {
        return attacker -> {
            MuxedStream stream = open(attacker.connection(at), protocol);
            attacker.meanwhile(
                    writer -> {
                        byte[] chunk = new byte[CHUNK];
                        for (long sent = 0; sent < bytes; sent += CHUNK)
                            stream.write(chunk, 0, CHUNK);
                    });
        };
    }

    private static MuxedStream open(MuxedConnection connection, String protocol)
            throws IOException {
        MuxedStream stream = connection.open();
        Multistream.select(stream, List.of(protocol));
        return stream;
    }

    private static void say(MuxedStream stream, byte[] bytes) throws IOException {
        stream.write(bytes, 0, bytes.length);
    }

    private static void awaitEnd(MuxedStream stream) throws IOException {
        byte[] dropped = new byte[CHUNK];
        for (int n = 0; n >= 0; n = stream.read(dropped, 0, dropped.length)) {}
    }
}
