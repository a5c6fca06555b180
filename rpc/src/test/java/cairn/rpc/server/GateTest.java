package cairn.rpc.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.node.json.Json;
import cairn.node.repo.Config;
import cairn.node.repo.RepoException;
import cairn.rpc.client.Answer;
import cairn.rpc.client.ApiClient;
import cairn.rpc.client.ApiException;
import cairn.rpc.client.Parameters;
import java.net.InetSocketAddress;
import java.net.InetAddress;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Who gets in, as the settings say.
final class GateTest {
    private static final SocketAddress LOOPBACK =
            new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
    private static final String SECRETS =
            """
            {"API": {"Authorizations": {
              "Ann": {"AuthSecret": "bearer:abc", "AllowedPaths": ["/api/v0"]},
              "Bob": {"AuthSecret": "basic:bob:pass", "AllowedPaths": ["/api/v0/pin/"]}}}}
            """;

    @TempDir Path folder;

    private static RpcServer open(SocketAddress address, String config) throws IOException {
        Callers callers = Callers.of(Config.parse(config, "a test"));
        var options = new ServerOptions("test", callers, new RequestLog(InstantSource.system()));
        Endpoint endpoint = (request, reply) -> reply.value(new Json.Str("in"));
        return RpcServer.open(address, options, () -> Map.of("id", endpoint, "pin/ls", endpoint));
    }

    private static String call(RpcServer server, String path, String... headers)
            throws IOException {
        String head = headers.length == 0 ? "Host: localhost" : String.join("\r\n", headers);
        String request =
                "POST /api/v0/" + path + " HTTP/1.1\r\nConnection: close\r\n" + head + "\r\n\r\n";
        try (Socket socket =
                new Socket(
                        InetAddress.getLoopbackAddress(),
                        ((InetSocketAddress) server.address()).getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', id, 403",
        "Bearer abc, id, 200",
        "Bearer abd, id, 403",
        "bearer abc, id, 403",
        "Basic Ym9iOnBhc3M=, id, 403",
        "Basic Ym9iOnBhc3M=, pin/ls, 200"
    })
    void where_there_are_secrets_one_is_needed_for_what_it_allows(
            String shown, String path, int status) throws IOException {
        try (RpcServer server = open(LOOPBACK, SECRETS)) {
            assertThat(call(server, path, "Host: localhost", "Authorization: " + shown))
                    .startsWith("HTTP/1.1 " + status + " ");
        }
    }

    @Test
    void a_client_shows_a_secret() throws IOException {
        try (RpcServer server = open(LOOPBACK, SECRETS)) {
            var shows = Authorization.headerOf("basic:bob:pass");
            try (Answer answer =
                    new ApiClient(server.address(), shows).call("pin/ls", new Parameters())) {
                assertThat(answer.next()).contains(new Json.Str("in"));
            }
            assertThatThrownBy(() -> new ApiClient(server.address()).call("id", new Parameters()))
                    .isInstanceOf(ApiException.class)
                    .hasMessageContaining("valid authorization token");
        }
    }

    @Test
    void beyond_this_machine_a_trusted_network_gets_in() throws IOException {
        // To the server, a client at loopback is one of a network that is named.
        String trusting = "{\"API\": {\"TrustedNetworks\": [\"127.0.0.0/8\", \"::1\"]}}";
        String withSecrets =
                SECRETS.replace(
                        "{\"API\": {", "{\"API\": {\"TrustedNetworks\": [\"127.0.0.0/8\"],");
        for (String config : new String[] {trusting, withSecrets})
            try (RpcServer server = open(LOOPBACK, config)) {
                assertThat(call(server, "id")).startsWith("HTTP/1.1 200 ");
            }
        String others =
                SECRETS.replace("{\"API\": {", "{\"API\": {\"TrustedNetworks\": [\"10.0.0.0/8\"],");
        try (RpcServer server = open(LOOPBACK, others)) {
            assertThat(call(server, "id")).startsWith("HTTP/1.1 403 ");
        }
    }

    @Test
    void a_host_must_be_named_to_be_called_by_a_name() throws IOException {
        String named = "{\"API\": {\"Hosts\": [\"node.example\"]}}";
        try (RpcServer server = open(LOOPBACK, named)) {
            assertThat(call(server, "id", "Host: Node.Example:80")).startsWith("HTTP/1.1 200 ");
            assertThat(call(server, "id", "Host: other.example")).startsWith("HTTP/1.1 403 ");
            // An address can't be rebound, but there is nobody beyond this machine to use it.
            assertThat(call(server, "id", "Host: 192.0.2.1")).startsWith("HTTP/1.1 403 ");
        }
        String open = "{\"API\": {\"TrustedNetworks\": [\"127.0.0.0/8\"]}}";
        try (RpcServer server = open(LOOPBACK, open)) {
            assertThat(call(server, "id", "Host: 192.0.2.1")).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void a_page_of_an_origin_that_is_named_may_call_and_read() throws IOException {
        String page = "Origin: https://page.example";
        String config =
                "{\"API\": {\"HTTPHeaders\": {\"Access-Control-Allow-Origin\":"
                        + " [\"https://page.example\"]}}}";
        try (RpcServer server = open(LOOPBACK, config)) {
            assertThat(call(server, "id", "Host: localhost", page))
                    .startsWith("HTTP/1.1 200 ")
                    .contains("Access-Control-Allow-Origin: https://page.example");
            assertThat(call(server, "id", "Host: localhost", page + ".evil.example"))
                    .startsWith("HTTP/1.1 403 ");
        }
        try (RpcServer server = open(LOOPBACK, "{}")) {
            assertThat(call(server, "id", "Host: localhost", page)).startsWith("HTTP/1.1 403 ");
        }
    }

    @Test
    void a_unix_socket_is_its_owners_and_needs_no_secret() throws IOException {
        Path path = folder.resolve("api.sock");
        try (RpcServer server = open(UnixDomainSocketAddress.of(path), SECRETS)) {
            assertThat(server.address()).isEqualTo(UnixDomainSocketAddress.of(path));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .isEqualTo("rw-------");
            assertThat(folder).isDirectoryNotContaining("glob:**/.c*");
            ApiClient client = new ApiClient(UnixDomainSocketAddress.of(path), Optional.empty());
            try (Answer answer = client.call("id", new Parameters())) {
                assertThat(answer.next()).contains(new Json.Str("in"));
            }
            assertThatThrownBy(() -> open(UnixDomainSocketAddress.of(path), "{}"))
                    .hasMessageContaining("another program listens at ");
        }
        assertThat(path).doesNotExist();
    }

    @Test
    void what_is_no_socket_stays_where_it_is() throws IOException {
        Path path = Files.writeString(folder.resolve("notes"), "mine");
        assertThatThrownBy(() -> open(UnixDomainSocketAddress.of(path), "{}"))
                .hasMessageContaining("is no socket");
        assertThat(path).hasContent("mine");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"API\": {\"Authorizations\": {\"Ann\": {\"AuthSecret\": \"abc\"}}}}",
                "{\"API\": {\"Authorizations\": {\"Ann\": \"bearer:abc\"}}}",
                "{\"API\": {\"TrustedNetworks\": [\"everyone\"]}}",
                "{\"API\": {\"TrustedNetworks\": [\"10.0.0.0/33\"]}}",
                "{\"API\": {\"HTTPHeaders\": {\"X-Other\": [\"1\"]}}}"
            })
    void wrong_settings_are_named(String config) {
        assertThatThrownBy(() -> open(LOOPBACK, config))
                .isInstanceOf(RepoException.class)
                .hasMessageContaining("the setting API.");
    }
}
