package cairn.rpc.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.node.json.Json;
import cairn.rpc.client.ApiClient;
import cairn.rpc.client.ApiException;
import cairn.rpc.client.Parameters;
import java.net.InetSocketAddress;
import java.net.InetAddress;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// How requests are answered that can't be, in Kubo's words and shapes.
final class RefusedRequestsTest {
    private RpcServer server;

    @BeforeEach
    void open() throws IOException {
        Map<String, Endpoint> endpoints =
                Map.of(
                        "count",
                        Endpoint.withShortName(
                                "n",
                                "count",
                                (request, reply) ->
                                        reply.value(
                                                Json.Num.of(request.number("count").orElse(7L)))),
                        "need",
                        (request, reply) -> reply.value(text(request.arguments("word").getFirst())),
                        "bug",
                        (request, reply) -> {
                            throw new IllegalStateException("never so");
                        },
                        "late-bug",
                        (request, reply) -> {
                            reply.line(text("a line"));
                            throw new IllegalStateException("never so");
                        });
        server =
                RpcServer.open(
                        new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0),
                        ServerOptions.local("test"),
                        () -> endpoints);
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    private static Json text(String value) {
        return new Json.Str(value);
    }

    private String post(String path) throws IOException {
        return exchange(
                "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    }

    private String exchange(String request) throws IOException {
        try (Socket socket =
                new Socket(
                        InetAddress.getLoopbackAddress(),
                        ((InetSocketAddress) server.address()).getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            if (request.contains("chunked")) socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void options_may_have_their_short_names() throws IOException {
        assertThat(post("/api/v0/count?n=3")).endsWith("\r\n\r\n3\n");
        assertThat(post("/api/v0/count?count=4")).endsWith("\r\n\r\n4\n");
        assertThat(post("/api/v0/count?count=4&n=3")).endsWith("\r\n\r\n4\n");
        assertThat(post("/api/v0/count")).endsWith("\r\n\r\n7\n");
    }

    @Test
    void what_is_missing_or_no_number_is_a_line_of_text() throws IOException {
        assertThat(post("/api/v0/need"))
                .startsWith("HTTP/1.1 400 ")
                .contains("Content-Type: text/plain")
                .endsWith("\r\n\r\nargument \"word\" is required\n");
        assertThat(post("/api/v0/count?n=x"))
                .startsWith("HTTP/1.1 400 ")
                .contains("Content-Type: text/plain");
    }

    @Test
    void messages_tell_no_more_of_a_long_value_than_its_beginning() throws IOException {
        assertThat(post("/api/v0/count?n=" + "a".repeat(60_000)))
                .startsWith("HTTP/1.1 400 ")
                .contains("aaa...")
                .hasSizeLessThan(1000);
    }

    @Test
    void a_bug_is_told_in_the_shape_of_a_failure() throws IOException {
        assertThat(post("/api/v0/bug"))
                .startsWith("HTTP/1.1 500 ")
                .endsWith(
                        "{\"Message\":\"an error in Cairn itself: java.lang.IllegalStateException:"
                                + " never so\",\"Code\":0,\"Type\":\"error\"}\n");
        assertThat(post("/api/v0/late-bug")).contains("X-Stream-Error: an error in Cairn itself");
        assertThatThrownBy(() -> new ApiClient(server.address()).call("bug", new Parameters()))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining("never so");
    }

    @Test
    void paths_out_of_the_root_have_a_plain_answer() throws IOException {
        assertThat(post("/api/v0/../../../etc/passwd"))
                .startsWith("HTTP/1.1 400 ")
                .contains("Content-Type: text/plain")
                .endsWith("\r\n\r\n400 - Bad Request\n");
        assertThat(post("/api/v0/%2e%2e/x")).matches("(?s)HTTP/1.1 40[04] .*").doesNotContain("<");
        assertThat(exchange("nonsense\r\n\r\n")).doesNotContain("<");
    }

    @Test
    void a_body_that_is_broken_off_ends_its_request_and_nothing_else() throws IOException {
        assertThat(
                        exchange(
                                "POST /api/v0/count HTTP/1.1\r\nHost: localhost\r\n"
                                        + "Transfer-Encoding: chunked\r\n\r\n100\r\nabc"))
                .doesNotContain("<", "{");
        assertThat(post("/api/v0/count")).endsWith("7\n");
    }
}
