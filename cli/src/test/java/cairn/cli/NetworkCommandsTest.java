package cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import cairn.multiformats.multiaddr.Multiaddr;
import cairn.rpc.Daemon;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The commands about the network, in Kubo's words, with a daemon and without.
final class NetworkCommandsTest {
    private static final String PEER = "12D3KooWDpJ7As7BWAwRMfu1VU2WCqNjvq387JEYKDBj4kx6nXTN";
    private static final String NOBODY = "/ip4/127.0.0.1/tcp/1/p2p/" + PEER;

    @TempDir Path folder;

    private Path repo(String name) throws IOException {
        return Daemons.repo(folder.resolve(name));
    }

    private static Daemon daemon(Path repo) throws IOException {
        return Daemons.open(repo);
    }

    private static String out(Path repo, String... words) {
        Called called = Called.with(repo, words);
        assertThat(called.err()).isEmpty();
        assertThat(called.outcome()).isEqualTo(Outcome.DONE);
        return called.out();
    }

    private static String failure(Path repo, String... words) {
        Called called = Called.with(repo, words);
        assertThat(called.outcome()).isEqualTo(Outcome.FAILED);
        return called.err();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "swarm peers",
                "swarm addrs",
                "swarm resources",
                "swarm connect " + NOBODY,
                "ping " + PEER,
                "id " + PEER,
                "limits",
                "shutdown"
            })
    void without_a_daemon_a_command_says_what_it_needs(String words) throws IOException {
        Path repo = repo("one");
        String needed = "Error: this command needs a running daemon: cairn daemon\n";
        assertThat(failure(repo, words.split(" ", -1))).isEqualTo(needed);
        // A daemon that was killed leaves its address behind.
        Files.writeString(repo.resolve("api"), "/ip4/127.0.0.1/tcp/1\n");
        assertThat(failure(repo, words.split(" ", -1))).isEqualTo(needed);
    }

    @Test
    void a_daemon_that_is_named_must_be_there() throws IOException {
        Path repo = repo("one");
        assertThat(failure(repo, "--api=/ip4/127.0.0.1/tcp/1", "swarm", "peers"))
                .contains("(none answers at /ip4/127.0.0.1/tcp/1)");
        assertThat(failure(repo, "--api=nowhere", "swarm", "peers"))
                .contains("\"nowhere\" is no address of a control API");
    }

    @Test
    void id_tells_the_repos_own_without_a_daemon() throws IOException {
        Path repo = repo("one");
        String id = out(repo, "id", "-f", "<id>");
        assertThat(id).startsWith("12D3KooW");
        assertThat(out(repo, "id"))
                .startsWith("{\n\t\"ID\": \"" + id + "\",\n\t\"PublicKey\": \"CAES")
                .contains("\"Addresses\": null");
        assertThat(out(repo, "id", "-f", "<id>\\n", "--peerid-base=base36"))
                .matches("k51qzi5uqu5d\\w+\n");
        assertThat(failure(repo, "id", "--peerid-base=base1")).contains("unsupported multibase");
    }

    @Test
    void commands_print_what_kubos_print() throws IOException {
        Path repo = repo("one");
        try (Daemon daemon = daemon(repo);
                Daemon other = daemon(repo("two"))) {
            String self = daemon.network().host().id().toString();
            String id = other.network().host().id().toString();
            Multiaddr listens = daemon.network().host().listenAddresses().getFirst();
            Multiaddr at = other.network().host().listenAddresses().getFirst();
            String address = at + "/p2p/" + id;
            assertThat(out(repo, "swarm", "connect", address))
                    .isEqualTo("connect " + id + " success\n");
            assertThat(out(repo, "swarm", "peers")).isEqualTo(address + "\n");
            assertThat(out(repo, "swarm", "peers", "--direction"))
                    .isEqualTo(address + " outbound\n");
            assertThat(out(repo, "ping", "-n", "1", id))
                    .matches(
                            "PING "
                                    + id
                                    + "\\.\nPong received: time=[\\d.]+ ms\nAverage latency:"
                                    + " [\\d.]+ms\n");
            assertThat(out(repo, "swarm", "addrs", "listen")).isEqualTo(listens + "\n");
            assertThat(out(repo, "swarm", "addrs", "local", "--id"))
                    .isEqualTo(listens + "/p2p/" + self + "\n");
            assertThat(out(repo, "swarm", "addrs")).contains(self + " (1)\n\t" + listens + "\n");
            assertThat(out(repo, "id", "-f", "<aver> <addrs>", id))
                    .isEqualTo("cairn/1.2.3 " + address);
            assertThat(out(repo, "swarm", "disconnect", "/p2p/" + id))
                    .isEqualTo("disconnect " + id + " success\n");
            assertThat(out(repo, "swarm", "disconnect", address))
                    .isEqualTo("disconnect " + id + " failure: conn not found\n");
            assertThat(out(repo, "--enc=json", "swarm", "peers")).isEqualTo("{\"Peers\":null}\n");
        }
    }

    @Test
    void lists_that_are_changed_while_it_runs_print_what_was_done() throws IOException {
        Path repo = repo("one");
        try (Daemon daemon = daemon(repo)) {
            String mask = "/ip4/10.0.0.0/ipcidr/8";
            assertThat(out(repo, "swarm", "filters", "add", mask)).isEqualTo(mask + "\n");
            assertThat(out(repo, "swarm", "filters")).isEqualTo(mask + "\n");
            assertThat(out(repo, "swarm", "filters", "rm", "all")).isEqualTo(mask + "\n");
            assertThat(out(repo, "swarm", "peering", "add", NOBODY))
                    .isEqualTo("add " + PEER + " success\n");
            assertThat(out(repo, "swarm", "peering", "ls"))
                    .isEqualTo(PEER + "\n\t/ip4/127.0.0.1/tcp/1\n");
            assertThat(out(repo, "swarm", "peering", "rm", PEER))
                    .isEqualTo("remove " + PEER + " success\n");
            assertThat(out(repo, "limits", "--upload=2MB", "--local"))
                    .isEqualTo(
                            """
                            Upload: 2.0 MB/s
                            Download: no limit
                            PeerUpload: no limit
                            PeerDownload: no limit
                            Local: true
                            """);
            assertThat(out(repo, "stats", "bw")).startsWith("Bandwidth\nTotalIn: 0 B\n");
            assertThat(out(repo, "swarm", "resources"))
                    .startsWith("Scope\t\t\t\t\tLimit Name\t\tLimit Value\t\t")
                    .containsPattern("\nsystem\t{5}Conns\t{3}\\d+\t{3}0\t{3}0%\t{3}\n");
            assertThat(out(repo, "--api=" + daemon.apiAddresses().getFirst(), "shutdown"))
                    .isEmpty();
        }
    }

    @Test
    void a_peer_that_cannot_be_reached_is_one_error_with_what_was_tried() throws IOException {
        Path repo = repo("one");
        try (Daemon daemon = daemon(repo)) {
            assertThat(daemon.apiAddresses()).hasSize(1);
            assertThat(failure(repo, "swarm", "connect", NOBODY))
                    .startsWith("Error: connect " + PEER + " failure: failed to dial " + PEER)
                    .contains("\n  * [/ip4/127.0.0.1/tcp/1]");
            Called ping = Called.with(repo, "ping", PEER);
            assertThat(ping.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(ping.out()).startsWith("PING " + PEER + ".\nPing error: failed to dial");
            assertThat(ping.err()).startsWith("Error: ping failed");
        }
    }

    @Test
    void a_peer_without_addresses_was_not_asked() throws IOException {
        Path repo = repo("one");
        try (Daemon daemon = daemon(repo)) {
            assertThat(daemon.apiAddresses()).hasSize(1);
            assertThat(failure(repo, "ping", "-n", "2", PEER))
                    .isEqualTo("Error: ping failed: no connection to " + PEER + "\n");
        }
        assertThat(failure(repo, "--api=127.0.0.1:5601", "id"))
                .contains("/ip4/127.0.0.1/tcp/5001 or http://127.0.0.1:5001");
    }

    @Test
    void the_bootstrap_list_is_a_setting() throws IOException {
        Path repo = repo("one");
        assertThat(out(repo, "bootstrap", "list")).isEmpty();
        assertThat(out(repo, "bootstrap", "add", NOBODY)).isEqualTo("added " + NOBODY + "\n");
        assertThat(out(repo, "bootstrap", "list")).isEqualTo(NOBODY + "\n");
        assertThat(out(repo, "--enc=json", "bootstrap", "list"))
                .isEqualTo("{\"Peers\":[\"" + NOBODY + "\"]}\n");
        assertThat(failure(repo, "bootstrap", "add", "/ip4/1.2.3.4/tcp/1"))
                .contains("invalid bootstrap address: /ip4/1.2.3.4/tcp/1");
        assertThat(out(repo, "bootstrap", "rm", "--all")).isEqualTo("removed " + NOBODY + "\n");
        assertThat(out(repo, "bootstrap", "list")).isEmpty();
        assertThat(out(folder.resolve("none"), "bootstrap", "list"))
                .contains("bootstrap.libp2p.io");
    }

    @Test
    void the_public_peers_and_all_peers_have_words_and_a_short_way() throws IOException {
        Path repo = repo("one");
        assertThat(out(repo, "--enc=json", "bootstrap", "list")).isEqualTo("{\"Peers\":null}\n");
        assertThat(out(repo, "bootstrap", "add", "default")).isEqualTo("added auto\n");
        assertThat(out(repo, "bootstrap", "add", "--default")).isEqualTo("added auto\n");
        assertThat(out(repo, "bootstrap")).isEqualTo("auto\n");
        assertThat(out(repo, "bootstrap", "rm", "all")).isEqualTo("removed auto\n");
        assertThat(out(repo, "--enc=json", "bootstrap", "rm", "--all"))
                .isEqualTo("{\"Peers\":[]}\n");
        assertThat(failure(repo, "bootstrap", "add")).contains("name the peers to add");
    }

    @Test
    void an_identity_is_not_changed_under_a_daemon() throws IOException {
        Path repo = repo("one");
        try (Daemon daemon = daemon(repo)) {
            assertThat(failure(repo, "key", "rotate", "-o", "before"))
                    .contains(
                            "process " + ProcessHandle.current().pid(),
                            "End it with \"cairn shutdown\"");
            assertThat(out(repo, "key", "gen", "blog")).startsWith("k51");
            assertThat(out(repo, "key", "list")).isEqualTo("self\nblog\n");
            assertThat(out(repo, "id", "-f", "<id>"))
                    .startsWith(daemon.network().host().id().toString());
        }
        assertThat(out(repo, "key", "rotate", "-o", "before")).startsWith("peer identity: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"Swarm\":7}", "{\"Swarm\":{\"DisableBandwidthMetrics\":\"x\"}}"})
    void a_daemon_starts_with_no_wrong_setting(String config) throws IOException {
        Path repo = repo("one");
        Files.writeString(repo.resolve("config"), config);
        assertThat(failure(repo, "daemon")).contains("wrong settings in", "the setting Swarm");
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void whom_a_node_met_is_its_owners_business() throws IOException {
        Path repo = repo("one");
        daemon(repo).close();
        assertThat(Files.getPosixFilePermissions(repo.resolve("peers")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void the_daemon_says_where_it_listens_and_ends_when_told() throws Exception {
        Path repo = repo("one");
        List<Called> called = new CopyOnWriteArrayList<>();
        Thread daemon = Thread.ofPlatform().start(() -> called.add(Called.with(repo, "daemon")));
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> Files.exists(repo.resolve("api")));
        assertThat(out(repo, "shutdown")).isEmpty();
        daemon.join();
        assertThat(called.getFirst().outcome()).isEqualTo(Outcome.DONE);
        assertThat(called.getFirst().out())
                .containsSubsequence(
                        "Swarm listening on /ip4/127.0.0.1/tcp/",
                        "RPC API server listening on /ip4/127.0.0.1/tcp/",
                        "Daemon is ready\n");
        assertThat(repo.resolve("api")).doesNotExist();
    }
}
