package cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import cairn.cli.console.Messages;
import cairn.cli.console.Output;
import cairn.cli.console.Surroundings;
import cairn.node.text.RawText;
import cairn.rpc.Daemon;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A command prints the same, whether it runs by itself or in the daemon of its repo; and a daemon
/// gets what isn't here from others.
final class DaemonCallTest {
    /// Of no block that is anywhere.
    private static final String NOWHERE =
            "bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy";

    @TempDir Path folder;
    private Path repo;
    private Path other;
    private String root;
    private String file;

    @BeforeEach
    void fill() throws IOException {
        repo = Daemons.repo(folder.resolve("one"));
        other = Daemons.repo(folder.resolve("two"));
        Path tree = Files.createDirectories(folder.resolve("tree/below"));
        Files.writeString(tree.resolve("small"), "a small file");
        byte[] large = new byte[5_000_000];
        IntStream.range(0, large.length).forEach(i -> large[i] = (byte) ((i * 31) >> 7));
        Files.write(tree.resolve("large"), large);
        for (Path each : List.of(repo, other))
            root = Called.with(each, "add", "-r", "-Q", tree.getParent().toString()).out().strip();
        file = Called.with(repo, "resolve", "/ipfs/" + root + "/below/small").out().strip();
    }

    private static Called call(Path repo, String words, String... last) {
        String[] all =
                Stream.concat(Stream.of(words.split(" ", -1)), Stream.of(last))
                        .toArray(String[]::new);
        return Called.with(repo, all);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ls ROOT",
                "ls --enc=json ROOT/below",
                "cat ROOT/below/small",
                "cat ROOT/below/large -o 4000000 -l 100",
                "cat ROOT/nothing",
                "cat",
                "cat --no-such-option ROOT",
                "refs -r -u ROOT",
                "refs --enc=json ROOT",
                "refs local",
                "resolve /ipfs/ROOT/below",
                "pin ls",
                "pin ls -t recursive --names",
                "pin ls --enc=json --stream",
                "pin ls NOWHERE",
                "pin verify --verbose",
                "pin add FILE",
                "pin add --name=x --enc=json FILE",
                "pin rm FILE",
                "pin update ROOT FILE",
                "dag get ROOT",
                "dag stat ROOT",
                "dag resolve ROOT/below",
                "dag export ROOT",
                "block stat ROOT",
                "block get ROOT",
                "block rm ROOT",
                "block rm NOWHERE",
                "repo gc",
                "repo verify",
                "--cid-base=base58btc pin ls -q",
                "not a command"
            })
    void a_command_prints_the_same_with_a_daemon_and_without(String line) throws IOException {
        String words = line.replace("ROOT", root).replace("FILE", file).replace("NOWHERE", NOWHERE);
        Called alone = call(other, words);
        try (Daemon _ = Daemons.open(repo)) {
            assertThat(call(repo, words)).isEqualTo(alone);
        }
        // What it changed is there without the daemon, too.
        assertThat(call(repo, "pin ls --enc=json")).isEqualTo(call(other, "pin ls --enc=json"));
    }

    /// The name is one byte that UTF-8 doesn't have.
    @Test
    @EnabledOnOs(OS.LINUX)
    void arguments_that_are_not_utf8_reach_the_daemon_as_they_are() throws IOException {
        String name = "\udcff%+ &";
        Path odd = Files.createDirectory(folder.resolve("odd"));
        Files.writeString(RawText.path(odd + "/" + name), "odd");
        String directory = "";
        for (Path each : List.of(repo, other))
            directory = Called.with(each, "add", "-r", "-Q", odd.toString()).out().strip();
        String path = "/ipfs/" + directory + "/" + name;
        List<Called> alone = new ArrayList<>();
        for (String words : List.of("cat", "resolve", "ls", "dag stat", "pin ls", "pin add"))
            alone.add(call(other, words, path));
        alone.add(call(other, "cat", path + "\udcfe"));
        assertThat(alone.getFirst().out()).isEqualTo("odd");
        try (Daemon _ = Daemons.open(repo)) {
            List<Called> served = new ArrayList<>();
            for (String words : List.of("cat", "resolve", "ls", "dag stat", "pin ls", "pin add"))
                served.add(call(repo, words, path));
            served.add(call(repo, "cat", path + "\udcfe"));
            assertThat(served).isEqualTo(alone);
        }
    }

    @Test
    void more_arguments_than_fit_into_a_request_reach_the_daemon() throws IOException {
        List<String> words = new ArrayList<>(List.of("pin", "add", "-r=false"));
        for (int i = 0; i < 10_000; i++) words.add("/ipfs/" + root + "/below/small");
        Called alone = Called.with(other, words.toArray(String[]::new));
        assertThat(alone.outcome()).isEqualTo(Outcome.DONE);
        try (Daemon _ = Daemons.open(repo)) {
            assertThat(Called.with(repo, words.toArray(String[]::new))).isEqualTo(alone);
        }
    }

    @Test
    void lines_of_standard_input_reach_the_daemon() throws IOException {
        String cids = call(repo, "refs -r -u", root).out();
        byte[] lines = cids.getBytes(StandardCharsets.UTF_8);
        try (Daemon _ = Daemons.open(repo)) {
            Called added = Called.with(repo, lines, "pin", "add", "-r=false");
            assertThat(added.err()).isEmpty();
            assertThat(added.out().lines()).hasSameSizeAs(cids.lines().toList());
            assertThat(call(repo, "pin ls -q -t direct").out().lines())
                    .containsExactlyInAnyOrderElementsOf(cids.lines().toList());
        }
    }

    @Test
    void what_isnt_here_comes_from_others() throws IOException {
        Path empty = Daemons.repo(folder.resolve("three"));
        try (Daemon source = Daemons.open(repo);
                Daemon daemon = Daemons.open(empty)) {
            assertThat(call(empty, "--offline cat", root + "/below/small").err())
                    .contains("(offline)");
            Daemons.connect(daemon, source);
            assertThat(call(empty, "cat", root + "/below/small").out()).isEqualTo("a small file");
            assertThat(call(empty, "pin add --name=kept", root).out())
                    .isEqualTo("pinned " + root + " recursively\n");
        }
        assertThat(call(empty, "pin verify --verbose"))
                .isEqualTo(call(repo, "pin verify --verbose"));
        assertThat(call(empty, "cat", root + "/below/large"))
                .isEqualTo(call(repo, "cat", root + "/below/large"));
    }

    @Test
    void get_writes_what_the_daemon_fetches() throws IOException {
        Path empty = Daemons.repo(folder.resolve("three"));
        Path target = folder.resolve("got");
        try (Daemon source = Daemons.open(repo);
                Daemon daemon = Daemons.open(empty)) {
            assertThat(call(empty, "--offline get", root).err()).contains("(offline)");
            Daemons.connect(daemon, source);
            String shown = "Saving file(s) to " + target + "\n";
            assertThat(call(empty, "get -o", target.toString(), root).out()).isEqualTo(shown);
        }
        assertSameTree(target);
        // The daemon kept it.
        assertThat(call(empty, "refs -r -u", root)).isEqualTo(call(repo, "refs -r -u", root));
    }

    @Test
    void get_takes_all_from_a_daemon_that_is_named() throws IOException {
        Path target = folder.resolve("got");
        try (Daemon daemon = Daemons.open(repo)) {
            String api = "--api=" + daemon.apiAddresses().getFirst();
            Path none = folder.resolve("none");
            assertThat(call(none, api + " get -o", target.toString(), root).err()).isEmpty();
            assertThat(call(none, api + " --timeout=1s get -o", target + "2", NOWHERE).err())
                    .contains(NOWHERE + " was not found");
        }
        assertSameTree(target);
    }

    private void assertSameTree(Path target) throws IOException {
        for (String name : List.of("below/small", "below/large"))
            assertThat(target.resolve(name)).hasSameBinaryContentAs(folder.resolve("tree/" + name));
    }

    @Test
    void what_is_nowhere_is_told_with_who_was_asked() throws IOException {
        try (Daemon daemon = Daemons.open(repo);
                Daemon asked = Daemons.open(other)) {
            Daemons.connect(daemon, asked);
            assertThat(call(repo, "--timeout=1s cat", NOWHERE).err())
                    .startsWith(
                            "Error: "
                                    + NOWHERE
                                    + " was not found: asked 1 peer for 1 s (1 without");
            assertThat(call(repo, "bitswap wantlist").out()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cat", "pin add", "ls", "dag stat", "get"})
    void a_search_tells_a_person_who_was_asked(String command) throws IOException {
        try (Daemon daemon = Daemons.open(repo);
                Daemon asked = Daemons.open(other)) {
            Daemons.connect(daemon, asked);
            ByteArrayOutputStream err = new ByteArrayOutputStream();
            Surroundings surroundings =
                    new Surroundings(
                            Map.of("CAIRN_PATH", repo.toString()),
                            InputStream.nullInputStream(),
                            false,
                            new Output(Channels.newChannel(new ByteArrayOutputStream()), false),
                            new Messages(err, true),
                            "cairn");
            List<String> words = new ArrayList<>(List.of("--timeout=2s"));
            words.addAll(List.of(command.split(" ", -1)));
            words.add(NOWHERE);
            assertThat(new Cli(surroundings).run(words)).isEqualTo(Outcome.FAILED);
            assertThat(err.toString(StandardCharsets.UTF_8))
                    .contains("looking for a block  asked 1 peer: 0 with some of it, 1 without")
                    .contains("was not found");
        }
    }

    @Test
    void a_daemon_that_is_named_runs_the_command() throws IOException {
        try (Daemon daemon = Daemons.open(repo)) {
            String api = "--api=" + daemon.apiAddresses().getFirst();
            assertThat(call(folder.resolve("none"), api + " cat", root + "/below/small").out())
                    .isEqualTo("a small file");
        }
        assertThat(folder.resolve("none")).doesNotExist();
    }

    @Test
    void a_daemon_that_was_killed_is_no_hindrance() throws IOException {
        Files.writeString(repo.resolve("api"), "/ip4/127.0.0.1/tcp/1\n");
        assertThat(call(repo, "cat", root + "/below/small").out()).isEqualTo("a small file");
    }
}
