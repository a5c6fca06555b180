package cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cairn.cli.Launcher.Ended;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The program as a user runs it. The CIDs and lines are Kubo's (`testdata/kubo/outputs`).
final class LauncherIT {
    private static final String HELLO =
            "bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e";
    private static final String TREE =
            "bafybeihqzdohwjzrwhtltqlwcn3cgprwiojypyz6ghxnnlgm3lchn4jcme";
    private static final String ABSENT =
            "bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy";

    @TempDir Path folder;
    private Launcher cairn;

    @BeforeEach
    void launcher() {
        cairn = Launcher.in(folder);
    }

    private void hello() throws Exception {
        Files.writeString(folder.resolve("hello"), "hello world");
    }

    private void tree() throws Exception {
        Path tree =
                Files.createDirectories(folder.resolve("tree/sub/deeper")).getParent().getParent();
        Files.createDirectory(tree.resolve("nothing"));
        Files.writeString(tree.resolve("one.txt"), "one\n");
        Files.writeString(tree.resolve("sub/two.txt"), "two\n");
        Files.writeString(tree.resolve("sub/deeper/three.txt"), "three\n");
        Files.createSymbolicLink(tree.resolve("dangling"), Path.of("missing"));
        Files.createSymbolicLink(tree.resolve("link"), Path.of("one.txt"));
    }

    @Test
    void the_first_use_makes_the_repo_and_says_so_once() throws Exception {
        hello();
        Ended first = cairn.run("add", "hello");
        assertThat(first.out()).isEqualTo("added " + HELLO + " hello\n");
        assertThat(first.err()).isEqualTo("cairn: made a new repo at " + cairn.repo() + "\n");
        assertThat(first.exitCode()).isZero();
        Ended second = cairn.run("add", "-Q", "hello");
        assertThat(second).isEqualTo(new Ended(0, HELLO + "\n", ""));
    }

    @Test
    void a_tree_is_added_listed_and_got_as_kubo_does() throws Exception {
        tree();
        Ended added = cairn.run("add", "-r", "tree");
        assertThat(added.out())
                .isEqualTo(
                        """
                        added bafybeihja2huiel7ibgp6zmdbluoti4z5pn2pnx3mxmr34enmvtofxiegi tree/dangling
                        added bafybeiglfzbyd6m2wch4rzuehfiytnzgnmxpixrdws7x7chmcsoj5ept4i tree/link
                        added bafkreibmrmenuxhgaomod4m26ds5ztdujxzhjobgvpsyl2v2ndcskq2iay tree/one.txt
                        added bafkreihwsnuregceqh263vgdathcprnbvatyat6h6mu7ipjhhodcdbyhoy tree/sub/deeper/three.txt
                        added bafkreibh3whnisud76knkv7z7ucbf3k2rs6knhvajernrdabdbfaomakli tree/sub/two.txt
                        added bafybeiczsscdsbs7ffqz55asqdf3smv6klcw3gofszvwlyarci47bgf354 tree/nothing
                        added bafybeif5jlx4q4l4jnx5izxmzjwrjyo2fyxhdjvpfjbfmlmzhzs5c3xsha tree/sub/deeper
                        added bafybeibul4rkookhl2j2aqnhkw3v3opfzlqs3tyo6ycqu5l63lsen6aule tree/sub
                        added bafybeihqzdohwjzrwhtltqlwcn3cgprwiojypyz6ghxnnlgm3lchn4jcme tree
                        """);
        assertThat(cairn.run("ls", TREE).out())
                .isEqualTo(
                        """
                        bafybeihja2huiel7ibgp6zmdbluoti4z5pn2pnx3mxmr34enmvtofxiegi 7 dangling
                        bafybeiglfzbyd6m2wch4rzuehfiytnzgnmxpixrdws7x7chmcsoj5ept4i 7 link
                        bafybeiczsscdsbs7ffqz55asqdf3smv6klcw3gofszvwlyarci47bgf354 - nothing/
                        bafkreibmrmenuxhgaomod4m26ds5ztdujxzhjobgvpsyl2v2ndcskq2iay 4 one.txt
                        bafybeibul4rkookhl2j2aqnhkw3v3opfzlqs3tyo6ycqu5l63lsen6aule - sub/
                        """);
        assertThat(cairn.run("get", TREE, "-o", "copy").out())
                .isEqualTo("Saving file(s) to copy\n");
        assertThat(Launcher.await(cairn.shell("diff -r --no-dereference tree copy")))
                .isEqualTo(new Ended(0, "", ""));
        assertThat(cairn.run("pin", "ls", "--type=recursive").out())
                .isEqualTo(TREE + " recursive\n");
    }

    @Test
    void json_has_the_shapes_of_kubos_api() throws Exception {
        hello();
        assertThat(cairn.run("--enc=json", "add", "hello").out())
                .isEqualTo("{\"Name\":\"hello\",\"Hash\":\"" + HELLO + "\",\"Size\":\"11\"}\n");
        assertThat(cairn.run("--enc=json", "pin", "ls").out())
                .isEqualTo(
                        "{\"Keys\":{\"" + HELLO + "\":{\"Type\":\"recursive\",\"Name\":\"\"}}}\n");
    }

    @Test
    void progress_as_json_is_lines_of_a_name_and_bytes() throws Exception {
        Files.write(folder.resolve("zeros"), new byte[3_000_000]);
        assertThat(cairn.run("--enc=json", "add", "--progress", "zeros").out())
                .startsWith("{\"Name\":\"zeros\",\"Bytes\":1048576}\n");
    }

    @Test
    void modes_as_json_are_those_of_go() throws Exception {
        tree();
        String root = cairn.run("add", "-r", "-Q", "--mode=0755", "tree").out().strip();
        assertThat(cairn.run("--enc=json", "ls", root).out())
                .contains("\"Type\":1,\"Target\":\"\",\"Mode\":2147484141");
    }

    @Test
    void two_gets_of_one_root_to_one_target_leave_it_whole() throws Exception {
        byte[] bytes = new byte[5_000_000];
        new Random(1).nextBytes(bytes);
        Files.write(folder.resolve("big"), bytes);
        String root = cairn.run("add", "-Q", "big").out().strip();
        Process first = cairn.command("get", root, "-o", "copy").start();
        Ended second = cairn.run("get", root, "-o", "copy");
        assertThat(Launcher.await(first).exitCode() * second.exitCode()).isZero();
        if (second.exitCode() != 0) assertThat(second.err()).contains("another run is writing");
        assertThat(folder.resolve("copy")).hasBinaryContent(bytes);
        try (var left = Files.newDirectoryStream(folder, ".copy*")) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void errors_say_what_is_wrong_and_end_with_1() throws Exception {
        assertFails("unknown command \"ad\"; did you mean \"cairn add\"?", "ad");
        assertFails("unknown option \"--nosuch\"", "add", "--nosuch");
        assertFails("no such file or directory", "add", "nosuch");
        assertFails("position 5", "cat", "bafy0");
        assertFails(ABSENT, "cat", ABSENT);
        assertFails("not pinned", "pin", "rm", ABSENT);
        Files.writeString(cairn.repo().resolve("version"), "99\n");
        assertFails("newer Cairn", "ls", ABSENT);
    }

    private void assertFails(String message, String... words) throws Exception {
        Ended ended = cairn.run(words);
        assertThat(ended.err()).contains(message).contains("Error: ").doesNotContain("\tat ");
        assertThat(ended.exitCode()).isOne();
        assertThat(ended.out()).isEmpty();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void names_that_are_not_utf8_go_in_and_come_back_under_lang_c() throws Exception {
        Ended ended =
                Launcher.await(
                        cairn.shell(
                                """
                                name=$(printf 'b\\303\\374d')
                                mkdir dir && echo one > "$name" && echo two > "dir/$name"
                                "$cairn" add -q "$name" > alone || exit 2
                                root=$("$cairn" add -r -Q dir) || exit 3
                                "$cairn" cat "$root/$name" || exit 4
                                "$cairn" get -o copy "$root" > /dev/null && cat "copy/$name"
                                """));
        assertThat(ended.out()).isEqualTo("two\ntwo\n");
        assertThat(ended.exitCode()).isZero();
    }

    @Test
    void works_through_a_symlink_from_any_folder() throws Exception {
        Files.createSymbolicLink(folder.resolve("c"), cairn.script());
        Ended ended = Launcher.await(cairn.shell("mkdir x && cd x && ../c version"));
        assertThat(ended.out()).startsWith("cairn version ");
        assertThat(ended.err()).isEmpty();
    }

    @Test
    void a_reader_that_has_enough_ends_it_quietly() throws Exception {
        Files.write(folder.resolve("big"), new byte[5_000_000]);
        Ended ended =
                Launcher.await(
                        cairn.shell(
                                "\"$cairn\" cat $(\"$cairn\" add -Q big 2>/dev/null) | head -c 1 | wc -c"));
        assertThat(ended.out().strip()).isEqualTo("1");
        assertThat(ended.err()).isEmpty();
    }

    @Test
    void an_interrupt_ends_it_with_130_and_no_trace() throws Exception {
        cairn.run("init");
        Process adding = cairn.command("add").start();
        awaitLock(adding);
        new ProcessBuilder("kill", "-INT", Long.toString(adding.pid())).start().waitFor();
        Ended ended = Launcher.await(adding);
        assertThat(ended).isEqualTo(new Ended(130, "", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--enc json", "--enc=json", "--repo-dir other -D", "--repo-dir=other"})
    void a_daemon_has_its_own_heap_whatever_stands_before_its_name(String before) throws Exception {
        List<String> words = new ArrayList<>(List.of(before.split(" ")));
        words.addAll(List.of("daemon", "--api=/ip4/127.0.0.1/tcp/1"));
        Process daemon = cairn.command(words.toArray(String[]::new)).start();
        try {
            await().until(() -> commandLine(daemon).contains("cairn.cli.Main"));
            assertThat(commandLine(daemon)).contains("daemon.args");
        } finally {
            daemon.destroyForcibly().waitFor();
        }
    }

    private static String commandLine(Process process) {
        return process.info().commandLine().orElse("");
    }

    @Test
    void a_second_writer_waits_and_then_gives_up() throws Exception {
        hello();
        cairn.run("init");
        Process first = cairn.command("add").start();
        awaitLock(first);
        Ended second = cairn.run("--timeout=100ms", "add", "hello");
        assertThat(second.err()).contains("process " + first.pid()).contains("--timeout");
        assertThat(second.exitCode()).isOne();
        assertThat(cairn.run("pin", "ls")).isEqualTo(new Ended(0, "", ""));
        first.getOutputStream().close();
        assertThat(Launcher.await(first).exitCode()).isZero();
    }

    /// Waits until a process that reads standard input has the repo's lock.
    private void awaitLock(Process process) throws Exception {
        Path lock = cairn.repo().resolve("repo.lock");
        String owner = "process " + process.pid();
        for (int i = 0; i < 600 && !Files.readString(lock).startsWith(owner); i++)
            process.waitFor(50, TimeUnit.MILLISECONDS);
        assertThat(Files.readString(lock)).startsWith(owner);
    }

    @Test
    void what_was_acknowledged_outlives_kill_9_at_any_moment() throws Exception {
        Random random = new Random(1);
        Set<String> roots = new HashSet<>();
        for (int round = 0; round < 8; round++) {
            for (int i = 0; i < 20; i++) {
                byte[] bytes = new byte[random.nextInt(300_000)];
                random.nextBytes(bytes);
                Files.write(folder.resolve("file" + i), bytes);
            }
            Process adding =
                    cairn.shell("for i in 0 1 2 3 4 5 6 7 8 9; do \"$cairn\" add -Q file$i; done")
                            .start();
            adding.waitFor(300 + random.nextInt(1500), TimeUnit.MILLISECONDS);
            List<ProcessHandle> family = adding.descendants().toList();
            adding.toHandle().destroyForcibly(); // the process itself would close its output too
            family.forEach(ProcessHandle::destroyForcibly);
            Launcher.await(adding).out().lines().forEach(roots::add);
        }
        for (String root : roots) {
            Ended cat =
                    Launcher.await(
                            cairn.shell(
                                    "\"$cairn\" refs -r "
                                            + root
                                            + " && \"$cairn\" cat "
                                            + root
                                            + " > /dev/null"));
            assertThat(cat.err()).isEmpty();
            assertThat(cat.exitCode()).isZero();
        }
        assertThat(cairn.run("pin", "ls", "-q", "-t", "recursive").out().lines())
                .containsAll(roots);
    }
}
