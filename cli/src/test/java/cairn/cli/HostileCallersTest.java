package cairn.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cairn.rpc.Daemon;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Clients that leave in the middle of a command, and commands that fail there.
@Timeout(120)
final class HostileCallersTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int SIZE = 20_000_000;

    /// Of no block that is anywhere.
    private static final String NOWHERE =
            "bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy";

    /// What a request of each kind begins with that is broken off then; the daemon works on it.
    private static final List<String> BROKEN_OFF =
            List.of(
                    head("cat?arg=LARGE") + "\r\n",
                    head("get?arg=LARGE") + "\r\n",
                    head("get?arg=LARGE&compress=true&archive=true") + "\r\n",
                    head("dag/export?arg=LARGE&frames=true&terminals=2") + "\r\n",
                    head("cat?arg=" + NOWHERE) + "\r\n",
                    head("get?arg=" + NOWHERE) + "\r\n",
                    head("pin/add?frames=true&terminals=12&arg=" + NOWHERE) + "\r\n",
                    head("pin/add") + chunked(NOWHERE + "\n"),
                    head("pin/add?arguments=body") + chunked(NOWHERE + "\0"),
                    head("cid/base32") + chunked(NOWHERE + "\n"),
                    head("multibase/encode") + multipart("x".repeat(100_000)),
                    head("add?progress=true") + multipart("x".repeat(2_000_000)),
                    head("dag/import") + multipart("junk"),
                    head("log/tail") + "\r\n");

    @TempDir static Path folder;
    private static Daemon daemon;
    private static Path repo;
    private static String large;

    @BeforeAll
    static void start() throws IOException {
        repo = Daemons.repo(folder.resolve("repo"));
        byte[] bytes = new byte[SIZE];
        new Random(1).nextBytes(bytes);
        Path file = Files.write(folder.resolve("large"), bytes);
        large = Called.with(repo, "add", "-Q", file.toString()).out().strip();
        daemon = Daemons.open(repo);
    }

    @AfterAll
    static void stop() throws IOException {
        daemon.close();
    }

    private static String head(String call) {
        return "POST /api/v0/" + call + " HTTP/1.1\r\nHost: localhost\r\n";
    }

    private static String chunked(String chunk) {
        return "Transfer-Encoding: chunked\r\n\r\n"
                + Integer.toHexString(chunk.length())
                + "\r\n"
                + chunk
                + "\r\n";
    }

    private static String multipart(String content) {
        return "Content-Type: multipart/form-data; boundary=edge\r\n"
                + chunked(
                        "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n"
                                + "Content-Type: application/octet-stream\r\n\r\n"
                                + content);
    }

    private static Socket sent(String request) throws IOException {
        String port = daemon.apiAddresses().getFirst().components().get(1).value();
        Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), Integer.parseInt(port));
        socket.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
        socket.getOutputStream().write(request.getBytes(ISO_8859_1));
        return socket;
    }

    private static String answer(String request) throws IOException {
        try (Socket socket = sent(request)) {
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }

    /// How many commands run besides the one that tells so.
    private static int running() throws IOException {
        String commands = Called.with(repo, "diag", "cmds", "--enc=json").out();
        return commands.split("\"Active\":true", -1).length - 2;
    }

    @Test
    void nothing_is_kept_of_callers_that_left() throws Exception {
        for (int round = 0; round < 2; round++) leaveAll(round % 2 == 0);
        assertThat(running()).isZero();
        int threads = ManagementFactory.getThreadMXBean().getThreadCount();
        int descriptors = descriptors();
        long heap = heap();
        for (int round = 0; round < 8; round++) leaveAll(round % 2 == 0);
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> {
                            assertThat(ManagementFactory.getThreadMXBean().getThreadCount())
                                    .isLessThanOrEqualTo(threads + 10);
                            assertThat(descriptors()).isLessThanOrEqualTo(descriptors + 5);
                            assertThat(heap()).isLessThan(heap + (24 << 20));
                        });
        assertThat(answer(head("block/stat?arg=" + large) + "\r\n")).contains(large);
        assertThat(Called.with(repo, "repo", "verify").outcome()).isEqualTo(Outcome.DONE);
    }

    private static int descriptors() {
        String[] open = new File("/proc/self/fd").list();
        return open == null ? 0 : open.length;
    }

    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static void leaveAll(boolean reset) throws IOException {
        for (String request : BROKEN_OFF)
            try (Socket socket = sent(request.replace("LARGE", large))) {
                if (reset) socket.setSoLinger(true, 0);
                await().atMost(PATIENCE).until(() -> running() > 0 || hasAnswer(socket));
            }
        await().atMost(PATIENCE).until(() -> running() == 0);
    }

    private static boolean hasAnswer(Socket socket) throws IOException {
        return socket.getInputStream().available() > 0;
    }

    /// Of its leaves one is missing.
    @Test
    void an_archive_that_fails_in_its_middle_has_no_end() throws IOException {
        Path file = folder.resolve("gap");
        byte[] bytes = new byte[SIZE];
        new Random(2).nextBytes(bytes);
        Files.write(file, bytes);
        String root = Called.with(repo, "add", "-Q", "--pin=false", file.toString()).out().strip();
        String leaf = Called.with(repo, "refs", root).out().lines().skip(15).findFirst().get();
        assertThat(Called.with(repo, "block", "rm", leaf).outcome()).isEqualTo(Outcome.DONE);
        for (String options : List.of("", "&archive=true", "&compress=true")) {
            String whole = answer(head("get?offline=true&arg=" + root + options) + "\r\n");
            assertThat(whole).startsWith("HTTP/1.1 200 ").contains("Trailer: X-Stream-Error");
            assertThat(whole.substring(whole.length() - 200))
                    .contains("\r\n0\r\nX-Stream-Error: ", leaf)
                    .doesNotEndWith("\r\n\r\n");
        }
    }

    @Test
    void an_archive_that_is_whole_says_so() throws IOException {
        assertThat(answer(head("get?arg=" + large) + "\r\n"))
                .startsWith("HTTP/1.1 200 ")
                .endsWith("\r\n0\r\n\r\n");
    }

    @Test
    void a_client_that_reads_no_answer_holds_up_itself_alone() throws IOException {
        try (Socket slow = sent(head("get?arg=" + large) + "\r\n")) {
            InputStream in = slow.getInputStream();
            assertThat(in.read()).isEqualTo('H');
            assertThat(answer(head("cat?arg=" + large) + "\r\n")).hasSizeGreaterThan(SIZE);
            assertThat(running()).isEqualTo(1);
            assertThat(in.readAllBytes()).hasSizeGreaterThan(SIZE);
        }
    }
}
