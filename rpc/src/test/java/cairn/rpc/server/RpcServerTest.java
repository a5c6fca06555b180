package cairn.rpc.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.node.json.Json;
import cairn.rpc.client.Answer;
import cairn.rpc.client.ApiClient;
import cairn.rpc.client.ApiException;
import cairn.rpc.client.Parameters;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a client sees of the server, whichever endpoint it calls.
final class RpcServerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Json LINE = new Json.Str("line");

    private final CountDownLatch working = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final CountDownLatch read = new CountDownLatch(1);
    private final AtomicLong written = new AtomicLong();
    private RpcServer server;

    @BeforeEach
    void open() throws IOException {
        Map<String, Endpoint> endpoints =
                Map.of(
                        "echo",
                        (request, reply) -> reply.value(echo(request)),
                        "fail",
                        (request, reply) -> fail("it failed:\n  * because"),
                        "break",
                        this::breakOff,
                        "wait",
                        (request, reply) -> block(),
                        "wait-with-body",
                        new Waiting(),
                        "slow",
                        this::answerSlowly,
                        "endless",
                        this::answerForever);
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

    private static InetAddress loopback() {
        return InetAddress.ofLiteral("127.0.0.1");
    }

    private static Json echo(Request request) throws RequestException {
        return new Json.Str(request.arguments("word").toString());
    }

    private static void fail(String message) throws IOException {
        throw new IOException(message);
    }

    private void breakOff(Request request, Reply reply) throws IOException {
        reply.line(LINE);
        fail("broken in the middle");
    }

    private void block() throws InterruptedIOException {
        working.countDown();
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            stopped.countDown();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    /// Waits too, and would read a body if it were given the time.
    private final class Waiting implements Endpoint {
        @Override
        public BodyUse bodyUse(Request request) {
            return BodyUse.READ;
        }

        @Override
        public void answer(Request request, Reply reply) throws IOException {
            block();
        }
    }

    private void answerSlowly(Request request, Reply reply) throws IOException {
        reply.line(LINE);
        try {
            if (read.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) reply.line(LINE);
        } catch (InterruptedException e) {
            throw new InterruptedIOException("interrupted");
        }
    }

    private void answerForever(Request request, Reply reply) throws IOException {
        Json line = new Json.Str("x".repeat(1 << 16));
        try {
            while (true) {
                reply.line(line);
                written.incrementAndGet();
            }
        } finally {
            stopped.countDown();
        }
    }

    private Answer call(String path, Parameters parameters) throws IOException {
        return new ApiClient(server.address()).call(path, parameters);
    }

    /// Sends a request as it is, and reads all that comes back.
    private String exchange(String request) throws IOException {
        try (Socket socket =
                new Socket(
                        InetAddress.getLoopbackAddress(),
                        ((InetSocketAddress) server.address()).getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String request(String method, String path, String... headers) {
        return method
                + " "
                + path
                + " HTTP/1.1\r\nConnection: close\r\n"
                + (headers.length > 0 ? String.join("\r\n", headers) : "Host: localhost:1")
                + "\r\n\r\n";
    }

    @Test
    void arguments_come_in_order_and_unknown_options_are_passed_over() throws IOException {
        Parameters parameters =
                new Parameters().option("nobody-knows", "1").arguments(List.of("a b", "ü", "&"));
        try (Answer answer = call("echo", parameters)) {
            assertThat(answer.next()).contains(new Json.Str("[a b, ü, &]"));
            assertThat(answer.next()).isEmpty();
        }
    }

    @Test
    void what_is_not_posted_is_refused() throws IOException {
        assertThat(exchange(request("GET", "/api/v0/echo")))
                .startsWith("HTTP/1.1 405 ")
                .contains("Allow: OPTIONS, POST");
        assertThat(exchange(request("OPTIONS", "/api/v0/echo"))).startsWith("HTTP/1.1 204 ");
        assertThat(exchange(request("POST", "/api/v0/nothing"))).startsWith("HTTP/1.1 404 ");
        assertThat(exchange(request("POST", "/echo"))).startsWith("HTTP/1.1 404 ");
    }

    @Test
    void a_web_page_of_another_origin_is_refused() throws IOException {
        String own = "Host: 127.0.0.1:5001";
        assertThat(post(own, "Origin: http://example.com")).startsWith("HTTP/1.1 403 ");
        assertThat(post(own, "Origin: null")).startsWith("HTTP/1.1 403 ");
        assertThat(post(own, "Origin: http://127.0.0.1:8080")).startsWith("HTTP/1.1 403 ");
        assertThat(post(own, "Referer: http://example.com/page")).startsWith("HTTP/1.1 403 ");
        assertThat(post("Host: rebound.example:5001")).startsWith("HTTP/1.1 403 ");
        assertThat(post(own, "Origin: http://localhost:5001")).startsWith("HTTP/1.1 200 ");
        assertThat(post(own, "Referer: http://localhost:5001/webui")).startsWith("HTTP/1.1 200 ");
        assertThat(post("Host: [::1]:5001")).startsWith("HTTP/1.1 200 ");
    }

    private String post(String... headers) throws IOException {
        return exchange(request("POST", "/api/v0/echo?arg=1", headers));
    }

    @Test
    void a_request_that_makes_no_sense_says_what_is_missing() {
        assertThatThrownBy(() -> call("echo", new Parameters()))
                .isInstanceOf(ApiException.class)
                .hasMessage("argument \"word\" is required");
    }

    @Test
    void a_failure_before_the_answer_has_a_status_and_kubos_shape() throws IOException {
        assertThat(exchange(request("POST", "/api/v0/fail")))
                .startsWith("HTTP/1.1 500 ")
                .contains("Content-Type: application/json")
                .endsWith(
                        "{\"Message\":\"it failed:\\n  * because\",\"Code\":0,\"Type\":\"error\"}\n");
    }

    @Test
    void a_failure_in_the_middle_cuts_the_body_behind_a_trailer() throws IOException {
        String all = exchange(request("POST", "/api/v0/break"));
        assertThat(all).startsWith("HTTP/1.1 200 ").contains("Transfer-Encoding: chunked");
        // Whole, it would end in an empty line.
        assertThat(all).endsWith("0\r\nX-Stream-Error: broken in the middle\r\n");
        try (Answer answer = call("break", new Parameters())) {
            assertThat(answer.next()).contains(LINE);
            assertThatThrownBy(answer::next)
                    .isInstanceOf(ApiException.class)
                    .hasMessage("broken in the middle");
        }
    }

    @Test
    void lines_come_one_at_a_time() throws IOException {
        try (Answer answer = call("slow", new Parameters())) {
            assertThat(answer.next()).contains(LINE);
            read.countDown();
            assertThat(answer.next()).contains(LINE);
            assertThat(answer.next()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"wait", "wait-with-body"})
    void a_client_that_goes_away_ends_work_that_has_written_nothing(String path) throws Exception {
        try (Socket socket =
                new Socket(
                        InetAddress.getLoopbackAddress(),
                        ((InetSocketAddress) server.address()).getPort())) {
            // As curl does, it tells no length of the body that it doesn't send.
            String request = "POST /api/v0/" + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            assertThat(working.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(stopped.getCount()).isEqualTo(1);
        }
        assertThat(stopped.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void a_client_that_does_not_read_holds_the_endpoint_up() throws Exception {
        try (Answer answer = call("endless", new Parameters())) {
            assertThat(answer.next()).isPresent();
            AtomicLong before = new AtomicLong(-1);
            Awaitility.await()
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> written.get() == before.getAndSet(written.get()));
            // 64 KiB each: what the sockets and buffers between hold, not what could be made.
            assertThat(written.get()).isLessThan(1000);
        }
        assertThat(stopped.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void a_request_ends_at_its_time_limit() throws InterruptedException {
        assertThatThrownBy(() -> call("wait", new Parameters().option("timeout", "50ms")))
                .isInstanceOf(ApiException.class)
                .hasMessage("timed out after 50ms");
        assertThat(stopped.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThatThrownBy(() -> call("wait", new Parameters().option("timeout", "soon")))
                .hasMessageContaining("takes a time such as 30s");
    }

    @Test
    void a_head_and_a_body_without_end_are_refused() throws IOException {
        String long1 = "arg=" + "x".repeat(400_000);
        assertThat(exchangeIgnoringReset(request("POST", "/api/v0/echo?" + long1))).contains(" 4");
        String body =
                "POST /api/v0/echo?arg=1 HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2000000\r\n\r\n"
                        + "x".repeat(2_000_000);
        assertThat(exchangeIgnoringReset(body)).startsWith("HTTP/1.1 400 ");
    }

    private String exchangeIgnoringReset(String request) throws IOException {
        try (Socket socket =
                new Socket(
                        InetAddress.getLoopbackAddress(),
                        ((InetSocketAddress) server.address()).getPort())) {
            Thread.ofVirtual()
                    .start(
                            () -> {
                                try {
                                    socket.getOutputStream()
                                            .write(request.getBytes(StandardCharsets.UTF_8));
                                } catch (IOException e) {
                                    stopped.countDown(); // it has read enough
                                }
                            });
            return new String(socket.getInputStream().readNBytes(64), StandardCharsets.UTF_8);
        }
    }

    @Test
    void a_connection_too_many_waits_until_another_ends() throws IOException {
        List<Socket> idle = new ArrayList<>();
        try {
            for (int i = 0; i < RpcServer.MAX_CONNECTIONS; i++) idle.add(connected());
            try (Socket one = connected()) {
                byte[] request =
                        request("POST", "/api/v0/echo?arg=1").getBytes(StandardCharsets.UTF_8);
                one.getOutputStream().write(request);
                one.setSoTimeout(500);
                assertThatThrownBy(() -> one.getInputStream().read())
                        .isInstanceOf(SocketTimeoutException.class);
                idle.removeLast().close();
                one.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
                byte[] answer = one.getInputStream().readAllBytes();
                assertThat(new String(answer, StandardCharsets.UTF_8)).startsWith("HTTP/1.1 200 ");
            }
        } finally {
            for (Socket socket : idle) socket.close();
        }
    }

    private Socket connected() throws IOException {
        return new Socket(
                InetAddress.getLoopbackAddress(), ((InetSocketAddress) server.address()).getPort());
    }

    @Test
    void a_taken_port_moves_on_to_the_next() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, loopback());
                RpcServer moved =
                        RpcServer.open(
                                new InetSocketAddress(loopback(), taken.getLocalPort()),
                                ServerOptions.local("test"),
                                Map::of)) {
            assertThat(((InetSocketAddress) moved.address()).getPort())
                    .isBetween(taken.getLocalPort() + 1, taken.getLocalPort() + 20);
        }
    }
}
