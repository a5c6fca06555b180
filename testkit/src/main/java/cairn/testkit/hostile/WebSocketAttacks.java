package cairn.testkit.hostile;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// Attacks on the WebSocket below everything else: requests that aren't, and frames that no client
/// sends. Source: RFC 6455.
public final class WebSocketAttacks {
    private static final String REQUEST =
            """
            GET / HTTP/1.1\r
            Host: a\r
            Upgrade: websocket\r
            Connection: Upgrade\r
            Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r
            Sec-WebSocket-Version: 13\r
            \r
            """;

    /// The first byte of a whole binary message, of a continuation that isn't the last, of a ping.
    private static final int BINARY = 0x82;

    private static final int BEGINNING = 0x02;
    private static final int CONTINUATION = 0x00;
    private static final int PING = 0x89;

    private static final int MASKED = 0x80;
    private static final int LENGTH_IN_EIGHT_BYTES = 127;
    private static final int LENGTH_IN_TWO_BYTES = 126;

    private WebSocketAttacks() {}

    /// Connects and sends no request.
    public static Attack noRequest() {
        return attacker -> attacker.wire(attacker.target().webSocket());
    }

    /// Sends a request whose fields never end.
    public static Attack endlessRequest() {
        return attacker -> {
            Wire wire = attacker.wire(attacker.target().webSocket());
            wire.say("GET / HTTP/1.1\r\n");
            String field = "X-More: " + "x".repeat(1000) + "\r\n";
            for (int i = 0; i < 10_000; i++) wire.say(field);
            wire.awaitEnd();
        };
    }

    /// Announces a message of nine exabytes, and sends a byte of it.
    public static Attack giantMessage() {
        return frames(
                ByteBuffer.allocate(15)
                        .put((byte) BINARY)
                        .put((byte) (MASKED | LENGTH_IN_EIGHT_BYTES))
                        .putLong(Long.MAX_VALUE)
                        .putInt(0)
                        .put((byte) 19)
                        .array());
    }

    /// Announces a ping that is longer than pings may be.
    public static Attack giantPing() {
        return frames(
                ByteBuffer.allocate(8)
                        .put((byte) PING)
                        .put((byte) (MASKED | LENGTH_IN_TWO_BYTES))
                        .putShort((short) 1000)
                        .putInt(0)
                        .array());
    }

    /// Sends a frame without a mask, which only servers may.
    public static Attack unmasked() {
        return frames(new byte[] {(byte) BINARY, 1, 19});
    }

    /// Begins a message, and continues it with frames of no bytes.
    public static Attack emptyFrames(int count) {
        var frames = new ByteArrayOutputStream();
        frames.writeBytes(frame(BEGINNING));
        for (int i = 0; i < count; i++) frames.writeBytes(frame(CONTINUATION));
        return attacker -> upgraded(attacker).say(frames.toByteArray());
    }

    /// Pings without end, and reads no answer.
    public static Attack pingFlood(int count) {
        byte[] payload = new byte[125];
        var frames = new ByteArrayOutputStream();
        for (int i = 0; i < 100; i++) frames.writeBytes(frame(PING, payload));
        return attacker -> {
            Wire wire = upgraded(attacker);
            attacker.meanwhile(
                    flood -> {
                        for (int i = 0; i < count; i += 100) wire.say(frames.toByteArray());
                    });
        };
    }

    private static Attack frames(byte[] frames) {
        return attacker -> {
            Wire wire = upgraded(attacker);
            wire.say(frames);
        };
    }

    /// A frame of a client whose mask changes nothing, of at most 125 bytes.
    private static byte[] frame(int first, byte... payload) {
        return ByteBuffer.allocate(6 + payload.length)
                .put((byte) first)
                .put((byte) (MASKED | payload.length))
                .putInt(0)
                .put(payload)
                .array();
    }

    private static Wire upgraded(Attacker attacker) throws IOException {
        Wire wire = attacker.wire(attacker.target().webSocket());
        wire.say(REQUEST);
        byte[] last = new byte[4];
        while (!Arrays.equals(last, new byte[] {'\r', '\n', '\r', '\n'})) {
            System.arraycopy(last, 1, last, 0, 3);
            if (wire.read(last, 3, 1) < 0) throw new IOException("no WebSocket");
        }
        return wire;
    }
}
