package cairn.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.libp2p.transport.IpEndpoint;
import cairn.multiformats.multiaddr.Multiaddr;
import cairn.node.NodeOptions;
import cairn.node.json.Json;
import cairn.node.repo.RepoDirectory;
import cairn.node.repo.RepoException;
import cairn.rpc.client.Answer;
import cairn.rpc.client.ApiClient;
import cairn.rpc.client.ApiException;
import cairn.rpc.client.Parameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Daemons on loopback, driven by the control API.
final class DaemonTest {
    private static final String NOBODY =
            "/ip4/127.0.0.1/tcp/1/p2p/12D3KooWDpJ7As7BWAwRMfu1VU2WCqNjvq387JEYKDBj4kx6nXTN";

    @TempDir Path folder;

    private static void set(Path repo, String key, String json) throws IOException {
        NodeOptions.DEFAULT.configure(repo, key, Json.parse(json));
    }

    private Path repo(String name) throws IOException {
        Path repo = folder.resolve(name);
        set(
                repo,
                "Addresses.Swarm",
                "[\"/ip4/127.0.0.1/tcp/0\", \"/ip4/127.0.0.1/udp/0/quic-v1\"]");
        set(repo, "Addresses.API", "[\"/ip4/127.0.0.1/tcp/0\"]");
        set(repo, "Bootstrap", "[]");
        set(repo, "Discovery.MDNS.Enabled", "false");
        return repo;
    }

    private static Daemon open(Path repo) throws IOException {
        return open(repo, false);
    }

    private static Daemon open(Path repo, boolean forcePrivate) throws IOException {
        return Daemon.open(
                new DaemonOptions(
                        repo,
                        NodeOptions.DEFAULT,
                        "1.2.3",
                        "abc",
                        NodeCommands.NONE,
                        forcePrivate));
    }

    private static Answer call(Daemon daemon, String path, Parameters parameters)
            throws IOException {
        IpEndpoint at = IpEndpoint.of(daemon.apiAddresses().getFirst()).orElseThrow();
        return new ApiClient(at.address()).call(path, parameters);
    }

    private static List<String> ask(Daemon daemon, String path, String... arguments)
            throws IOException {
        return ask(daemon, path, new Parameters().arguments(List.of(arguments)));
    }

    private static List<String> ask(Daemon daemon, String path, Parameters parameters)
            throws IOException {
        List<String> lines = new ArrayList<>();
        try (Answer answer = call(daemon, path, parameters)) {
            for (Optional<Json> line = answer.next(); line.isPresent(); line = answer.next())
                lines.add(line.get().compact());
        }
        return lines;
    }

    private static String id(Daemon daemon) {
        return daemon.network().host().id().toString();
    }

    private static List<Multiaddr> addresses(Daemon daemon) {
        return daemon.network().host().listenAddresses();
    }

    @Test
    void two_daemons_connect_identify_ping_and_part() throws IOException {
        try (Daemon one = open(repo("one"));
                Daemon two = open(repo("two"))) {
            for (Multiaddr address : addresses(two)) {
                assertThat(ask(one, "swarm/connect", address + "/p2p/" + id(two)))
                        .containsExactly("{\"Strings\":[\"connect " + id(two) + " success\"]}");
                // Whichever address was named, the dialler takes the best that it knows.
                assertThat(ask(one, "swarm/peers", new Parameters().option("direction", "true")))
                        .singleElement()
                        .isIn(addresses(two).stream().map(a -> peers(a, id(two))).toList());
                assertThat(ask(one, "id", id(two)).getFirst())
                        .contains("\"ID\":\"" + id(two) + "\"", "\"AgentVersion\":\"cairn/1.2.3\"");
                List<String> pings = ask(one, "ping", ping(id(two)));
                assertThat(pings).hasSize(3);
                assertThat(pings.getFirst()).contains("\"Text\":\"PING " + id(two) + ".\"");
                assertThat(pings.get(1))
                        .matches("\\{\"Success\":true,\"Time\":[1-9]\\d*,\"Text\":\"\"}");
                assertThat(pings.getLast()).contains("Average latency: ");
                assertThat(ask(one, "swarm/disconnect", "/p2p/" + id(two)))
                        .containsExactly("{\"Strings\":[\"disconnect " + id(two) + " success\"]}");
                assertThat(ask(one, "swarm/peers")).containsExactly("{\"Peers\":null}");
            }
        }
    }

    private static String peers(Multiaddr address, String peer) {
        return "{\"Peers\":[{\"Addr\":\""
                + address
                + "\",\"Peer\":\""
                + peer
                + "\",\"Direction\":2,\"Identify\":{\"ID\":\"\",\"PublicKey\":\"\",\"Addresses\":null,"
                + "\"AgentVersion\":\"\",\"Protocols\":null}}]}";
    }

    private static Parameters ping(String peer) {
        return new Parameters().option("count", "1").arguments(List.of(peer));
    }

    @Test
    void traffic_is_told_again_and_again() throws IOException {
        try (Daemon daemon = open(repo("one"));
                Answer answer =
                        call(
                                daemon,
                                "stats/bw",
                                new Parameters().option("poll", "true").option("i", "50ms"))) {
            for (int i = 0; i < 3; i++)
                assertThat(answer.next().orElseThrow().compact())
                        .isEqualTo("{\"TotalIn\":0,\"TotalOut\":0,\"RateIn\":0,\"RateOut\":0}");
            assertThatThrownBy(() -> ask(daemon, "stats/bw", new Parameters().option("i", "1ms")))
                    .hasMessageContaining("of 50ms or more");
        }
    }

    @Test
    void settings_bootstrap_and_keys_are_answered_in_kubos_shapes() throws IOException {
        try (Daemon daemon = open(repo("one"))) {
            assertThat(ask(daemon, "bootstrap")).containsExactly("{\"Peers\":[]}");
            assertThat(ask(daemon, "bootstrap/add", NOBODY))
                    .containsExactly("{\"Peers\":[\"" + NOBODY + "\"]}");
            assertThat(ask(daemon, "config", "Bootstrap"))
                    .containsExactly("{\"Key\":\"Bootstrap\",\"Value\":[\"" + NOBODY + "\"]}");
            assertThat(ask(daemon, "bootstrap/rm", new Parameters().option("all", "true")))
                    .containsExactly("{\"Peers\":[\"" + NOBODY + "\"]}");
            assertThat(ask(daemon, "config/show").getFirst()).contains("\"Bootstrap\":[]");
            assertThat(ask(daemon, "key/gen", "a").getFirst())
                    .matches("\\{\"Name\":\"a\",\"Id\":\"k51\\w+\"}");
            assertThat(ask(daemon, "key/rename", "a", "b").getFirst())
                    .matches(
                            "\\{\"Was\":\"a\",\"Now\":\"b\",\"Id\":\"k51\\w+\",\"Overwrite\":false}");
            assertThat(ask(daemon, "key/list").getFirst())
                    .matches(
                            "\\{\"Keys\":\\[\\{\"Name\":\"self\",\"Id\":\"k51\\w+\"},"
                                    + "\\{\"Name\":\"b\",\"Id\":\"k51\\w+\"}]}");
            assertThat(ask(daemon, "key/rm", "b").getFirst())
                    .startsWith("{\"Keys\":[{\"Name\":\"b\"");
            assertThatThrownBy(() -> ask(daemon, "key/rm", "b"))
                    .hasMessage("no key named b was found");
            assertThatThrownBy(() -> ask(daemon, "bootstrap/add", "foo"))
                    .hasMessageContaining("invalid bootstrap address: foo");
        }
    }

    @Test
    void a_peer_that_is_not_there_is_named_with_what_was_tried() throws IOException {
        try (Daemon daemon = open(repo("one"))) {
            assertThatThrownBy(() -> ask(daemon, "swarm/connect", NOBODY))
                    .isInstanceOf(ApiException.class)
                    .hasMessageContainingAll("connect 12D3KooWDpJ7", "/ip4/127.0.0.1/tcp/1");
            assertThatThrownBy(() -> ask(daemon, "ping", ping(NOBODY)))
                    .isInstanceOf(ApiException.class)
                    .hasMessageContaining("ping failed");
            assertThatThrownBy(() -> ask(daemon, "swarm/connect", "foo"))
                    .hasMessage("failed to parse multiaddr \"foo\": must begin with /");
            assertThatThrownBy(() -> ask(daemon, "swarm/connect", "/ip4/127.0.0.1/tcp/1"))
                    .hasMessageContaining("names no peer");
            assertThatThrownBy(() -> ask(daemon, "id", "foo"))
                    .hasMessageContaining("invalid peer id \"foo\"");
            assertThatThrownBy(() -> ask(daemon, "ping", id(daemon)))
                    .hasMessageContaining("can't ping self");
        }
    }

    @Test
    void filters_hold_at_once_and_are_kept() throws IOException {
        Path repo = repo("one");
        String mask = "/ip4/127.0.0.0/ipcidr/8";
        try (Daemon daemon = open(repo)) {
            assertThat(ask(daemon, "swarm/filters")).containsExactly("{\"Strings\":null}");
            assertThat(ask(daemon, "swarm/filters/add", mask))
                    .containsExactly("{\"Strings\":[\"" + mask + "\"]}");
            assertThatThrownBy(() -> ask(daemon, "swarm/connect", NOBODY))
                    .isInstanceOf(ApiException.class)
                    .hasMessageNotContaining("refused:");
            assertThatThrownBy(() -> ask(daemon, "swarm/filters/add", "/ip4/10.0.0.0"))
                    .isInstanceOf(ApiException.class);
        }
        try (Daemon again = open(repo)) {
            assertThat(ask(again, "swarm/filters"))
                    .containsExactly("{\"Strings\":[\"" + mask + "\"]}");
            assertThat(ask(again, "swarm/filters/rm", "all"))
                    .containsExactly("{\"Strings\":[\"" + mask + "\"]}");
        }
    }

    @Test
    void rates_are_shown_and_set_while_it_runs() throws IOException {
        Path repo = repo("one");
        set(repo, "Limits.Download", "\"500KiB\"");
        try (Daemon daemon = open(repo)) {
            assertThat(ask(daemon, "limits", new Parameters().option("upload", "2MB")))
                    .containsExactly(
                            "{\"Upload\":2000000,\"Download\":512000,\"PeerUpload\":0,"
                                    + "\"PeerDownload\":0,\"Local\":false}");
            assertThat(daemon.network().host().bandwidth().rates().upload()).isEqualTo(2_000_000);
            assertThatThrownBy(() -> ask(daemon, "limits", new Parameters().option("upload", "x")))
                    .hasMessageContaining("takes bytes a second such as 2MB");
        }
    }

    @Test
    void kept_peers_are_added_listed_and_removed() throws IOException {
        try (Daemon daemon = open(repo("one"))) {
            String peer = NOBODY.substring(NOBODY.lastIndexOf('/') + 1);
            String done = "{\"ID\":\"" + peer + "\",\"Status\":\"success\"}";
            assertThat(ask(daemon, "swarm/peering/add", NOBODY)).containsExactly(done);
            assertThat(ask(daemon, "swarm/peering/ls"))
                    .containsExactly(
                            "{\"Peers\":[{\"ID\":\""
                                    + peer
                                    + "\",\"Addrs\":[\"/ip4/127.0.0.1/tcp/1\"]}]}");
            assertThat(ask(daemon, "swarm/peering/rm", peer)).containsExactly(done);
            assertThat(ask(daemon, "swarm/peering/ls")).containsExactly("{\"Peers\":[]}");
        }
    }

    @Test
    void a_repo_has_one_daemon_and_says_which() throws IOException {
        Path repo = repo("one");
        try (Daemon daemon = open(repo)) {
            assertThatThrownBy(() -> open(repo))
                    .isInstanceOf(RepoException.class)
                    .hasMessageContainingAll(
                            "has a daemon already: process " + ProcessHandle.current().pid(),
                            "cairn shutdown");
            assertThat(ask(daemon, "version").getFirst()).contains("\"Version\":\"1.2.3\"");
        }
        open(repo).close();
    }

    @Test
    void the_file_api_is_there_while_it_runs() throws IOException {
        Path repo = repo("one");
        Path file = new RepoDirectory(repo).apiFile().path();
        Files.writeString(file, "/ip4/127.0.0.1/tcp/1\n"); // a daemon that was killed
        try (Daemon daemon = open(repo)) {
            assertThat(file).hasContent(daemon.apiAddresses().getFirst() + "\n");
        }
        assertThat(file).doesNotExist();
    }

    @Test
    void a_client_can_end_it() throws Exception {
        try (Daemon daemon = open(repo("one"))) {
            assertThat(ask(daemon, "shutdown")).isEmpty();
            daemon.awaitEnd();
        }
    }

    @Test
    void taken_ports_move_on_and_are_told() throws IOException {
        try (Daemon first = open(repo("one"))) {
            Path repo = repo("two");
            String swarm = addresses(first).getFirst().toString();
            String api = first.apiAddresses().getFirst().toString();
            set(repo, "Addresses.Swarm", "[\"" + swarm + "\"]");
            set(repo, "Addresses.API", "[\"" + api + "\"]");
            try (Daemon second = open(repo)) {
                assertThat(second.network().host().movedPorts()).hasSize(1);
                assertThat(second.movedApis()).containsOnlyKeys(Multiaddr.parse(api));
            }
        }
    }

    @Test
    void an_api_beyond_this_machine_lets_nobody_in_from_there_unless_settings_say_who()
            throws IOException {
        Path repo = repo("one");
        set(repo, "Addresses.API", "[\"/ip4/0.0.0.0/tcp/0\"]");
        try (Daemon daemon = open(repo)) {
            assertThat(daemon.isApiOpen()).isTrue();
            assertThat(daemon.callers().isOpenBeyond()).isFalse();
        }
        set(repo, "API.TrustedNetworks", "[\"10.0.0.0/8\"]");
        try (Daemon daemon = open(repo)) {
            assertThat(daemon.callers().isOpenBeyond()).isTrue();
        }
        set(repo, "API.TrustedNetworks", "[\"everyone\"]");
        assertThatThrownBy(() -> open(repo))
                .isInstanceOf(RepoException.class)
                .hasMessageContainingAll("API.TrustedNetworks", "everyone");
    }

    @Test
    void the_secrets_of_its_clients_are_told_to_none_of_them() throws IOException {
        Path repo = repo("one");
        set(
                repo,
                "API.Authorizations",
                "{\"Ann\": {\"AuthSecret\": \"bearer:abc\", \"AllowedPaths\": [\"/api/v0\"]}}");
        set(repo, "API.TrustedNetworks", "[\"127.0.0.0/8\"]");
        try (Daemon daemon = open(repo);
                Answer shown = call(daemon, "config/show", new Parameters())) {
            assertThat(shown.object().compact()).contains("TrustedNetworks").doesNotContain("abc");
            for (String key :
                    List.of("API", "API.Authorizations", "API.Authorizations.Ann.AuthSecret"))
                assertThatThrownBy(
                                () ->
                                        call(
                                                daemon,
                                                "config",
                                                new Parameters().arguments(List.of(key))))
                        .hasMessageContaining("tells nobody who may call it");
        }
    }

    @Test
    void an_api_listens_at_ports_of_tcp_and_unix_sockets_alone() throws IOException {
        Path repo = repo("one");
        set(repo, "Addresses.API", "[\"/ip4/127.0.0.1/udp/1\"]");
        assertThatThrownBy(() -> open(repo))
                .isInstanceOf(RepoException.class)
                .hasMessageContainingAll("Addresses.API", "/unix/");
        String socket = "/unix" + repo.resolve("api.sock");
        set(repo, "Addresses.API", "[\"" + socket + "\"]");
        try (Daemon _ = open(repo)) {
            assertThat(repo.resolve("api")).hasContent(socket);
        }
    }

    @Test
    void a_private_network_goes_without_quic_and_can_be_demanded() throws IOException {
        Path repo = repo("one");
        assertThatThrownBy(() -> open(repo, true))
                .isInstanceOf(RepoException.class)
                .hasMessageContainingAll("LIBP2P_FORCE_PNET", "swarm.key");
        Path key = new RepoDirectory(repo).swarmKeyFile();
        Files.writeString(key, "/key/swarm/psk/1.0.0/\n/base16/\n" + "0a".repeat(32) + "\n");
        try (Daemon daemon = open(repo, true)) {
            assertThat(daemon.network().leftOut()).hasSize(1);
            assertThat(addresses(daemon)).hasSize(1);
        }
        Files.writeString(key, "something else");
        assertThatThrownBy(() -> open(repo))
                .isInstanceOf(RepoException.class)
                .hasMessageContaining("swarm key");
    }
}
