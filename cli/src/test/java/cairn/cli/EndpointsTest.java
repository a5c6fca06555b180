package cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import cairn.node.json.Json;
import cairn.rpc.Daemon;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What other programs may call of a daemon: nearly every command, in the shapes that clients of
/// Kubo expect.
final class EndpointsTest {
    /// The commands that no other program can call, each with its reason.
    private static final Map<String, String> NOT_CALLED =
            Map.ofEntries(
                    Map.entry("init", "a daemon has a repo"),
                    Map.entry("daemon", "it runs"),
                    Map.entry("config edit", "an editor is a person's"),
                    Map.entry("repo backup", "it writes to the caller's disk"),
                    Map.entry("repo migrate", "the store must be closed"),
                    Map.entry("repo repair", "the store must be closed"),
                    Map.entry("key export", "it writes to the caller's disk"),
                    Map.entry("key rotate", "a daemon stays who it is"),
                    Map.entry("commands completion", "it is for a shell"),
                    Map.entry("help", "it is for people"));

    private static final String CID = "bafkreibm6jg3ux5qumhcn2b3flc3tyu6dmlb4xa7u5bf44yegnrjhc4yeq";

    @TempDir static Path folder;
    private static Daemon daemon;
    private static String root;

    @BeforeAll
    static void start() throws IOException {
        Path tree = Files.createDirectories(folder.resolve("tree/a"));
        Files.writeString(tree.resolve("hello"), "hello");
        Files.createSymbolicLink(tree.resolve("link"), Path.of("hello"));
        Path repo = Daemons.repo(folder.resolve("repo"));
        root = Called.with(repo, "add", "-rQ", folder.resolve("tree").toString()).out().strip();
        daemon = Daemons.open(repo);
    }

    @AfterAll
    static void stop() throws IOException {
        daemon.close();
    }

    private static HttpRequest.Builder request(String call) {
        return request(daemon, call);
    }

    private static HttpRequest.Builder request(Daemon of, String call) {
        String port = of.apiAddresses().getFirst().components().get(1).value();
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v0/" + call));
    }

    private static <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> body)
            throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, body);
        }
    }

    private static String post(String call) throws Exception {
        return post(call, BodyPublishers.noBody());
    }

    private static String post(String call, BodyPublisher body) throws Exception {
        return post(daemon, call, body);
    }

    private static String post(Daemon of, String call, BodyPublisher body) throws Exception {
        HttpRequest request =
                request(of, call)
                        .header("Content-Type", "multipart/form-data; boundary=edge")
                        .POST(body)
                        .build();
        return send(request, BodyHandlers.ofString()).body();
    }

    private static BodyPublisher file(String content) {
        return BodyPublishers.ofString(
                "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"x\"\r\n"
                        + "Content-Type: application/octet-stream\r\n\r\n"
                        + content
                        + "\r\n--edge--\r\n");
    }

    /// An endpoint refuses what isn't posted; of a path that isn't one nothing is found.
    @Test
    void every_command_is_an_endpoint_but_those_that_make_no_sense_from_afar() throws Exception {
        Map<String, Integer> statuses = new TreeMap<>();
        Map<String, Integer> expected = new TreeMap<>();
        for (String name : CommandTable.names()) {
            HttpRequest get = request(name.replace(' ', '/')).GET().build();
            statuses.put(name, send(get, BodyHandlers.discarding()).statusCode());
            expected.put(name, NOT_CALLED.containsKey(name) ? 404 : 405);
        }
        assertThat(statuses).isEqualTo(expected);
    }

    @Test
    void a_folder_comes_as_an_archive() throws Exception {
        HttpRequest get = request("get?arg=" + root).POST(BodyPublishers.noBody()).build();
        HttpResponse<byte[]> response = send(get, BodyHandlers.ofByteArray());
        assertThat(response.headers().firstValue("Content-Type")).contains("application/x-tar");
        assertThat(response.body()).isEqualTo(archive("-a", root));
    }

    @Test
    void an_archive_or_a_file_alone_comes_compressed() throws Exception {
        for (String options : List.of("&archive=true", "")) {
            String path = options.isEmpty() ? root + "/a/hello" : root;
            HttpRequest get =
                    request("get?arg=" + path + options + "&compress=true&compression-level=9")
                            .POST(BodyPublishers.noBody())
                            .build();
            HttpResponse<byte[]> response = send(get, BodyHandlers.ofByteArray());
            assertThat(response.headers().firstValue("Content-Type")).contains("application/gzip");
            byte[] plain = unzipped(new ByteArrayInputStream(response.body()));
            byte[] hello = "hello".getBytes(StandardCharsets.UTF_8);
            assertThat(plain).isEqualTo(options.isEmpty() ? hello : archive("-a", root));
        }
        assertThat(post("get?compress=true&arg=" + root)).contains("can't be compressed alone");
        assertThat(post("get?compress=true&compression-level=10&arg=" + root))
                .contains("must be from 1 to 9");
    }

    private static byte[] unzipped(InputStream in) throws IOException {
        try (var plain = new GZIPInputStream(in)) {
            return plain.readAllBytes();
        }
    }

    private static byte[] archive(String option, String path) throws IOException {
        Path target = folder.resolve("expected.tar");
        Called called = Called.with(folder.resolve("repo"), "get", option, "-o", target + "", path);
        assertThat(called.outcome()).isEqualTo(Outcome.DONE);
        return Files.readAllBytes(target);
    }

    @Test
    void what_isnt_there_has_a_status_of_its_own() throws Exception {
        HttpRequest get = request("get?arg=" + root + "/b").POST(BodyPublishers.noBody()).build();
        HttpResponse<String> response = send(get, BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).contains("no link named").contains("\"Type\":\"error\"");
    }

    @Test
    void cids_are_converted_and_what_they_name_is_listed() throws Exception {
        String line = "{\"CidStr\":\"%s\",\"Formatted\":\"%s\",\"ErrorMsg\":\"\"}\n";
        assertThat(post("cid/base32?arg=" + CID)).isEqualTo(line.formatted(CID, CID));
        assertThat(post("cid/format?f=%25c&arg=" + CID)).isEqualTo(line.formatted(CID, "raw"));
        assertThat(post("cid/bases")).contains("{\"Code\":98,\"Name\":\"base32\"}");
        assertThat(post("cid/codecs")).contains("{\"Code\":85,\"Name\":\"raw\"}");
        assertThat(post("cid/hashes")).contains("{\"Code\":18,\"Name\":\"sha2-256\"}");
        assertThat(post("cid/inspect?arg=" + CID)).contains("sha2-256");
    }

    @Test
    void texts_are_encoded_and_decoded() throws Exception {
        assertThat(post("multibase/encode?b=base16", file("hello"))).isEqualTo("f68656c6c6f");
        assertThat(post("multibase/decode", file("f68656c6c6f"))).isEqualTo("hello");
        assertThat(post("multibase/transcode?b=base32", file("f68656c6c6f")))
                .isEqualTo("bnbswy3dp");
        assertThat(post("multibase/list")).contains("base58btc");
        assertThat(post("multibase/decode?arg=/etc/passwd", file("x"))).contains("expected 1");
    }

    @Test
    void the_repo_and_the_program_tell_of_themselves() throws Exception {
        assertThat(post("repo/version")).matches("\\{\"Version\":\"\\d+\"}\n");
        assertThat(post("repo/ls")).contains("{\"Ref\":\"" + CID);
        assertThat(Json.parse(post("commands").strip()))
                .isInstanceOfSatisfying(
                        Json.Obj.class,
                        tree -> assertThat(tree.get("Name")).contains(new Json.Str("cairn")));
    }

    @Test
    void settings_are_replaced_but_not_who_may_call() throws Exception {
        Path repo = Daemons.repo(folder.resolve("settings"));
        String secret = "{\"me\":{\"AuthSecret\":\"bearer:x\",\"AllowedPaths\":[\"/api/v0\"]}}";
        try (Daemon open = Daemons.open(repo)) {
            Called.with(repo, "config", "--json", "API.Authorizations", secret);
            String all = Called.with(repo, "config", "show").out();
            String shown = post(open, "config/show", BodyPublishers.noBody());
            assertThat(shown).contains("Datastore").doesNotContain("bearer");
            String sent = shown.replace("\"Datastore\":{}", "\"Datastore\":{\"HashOnRead\":true}");
            assertThat(post(open, "config/replace", file(sent))).isEmpty();
            assertThat(Called.with(repo, "config", "show").out())
                    .contains("bearer:x", "\"HashOnRead\": true");
            assertThat(post(open, "config/replace", file(all)))
                    .contains("the API doesn't change API.Authorizations");
            assertThat(post(open, "config/replace", file("{"))).contains("\"Type\":\"error\"");
        }
    }

    @Test
    void a_profile_is_applied() throws Exception {
        assertThat(post("config/profile/apply?dry-run=true&arg=unixfs-v0-2015"))
                .startsWith("{\"OldCfg\":{")
                .contains("\"NewCfg\":{");
    }

    @Test
    void a_key_is_taken() throws Exception {
        Path repo = folder.resolve("other");
        Called.with(repo, "key", "gen", "blog");
        Path pem = folder.resolve("blog.pem");
        Called exported =
                Called.with(
                        repo, "key", "export", "-f=pem-pkcs8-cleartext", "-o", pem + "", "blog");
        assertThat(exported.outcome()).isEqualTo(Outcome.DONE);
        assertThat(
                        post(
                                "key/import?arg=taken&format=pem-pkcs8-cleartext",
                                file(Files.readString(pem))))
                .startsWith("{\"Name\":\"taken\",\"Id\":\"k51");
        assertThat(post("key/import?arg=self", file("x"))).contains("cannot import key with name");
    }
}
