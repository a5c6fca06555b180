package cairn.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import cairn.rpc.Daemon;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The calls that take files, as other programs make them: by hand-made requests.
final class UploadsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String CID_HELLO =
            "bafkreibm6jg3ux5qumhcn2b3flc3tyu6dmlb4xa7u5bf44yegnrjhc4yeq";
    private static final String HELLO_WORLD =
            "bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e";

    @TempDir static Path folder;
    private static Daemon daemon;

    @BeforeAll
    static void start() throws IOException {
        daemon = Daemons.open(Daemons.repo(folder.resolve("repo")));
    }

    @AfterAll
    static void stop() throws IOException {
        daemon.close();
    }

    private static URI uri(String call) {
        return URI.create("http://127.0.0.1:" + port() + "/api/v0/" + call);
    }

    private static int port() {
        return Integer.parseInt(daemon.apiAddresses().getFirst().components().get(1).value());
    }

    private static String part(String path, String content) {
        return part(path, "application/octet-stream", content);
    }

    private static String part(String path, String type, String content) {
        return "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\""
                + path
                + "\"\r\nContent-Type: "
                + type
                + "\r\n\r\n"
                + content
                + "\r\n";
    }

    private static HttpResponse<String> post(String call, String... parts)
            throws IOException, InterruptedException {
        return postBody(
                call,
                "multipart/form-data; boundary=edge",
                String.join("", parts) + "--edge--\r\n");
    }

    private static HttpResponse<String> postBody(String call, String type, String body)
            throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(uri(call))
                        .header("Content-Type", type)
                        .timeout(PATIENCE)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }

    private static String answer(String call, String... parts)
            throws IOException, InterruptedException {
        HttpResponse<String> response = post(call, parts);
        assertThat(response.body()).isNotEmpty();
        assertThat(response.statusCode()).isEqualTo(200);
        return response.body();
    }

    private static String line(String name, String cid, int size) {
        return "{\"Name\":\"" + name + "\",\"Hash\":\"" + cid + "\",\"Size\":\"" + size + "\"}\n";
    }

    @Test
    void files_and_folders_are_added_as_kubos_clients_send_them() throws Exception {
        assertThat(answer("add?stream-channels=true&progress=false", part("", "hello world")))
                .isEqualTo(line(HELLO_WORLD, HELLO_WORLD, 11));
        assertThat(answer("add", part("a", "hello"), part("b%2Fc", "hello")).lines())
                .hasSize(3)
                .startsWith(line("a", CID_HELLO, 5).strip(), line("b/c", CID_HELLO, 5).strip());
        assertThat(answer("add?wrap-with-directory=true", part("a", "hello")).lines())
                .hasSize(2)
                .last()
                .asString()
                .startsWith("{\"Name\":\"\",\"Hash\":\"bafybei");
        assertThat(
                        answer(
                                "add?quieter=true",
                                part("d", "application/x-directory", ""),
                                part("d/l", "application/symlink", "target")))
                .startsWith("{\"Name\":\"d\",");
    }

    @Test
    void progress_comes_where_it_is_asked_for() throws Exception {
        assertThat(answer("add?progress=true", part("a", "x".repeat(600_000))))
                .contains("{\"Name\":\"\",\"Bytes\":600000}\n");
        assertThat(answer("add", part("a", "x".repeat(600_000)))).doesNotContain("Bytes");
    }

    @Test
    void many_blocks_are_put_with_a_line_each() throws Exception {
        String key = "{\"Key\":\"" + CID_HELLO + "\",\"Size\":5}\n";
        assertThat(
                        answer(
                                "block/put?cid-codec=raw&mhtype=sha2-256&mhlen=-1&pin=false"
                                        + "&allow-big-block=true",
                                part("", "hello"),
                                part("file-1", "hello")))
                .isEqualTo(key + key);
    }

    /// More than become durable together.
    @Test
    void blocks_without_an_end_come_in_batches() throws Exception {
        int count = 10_003;
        String[] parts = new String[count];
        for (int i = 0; i < count; i++) parts[i] = part("", "block " + i);
        assertThat(answer("block/put", parts).lines()).hasSize(count).doesNotHaveDuplicates();
        String last = answer("block/put", parts[0], parts[count - 1]);
        for (String line : last.lines().toList()) {
            String cid = line.replaceAll(".*\"Key\":\"(\\w+)\".*", "$1");
            assertThat(Called.with(folder.resolve("repo"), "block", "get", cid).out())
                    .startsWith("block ");
        }
    }

    /// More than become durable together.
    @Test
    void nodes_without_an_end_come_in_batches() throws Exception {
        int count = 10_003;
        String[] parts = new String[count + 1];
        for (int i = 0; i < count; i++) parts[i] = part("", Integer.toString(i));
        parts[count] = part("", "{");
        String body = post("dag/put?frames=true", parts).body();
        assertThat(body.split("\"Cid\"", -1)).hasSize(10_001);
        assertThat(body).contains("can't be stored");
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 3_000_000})
    void a_file_that_its_sender_could_not_read_to_the_end_is_not_told_as_added(int size)
            throws Exception {
        HttpResponse<String> response =
                post(
                        "add?frames=true",
                        part("d", "application/x-directory", ""),
                        part("d/a", "x".repeat(size)),
                        part("src%2Fa", "application/vnd.cairn.broken-off", "changed"),
                        part("d/b", "hello"),
                        part("e", "x".repeat(size)),
                        part("src%2Fe", "application/vnd.cairn.broken-off", "gone"));
        assertThat(response.body())
                .doesNotContain("\"Name\":\"d/a\"", "\"Name\":\"e\"")
                .contains("2 entries couldn't be added", "src/a: changed", "src/e: gone");
    }

    @Test
    void more_roots_than_are_held_are_refused() throws Exception {
        String[] parts = new String[100_001];
        Arrays.fill(parts, part("", ""));
        assertThat(post("add?only-hash=true&silent=true", parts).body())
                .contains("more than 100000 files and folders side by side");
    }

    /// More than what the system takes in for both ends.
    @Test
    void a_client_that_sends_all_before_it_reads_learns_why_it_failed() throws Exception {
        try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port())) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            String body = part("a", "x".repeat(12_000_000)) + "--edge--\r\n";
            OutputStream out = socket.getOutputStream();
            out.write((head("dag/import", body) + body + "\r\n0\r\n\r\n").getBytes(US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
                    .startsWith("HTTP/1.1 500")
                    .contains("import of a failed, so nothing was pinned");
        }
    }

    @Test
    void nodes_and_archives_are_taken() throws Exception {
        assertThat(
                        answer(
                                "dag/put?store-codec=raw&input-codec=raw&hash=sha2-256",
                                part("", "hello")))
                .isEqualTo("{\"Cid\":{\"/\":\"" + CID_HELLO + "\"}}\n");
        Path car = folder.resolve("hello.car");
        Called exported =
                Called.with(
                        folder.resolve("repo"),
                        new byte[0],
                        List.of("dag", "export", CID_HELLO),
                        ISO_8859_1);
        Files.write(car, exported.out().getBytes(ISO_8859_1));
        String archive = Files.readString(car, ISO_8859_1);
        assertThat(postLatin("dag/import?stats=true", part("a.car", archive) + "--edge--\r\n"))
                .isEqualTo(
                        "{\"Root\":{\"Cid\":{\"/\":\""
                                + CID_HELLO
                                + "\"},\"PinErrorMsg\":\"\"}}\n"
                                + "{\"Stats\":{\"BlockCount\":1,\"BlockBytesCount\":5}}\n");
    }

    private static String postLatin(String call, String body)
            throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(uri(call))
                        .header("Content-Type", "multipart/form-data; boundary=edge")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body.getBytes(ISO_8859_1)))
                        .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"add", "block/put", "dag/put", "dag/import"})
    void a_body_of_another_type_is_refused(String call) throws Exception {
        HttpResponse<String> response = postBody(call, "text/plain", "hello");
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("multipart/form-data", "is text/plain");
    }

    @ParameterizedTest
    @ValueSource(strings = {"add", "block/put", "dag/put", "dag/import"})
    void arguments_name_no_files_of_the_daemon(String call) throws Exception {
        HttpResponse<String> response = post(call + "?arg=/etc/passwd", part("a", "hello"));
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("takes no arguments");
    }

    @ParameterizedTest
    @ValueSource(strings = {"add", "block/put", "dag/put", "dag/import"})
    void a_request_without_files_is_refused(String call) throws Exception {
        assertThat(post(call).statusCode()).isEqualTo(400);
        assertThat(post(call).body()).contains("no file in the request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../a", "/a", "a//b", "a/%00", "a/./b", "%2e%2e"})
    void a_path_that_leads_elsewhere_is_refused(String path) throws Exception {
        HttpResponse<String> response = post("add", part(path, "hello"));
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("is no path within a folder");
        assertThat(response.headers().map())
                .doesNotContainKeys("x-chunked-output", "transfer-encoding");
    }

    @Test
    void an_ignore_file_of_the_daemon_is_not_read() throws Exception {
        assertThat(answer("add?ignore-rules-path=/missing", part("a", "hello"))).contains("a");
    }

    /// A body that ends too soon is cut off, whatever its length was said to be.
    @ParameterizedTest
    @ValueSource(strings = {"add", "block/put", "dag/put", "dag/import"})
    void an_upload_without_its_end_fails_and_pins_nothing(String call) throws Exception {
        String before = pins();
        HttpResponse<String> response =
                postBody(
                        call + "?pin=true",
                        "multipart/form-data; boundary=edge",
                        part("a", "\"cut " + call));
        assertThat(response.statusCode()).isNotEqualTo(200);
        assertThat(response.body()).contains("the upload was cut off");
        assertThat(pins()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"add", "block/put", "dag/put", "dag/import"})
    void a_client_that_vanishes_ends_the_work_and_pins_nothing(String call) throws Exception {
        String before = pins();
        try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port())) {
            OutputStream out = socket.getOutputStream();
            String body = part("a", "vanished " + call);
            out.write((head(call + "?pin=true", body) + body + "\r\n").getBytes(US_ASCII));
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.shutdownOutput();
            // The daemon ends the connection once its work has ended.
            String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
            assertThat(answer).doesNotStartWith("HTTP/1.1 200");
        }
        assertThat(pins()).isEqualTo(before);
    }

    /// The command line ends as on Ctrl-C, with no word of good-bye.
    @Test
    void a_connection_that_is_cut_pins_nothing_and_leaves_the_daemon_at_work() throws Exception {
        String before = pins();
        try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port())) {
            socket.setSoLinger(true, 0);
            String body = part("cut", "x".repeat(10_000_000));
            socket.getOutputStream()
                    .write(head("add?progress=true&frames=true", body).getBytes(US_ASCII));
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.getOutputStream().write(body.substring(0, 9_000_000).getBytes(US_ASCII));
            String begin = "";
            while (!begin.contains("Bytes")) begin += (char) socket.getInputStream().read();
        }
        assertThat(answer("add?pin=false", part("a", "hello"))).contains(CID_HELLO);
        assertThat(pins()).isEqualTo(before);
    }

    private static String head(String call, String firstChunk) {
        return "POST /api/v0/"
                + call
                + " HTTP/1.1\r\nHost: localhost\r\n"
                + "Content-Type: multipart/form-data; boundary=edge\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n"
                + Integer.toHexString(firstChunk.length())
                + "\r\n";
    }

    private static String pins() {
        return Called.with(folder.resolve("repo"), "pin", "ls").out();
    }
}
