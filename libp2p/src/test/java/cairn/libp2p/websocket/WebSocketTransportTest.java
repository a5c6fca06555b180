package cairn.libp2p.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.libp2p.transport.ChannelUpgrade;
import cairn.libp2p.transport.Guests;
import cairn.libp2p.transport.Listener;
import cairn.libp2p.transport.RawLinks;
import cairn.libp2p.transport.Transport;
import cairn.libp2p.transport.TransportContract;
import cairn.libp2p.wire.Duplex;
import cairn.libp2p.wire.Messages;
import cairn.multiformats.multiaddr.Multiaddr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

class WebSocketTransportTest extends TransportContract {
    @Override
    protected Transport open(ChannelUpgrade upgrade) throws IOException {
        return new WebSocketTransport(
                upgrade,
                WebSocketTls.ofSystem(
                        (raw, engine) -> {
                            throw new IOException("no TLS in this test");
                        }));
    }

    @Override
    protected Multiaddr at(String ip, int port) throws IOException {
        return Multiaddr.parse(ip + "/tcp/" + port + "/ws");
    }

    @Test
    void it_handles_websocket_plain_and_secure() throws Exception {
        for (String tail : List.of("/ws", "/wss", "/tls/ws", "/tls/sni/a.example/ws"))
            assertThat(transport.handles(Multiaddr.parse("/ip4/1.2.3.4/tcp/1" + tail)))
                    .as(tail)
                    .isTrue();
        for (String tail : List.of("", "/tls", "/ws/p2p-circuit", "/sni/a.example/ws"))
            assertThat(transport.handles(Multiaddr.parse("/ip4/1.2.3.4/tcp/1" + tail)))
                    .as(tail)
                    .isFalse();
    }

    @Test
    void nobody_listens_securely_without_a_certificate() {
        assertThatThrownBy(
                        () ->
                                transport.listen(
                                        Multiaddr.parse("/ip4/127.0.0.1/tcp/0/tls/ws"),
                                        Guests.welcome()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no certificate");
    }

    @ParameterizedTest
    @CsvSource({
        "'GET / HTTP/1.1\nHost: a', 426",
        "'GET / HTTP/1.1\nHost: a\nUpgrade: websocket\nConnection: upgrade\n"
                + "Sec-WebSocket-Version: 8\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==', 426",
        "'GET / HTTP/1.1\nHost: a\nUpgrade: websocket\nConnection: upgrade\n"
                + "Sec-WebSocket-Version: 13\nSec-WebSocket-Key: short', 400",
        "'POST / HTTP/1.1\nHost: a', 400",
        "'GET / HTTP/1.0\nHost: a', 400",
        "'GET / HTTP/1.1', 400",
        "'nonsense', 400",
        "'GET / HTTP/1.1\n: nameless', 400",
    })
    void other_requests_are_answered_and_closed(String lines, int status) throws Exception {
        try (Listener listener = transport.listen(at("/ip4/127.0.0.1", 0), Guests.welcome())) {
            String request = lines.replace("\n", "\r\n") + "\r\n\r\n";
            assertThat(answerTo(listener, request)).startsWith("HTTP/1.1 " + status + " ");
        }
    }

    @Test
    void an_endless_head_is_refused_at_its_limit() throws Exception {
        try (Listener listener = transport.listen(at("/ip4/127.0.0.1", 0), Guests.welcome())) {
            String start = "GET / HTTP/1.1\r\nX: ";
            String request = start + "a".repeat(HttpHead.MAX_BYTES - start.length());
            assertThat(answerTo(listener, request)).startsWith("HTTP/1.1 400 ");
        }
    }

    private static String answerTo(Listener listener, String request) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), port(listener.address()))) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    /// The JDK's own client, as one that was written by others.
    @Test
    void the_jdks_client_speaks_with_it() throws Exception {
        Guests guests = Guests.welcome();
        CompletableFuture<ByteBuffer> got = new CompletableFuture<>();
        CompletableFuture<String> pong = new CompletableFuture<>();
        WebSocket.Listener receiver =
                new WebSocket.Listener() {
                    private final ByteBuffer all = ByteBuffer.allocate(100_000);

                    @Override
                    public CompletionStage<?> onBinary(
                            WebSocket socket, ByteBuffer data, boolean last) {
                        all.put(data);
                        if (last) got.complete(all.flip());
                        socket.request(1);
                        return null;
                    }

                    @Override
                    public CompletionStage<?> onPong(WebSocket socket, ByteBuffer data) {
                        pong.complete(StandardCharsets.US_ASCII.decode(data).toString());
                        socket.request(1);
                        return null;
                    }
                };
        try (HttpClient client = HttpClient.newHttpClient();
                Listener listener = transport.listen(at("/ip4/127.0.0.1", 0), guests)) {
            URI uri = URI.create("ws://127.0.0.1:" + port(listener.address()) + "/any/path");
            WebSocket socket =
                    client.newWebSocketBuilder()
                            .buildAsync(uri, receiver)
                            .get(10, TimeUnit.SECONDS);
            Duplex there = RawLinks.channel(guests.next());
            socket.sendPing(ByteBuffer.wrap("are you there".getBytes(StandardCharsets.US_ASCII)))
                    .get();
            socket.sendBinary(ByteBuffer.wrap(new byte[] {1, 2, 3}), false).get();
            socket.sendBinary(ByteBuffer.wrap(new byte[70_000]), true).get();
            byte[] first = new byte[70_003];
            Messages.readFully(there, first, 0, first.length);
            assertThat(first).startsWith(1, 2, 3, 0);
            assertThat(pong.get(10, TimeUnit.SECONDS)).isEqualTo("are you there");
            byte[] answer = new byte[90_000];
            answer[89_999] = 7;
            there.write(answer, 0, answer.length);
            assertThat(got.get(10, TimeUnit.SECONDS)).isEqualTo(ByteBuffer.wrap(answer));
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get();
            assertThat(there.read(first, 0, 1)).isEqualTo(-1);
            there.close();
        }
    }
}
