package cairn.libp2p.websocket;

import cairn.libp2p.wire.Duplex;
import cairn.libp2p.wire.Role;
import cairn.multiformats.MalformedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/// The HTTP request and response by which a connection becomes a WebSocket (RFC 6455, 4). The
/// caller bounds its time.
final class HttpUpgrade {
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private static final int KEY_BYTES = 16;

    private HttpUpgrade() {}

    /// Asks for a WebSocket at `/`.
    ///
    /// @param host what was dialled, as the `Host` field has it
    /// @throws WebSocketProtocolException when the other end answers anything else
    static Duplex ask(Duplex raw, String host) throws IOException {
        byte[] random = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(random);
        String key = Base64.getEncoder().encodeToString(random);
        send(
                raw,
                "GET / HTTP/1.1\r\nHost: "
                        + host
                        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: "
                        + key
                        + "\r\nSec-WebSocket-Version: 13\r\n\r\n");
        HttpHead head = HttpHead.read(raw);
        String status = head.startLine();
        if (!status.startsWith("HTTP/1.1 101 ") && !status.equals("HTTP/1.1 101"))
            throw new WebSocketProtocolException(1002, "no WebSocket there: " + brief(status));
        if (!head.lists("upgrade", "websocket")
                || !head.lists("connection", "upgrade")
                || !head.single("sec-websocket-accept").equals(Optional.of(accept(key))))
            throw new WebSocketProtocolException(1002, "the answer is none to our request");
        if (head.has("sec-websocket-extensions") || head.has("sec-websocket-protocol"))
            throw new WebSocketProtocolException(1010, "an extension that nobody asked for");
        return new WebSocketDuplex(raw, Role.INITIATOR, head.rest());
    }

    /// Answers such a request, at any path. What is no such request gets `426`, what is no request
    /// at all `400`.
    ///
    /// @throws IOException when no WebSocket came of it
    static Duplex answer(Duplex raw) throws IOException {
        HttpHead head;
        try {
            head = HttpHead.read(raw);
        } catch (MalformedException e) {
            throw refuse(raw, "400 Bad Request", e.getMessage());
        }
        String[] words = head.startLine().split(" ", -1);
        if (words.length != 3
                || !words[0].equals("GET")
                || !words[1].startsWith("/")
                || !words[2].equals("HTTP/1.1")
                || !head.has("host")) throw refuse(raw, "400 Bad Request", "no GET request");
        if (!head.lists("upgrade", "websocket")
                || !head.lists("connection", "upgrade")
                || !head.single("sec-websocket-version").equals(Optional.of("13")))
            throw refuse(raw, "426 Upgrade Required", "a request for something else");
        Optional<String> key = head.single("sec-websocket-key");
        if (key.isEmpty() || !isKey(key.get()))
            throw refuse(raw, "400 Bad Request", "no Sec-WebSocket-Key");
        send(
                raw,
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Accept: "
                        + accept(key.get())
                        + "\r\n\r\n");
        return new WebSocketDuplex(raw, Role.RESPONDER, head.rest());
    }

    private static boolean isKey(String key) {
        try {
            return Base64.getDecoder().decode(key).length == KEY_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static WebSocketProtocolException refuse(Duplex raw, String status, String why)
            throws IOException {
        send(
                raw,
                "HTTP/1.1 "
                        + status
                        + "\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                        + "Connection: close\r\nContent-Length: 0\r\n\r\n");
        return new WebSocketProtocolException(1002, why);
    }

    /// What proves that a key was understood (RFC 6455, 4.2.2).
    static String accept(String key) {
        try {
            byte[] text = (key + GUID).getBytes(StandardCharsets.US_ASCII);
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-1").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }

    private static void send(Duplex raw, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        raw.write(bytes, 0, bytes.length);
    }

    /// So much of a stranger's text as belongs into a message.
    private static String brief(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "...";
    }
}
