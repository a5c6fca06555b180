package cairn.rpc.client;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the client says of servers that are something else.
final class OtherServersTest {
    /// What a server does with its only client.
    @FunctionalInterface
    private interface Serving {
        void serve(Socket client) throws IOException;
    }

    private static void call(Serving serving) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            Thread.ofVirtual().start(() -> serveOne(server, serving));
            InetSocketAddress address =
                    new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
            new ApiClient(address).call("swarm/peers", new Parameters()).close();
        }
    }

    private static void serveOne(ServerSocket server, Serving serving) {
        try (Socket client = server.accept()) {
            serving.serve(client);
        } catch (IOException e) {
            Thread.currentThread().interrupt(); // the client has gone
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 404 Not Found\r\nContent-Length: 19\r\n\r\n404 page not found\n",
                "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",
                "SSH-2.0-OpenSSH_9.9\r\n",
            })
    void an_answer_that_is_no_apis_is_told_with_the_address(String answer) {
        assertThatThrownBy(
                        () ->
                                call(
                                        client -> {
                                            client.getOutputStream()
                                                    .write(
                                                            answer.getBytes(
                                                                    StandardCharsets.US_ASCII));
                                            client.shutdownOutput();
                                            client.getInputStream().readAllBytes();
                                        }))
                .isInstanceOf(NotTheApiException.class)
                .hasMessageMatching("what answers at 127.0.0.1:\\d+ isn't Cairn's API: .+");
    }

    @Test
    void a_connection_that_is_reset_is_told_with_the_address() {
        assertThatThrownBy(
                        () -> call(client -> client.setOption(StandardSocketOptions.SO_LINGER, 0)))
                .isInstanceOf(NotTheApiException.class)
                .hasMessageContaining("isn't Cairn's API: ");
    }
}
