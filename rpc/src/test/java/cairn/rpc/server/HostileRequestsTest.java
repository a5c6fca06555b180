package cairn.rpc.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cairn.node.json.Json;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What clients may do that mean harm: the server goes on answering, and keeps nothing of them.
@Timeout(60)
final class HostileRequestsTest {
    private static final ServerOptions.Patience SHORT =
            new ServerOptions.Patience(Duration.ofSeconds(1), Duration.ofSeconds(2));

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String HEAD = "POST /api/v0/%s HTTP/1.1\r\nHost: localhost\r\n";
    private static final String HELLO = "POST /api/v0/hello HTTP/1.1\r\nHost: localhost\r\n";
    private static final String CHUNKED = "Transfer-Encoding: chunked\r\n\r\n";

    private final CountDownLatch working = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final RequestLog log = new RequestLog(InstantSource.system());
    private RpcServer server;

    @BeforeEach
    void open() throws IOException {
        open(ServerOptions.Patience.DEFAULT);
    }

    /// The server has little patience with what is slow.
    private void reopenImpatient() throws IOException {
        server.close();
        open(SHORT);
    }

    private void open(ServerOptions.Patience patience) throws IOException {
        Map<String, Endpoint> endpoints =
                Map.of(
                        "hello",
                        (request, reply) -> reply.value(new Json.Str("hello")),
                        "stream",
                        (request, reply) -> stream(reply),
                        "read",
                        new Reading(),
                        "wait",
                        new Waiting());
        server =
                RpcServer.open(
                        new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0),
                        new ServerOptions("test", Callers.LOCAL, log, patience),
                        () -> endpoints);
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    private static void stream(Reply reply) throws IOException {
        Json line = new Json.Str("x".repeat(1 << 10));
        for (int i = 0; i < 10_000; i++) reply.line(line);
    }

    /// Reads its body to the end.
    private final class Reading implements Endpoint {
        @Override
        public BodyUse bodyUse(Request request) {
            return BodyUse.READ;
        }

        @Override
        public void answer(Request request, Reply reply) throws IOException {
            try {
                working.countDown();
                reply.value(Json.Num.of(request.body().in().readAllBytes().length));
            } finally {
                stopped.countDown();
            }
        }
    }

    /// Takes a line of its body, and is busy with it until it is stopped.
    private final class Waiting implements Endpoint {
        @Override
        public BodyUse bodyUse(Request request) {
            return BodyUse.AHEAD;
        }

        @Override
        public void answer(Request request, Reply reply) throws IOException {
            try {
                assertThat(request.body().in().read()).isPositive();
                working.countDown();
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                stopped.countDown();
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted");
            }
        }
    }

    private Socket connected() throws IOException {
        Socket socket =
                new Socket(
                        InetAddress.getLoopbackAddress(),
                        ((InetSocketAddress) server.address()).getPort());
        socket.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
        return socket;
    }

    private String exchange(String request) throws IOException {
        try (Socket socket = connected()) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            return all(socket);
        }
    }

    private static String all(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private void assertAnswers() throws IOException {
        try (Socket socket = connected()) {
            write(socket, HEAD.formatted("hello") + "\r\n");
            assertThat(all(socket)).startsWith("HTTP/1.1 200 ").endsWith("\"hello\"\n");
        }
    }

    private static void write(Socket socket, String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    /// Sends a beginning and then drop for drop, until the server ends the connection.
    private String drip(String begin, String drop) throws Exception {
        try (Socket socket = connected();
                ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor()) {
            write(socket, begin);
            Callable<String> answer = () -> all(socket);
            Future<?> dripping =
                    timer.scheduleWithFixedDelay(
                            () -> {
                                try {
                                    write(socket, drop);
                                } catch (IOException e) {
                                    timer.shutdown(); // the server has ended the connection
                                }
                            },
                            0,
                            50,
                            TimeUnit.MILLISECONDS);
            try (ExecutorService reader = Executors.newVirtualThreadPerTaskExecutor()) {
                return reader.submit(answer).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            } finally {
                dripping.cancel(true);
            }
        }
    }

    @Test
    void a_head_that_drips_is_cut_off() throws Exception {
        reopenImpatient();
        assertThat(drip("POST /api/v0/hello HTTP/1.1\r\nHost: localhost\r\n", "X: y\r\n"))
                .isEmpty();
        assertThat(drip("", "P")).isEmpty();
        assertAnswers();
    }

    @Test
    void a_body_that_drips_and_that_nobody_reads_is_cut_off() throws Exception {
        reopenImpatient();
        assertThat(drip(HEAD.formatted("hello") + CHUNKED, "1\r\nx\r\n")).isEmpty();
        assertAnswers();
    }

    @Test
    void a_body_that_does_not_move_is_given_up() throws Exception {
        reopenImpatient();
        try (Socket socket = connected()) {
            write(socket, HEAD.formatted("read") + CHUNKED + "1\r\nx\r\n");
            assertThat(stopped.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(all(socket)).doesNotStartWith("HTTP/1.1 200 ");
        }
        assertAnswers();
    }

    /// Longer than a request may take, with pauses shorter than a body may make.
    @Test
    void a_body_that_moves_is_read_to_its_end() throws Exception {
        reopenImpatient();
        try (Socket socket = connected()) {
            write(socket, HEAD.formatted("read") + CHUNKED);
            for (int i = 0; i < 4; i++) {
                long next = System.nanoTime() + Duration.ofMillis(300).toNanos();
                await().until(() -> System.nanoTime() > next);
                write(socket, "1\r\nx\r\n");
            }
            write(socket, "0\r\n\r\n");
            assertThat(all(socket)).startsWith("HTTP/1.1 200 ").endsWith("4\n");
        }
    }

    @Test
    void a_client_that_goes_is_noticed_behind_lines_that_nobody_has_taken() throws Exception {
        try (Socket socket = connected()) {
            write(socket, HEAD.formatted("wait") + CHUNKED + "5\r\na\nb\nc\r\n");
            assertThat(working.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(stopped.getCount()).isEqualTo(1);
        }
        assertThat(stopped.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertNothingRuns();
    }

    private void assertNothingRuns() {
        await().atMost(PATIENCE)
                .until(() -> log.entries().stream().allMatch(entry -> entry.end().isPresent()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\0\1\2\3",
                "\u0016\u0003\u0001\u0002\0\u0001\0\u0001", // TLS
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "POST\r\n\r\n",
                "POST  HTTP/1.1\r\n\r\n",
                "POST /api/v0/hello HTTP/9.9\r\nHost: localhost\r\n\r\n",
                "POST /api/v0/hello HTTP/1.1\r\n\r\n", // no host
                "POST /api/v0/hello HTTP/1.1\r\nHost: a\r\nHost: localhost\r\n\r\n",
                "POST /api/v0/hello HTTP/1.1\r\nHost: localhost\r\n x: folded\r\n\r\n",
                "POST /api/v0/hello HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
                "POST /api/v0/read HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
                "POST /api/v0/hello HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99\r\n\r\nab",
                "POST /api/v0/read HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99\r\n\r\nab",
                HELLO + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "POST /api/v0/hello HTTP/1.1\r\nHost: localhost\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\nx",
                "POST /api/v0/read HTTP/1.1\r\nHost: localhost\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\n-5\r\nx",
                "POST /api/v0/hello HTTP/1.1\r\nHost: localhost\r\nTransfer-Enco", // cut
                "GET /api/v0/hello HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "HEAD /api/v0/hello HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "TRACE /api/v0/hello HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "CONNECT localhost:80 HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "POST /api/v0/hello HTTP/1.1\r\nHost: evil.example\r\n\r\n",
                "POST http://evil.example/api/v0/hello HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "POST /api/v0/hello HTTP/1.1\r\nHost: localhost.evil.example\r\n\r\n",
                "POST /api/v0/hello HTTP/1.1\r\nHost: localhost\r\nOrigin: http://evil\r\n\r\n",
                "POST /api/v0/hello HTTP/1.1\r\nHost: localhost\r\nReferer: http://evil/\r\n\r\n"
            })
    void what_is_no_call_of_the_api_is_refused(String request) throws IOException {
        assertThat(exchange(request)).doesNotContain(" 200 ", "<", "\"hello\"");
        assertAnswers();
    }

    @Test
    void more_parameters_than_any_call_has_are_refused() throws IOException {
        assertThat(exchange(HEAD.formatted("hello?" + "a&".repeat(5000)) + "\r\n"))
                .startsWith("HTTP/1.1 400 ")
                .endsWith("more than 4352 arguments and options\n");
        String head = HEAD.formatted("hello") + ("X: " + "y".repeat(1000) + "\r\n").repeat(300);
        assertThat(exchangeIgnoringReset(head + "\r\n")).endsWith(" 431");
    }

    private String exchangeIgnoringReset(String request) throws IOException {
        try (Socket socket = connected()) {
            write(socket, request);
            InputStream in = socket.getInputStream();
            return new String(in.readNBytes(12), StandardCharsets.UTF_8);
        }
    }

    @Test
    void a_connection_serves_one_request_whatever_is_sent_behind_it() throws IOException {
        String hello = HEAD.formatted("hello") + "\r\n";
        for (String junk : List.of(hello.repeat(50), "junk".repeat(1000), "\r\n\r\n\0"))
            assertThat(exchange(hello + junk).split("HTTP/1.1 ", -1)).hasSizeLessThanOrEqualTo(2);
        for (String refused : List.of("nothing", "hello?arg=%"))
            assertThat(
                            exchange((HEAD.formatted(refused) + "\r\n").repeat(3))
                                    .split("HTTP/1.1 ", -1))
                    .hasSizeLessThanOrEqualTo(2);
        assertAnswers();
    }

    @Test
    void a_thousand_requests_at_once_are_all_answered() throws Exception {
        List<Future<String>> answers = new ArrayList<>();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 1000; i++)
                answers.add(
                        clients.submit(
                                () -> {
                                    try (Socket socket = connected()) {
                                        write(socket, HEAD.formatted("hello") + "\r\n");
                                        return all(socket);
                                    }
                                }));
            for (Future<String> answer : answers)
                assertThat(answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                        .startsWith("HTTP/1.1 200 ");
        }
        assertNothingRuns();
    }

    @Test
    void nothing_is_kept_of_clients_that_went() throws Exception {
        assertAnswers();
        int threads = ManagementFactory.getThreadMXBean().getThreadCount();
        int descriptors = descriptors();
        for (int round = 0; round < 50; round++)
            for (String begun :
                    List.of(
                            "POST /api",
                            HEAD.formatted("stream") + "\r\n",
                            HEAD.formatted("read") + CHUNKED + "5\r\nabc",
                            HEAD.formatted("wait") + CHUNKED + "3\r\na\nb\r\n",
                            HEAD.formatted("hello") + CHUNKED + "5\r\nabc",
                            "\0\0\0")) vanish(begun, round % 2 == 0);
        assertNothingRuns();
        assertAnswers();
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> {
                            assertThat(descriptors()).isLessThanOrEqualTo(descriptors + 5);
                            assertThat(ManagementFactory.getThreadMXBean().getThreadCount())
                                    .isLessThanOrEqualTo(threads + 10);
                        });
    }

    private void vanish(String begun, boolean reset) throws IOException {
        try (Socket socket = connected()) {
            if (reset) socket.setSoLinger(true, 0);
            write(socket, begun);
        }
    }

    private static int descriptors() {
        String[] open = new File("/proc/self/fd").list();
        return open == null ? 0 : open.length;
    }
}
