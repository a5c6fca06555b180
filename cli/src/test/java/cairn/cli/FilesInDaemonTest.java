package cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import cairn.rpc.Daemon;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A command that takes files prints the same whether a daemon runs or not, and keeps the same.
final class FilesInDaemonTest {
    private static final byte[] INPUT = "{\"a\": 1}\n".getBytes(StandardCharsets.UTF_8);

    @TempDir static Path folder;
    private static Daemon daemon;

    @BeforeAll
    static void start() throws IOException {
        makeTree(Files.createDirectory(folder.resolve("tree")));
        daemon = Daemons.open(Daemons.repo(folder.resolve("served")));
        assertThat(Called.with(folder.resolve("alone"), "init").outcome()).isEqualTo(Outcome.DONE);
    }

    @AfterAll
    static void stop() throws IOException {
        daemon.close();
    }

    private static void makeTree(Path tree) throws IOException {
        Files.createDirectories(tree.resolve("a/b"));
        Files.createDirectory(tree.resolve("empty"));
        Files.writeString(tree.resolve("a/one"), "one\n");
        Files.writeString(tree.resolve("a/b/two words+100%"), "two\n");
        Files.writeString(tree.resolve("a/b/\"ä\\"), "three\n");
        Files.writeString(tree.resolve("a/skip.log"), "log\n");
        Files.writeString(tree.resolve(".hidden"), "hidden\n");
        Files.writeString(tree.resolve("rules"), "*.log\n");
        Files.write(tree.resolve("large"), bytes(3_000_000));
        Files.write(tree.resolve("nothing"), new byte[0]);
        Files.createSymbolicLink(tree.resolve("a/link"), Path.of("one"));
        Files.setPosixFilePermissions(
                tree.resolve("a/one"), PosixFilePermissions.fromString("rwxr-x--x"));
        Files.setLastModifiedTime(tree.resolve("a/one"), FileTime.fromMillis(1_234_567_891_234L));
        Files.setLastModifiedTime(tree.resolve("a/b"), FileTime.fromMillis(-1));
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) bytes[i] = (byte) ((i * 31) >> 3);
        return bytes;
    }

    /// The words with the paths of the tree in them.
    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        for (String word : line.split(" ", -1))
            words.add(word.replace("tree", folder.resolve("tree").toString()));
        return words;
    }

    private static Called call(String repo, byte[] in, String line) {
        return Called.with(folder.resolve(repo), in, words(line), StandardCharsets.UTF_8);
    }

    private static Called same(String line) {
        Called served = call("served", INPUT, line);
        assertThat(served).isEqualTo(call("alone", INPUT, line));
        return served;
    }

    private static void samePins() {
        same("pin ls --names");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "add tree/a/one",
                "add tree/large",
                "add tree/nothing",
                "add tree/a/link",
                "add -r tree",
                "add -r tree/empty",
                "add -rQ tree",
                "add -rq tree/a tree/large tree/a/one",
                "add -rw tree/a tree/large",
                "add -rw --empty-dirs=false tree",
                "add -rw --empty-dirs=false tree/empty tree/a/one",
                "add -r -H tree",
                "add -r --ignore=*.log --ignore=b tree",
                "add -r --ignore-rules-path=tree/rules tree",
                "add -r --dereference-symlinks tree",
                "add --dereference-args tree/a/link",
                "add -r --preserve-mode --preserve-mtime tree",
                "add -r --mode=0600 --mtime=5 --mtime-nsecs=7 tree",
                "add -r --profile=unixfs-v0-2015 tree",
                "add -r --chunker=size-1000 --max-file-links=3 -t tree",
                "add -r --max-directory-links=2 --max-hamt-fanout=8 tree",
                "add -r --inline --hash=blake3 tree",
                "add",
                "add -",
                "add --stdin-name=date -w",
                "add -w - tree/a/one",
                "add -n -r tree",
                "add --silent tree/a/one",
                "add --pin-name=holiday tree/a/one",
                "add --pin=false tree/a/b -r",
                "add -r tree/a/one tree/a/b/../one tree/a --pin-name=",
                "add -r tree --enc=json",
                "add -rp tree/large --enc=json",
                "add -rwp tree/large tree/a --enc=json",
                "add --cid-base=base36 tree/a/one",
                "block put",
                "block put tree/a/one tree/nothing --cid-codec=raw --mhtype=sha2-512",
                "block put tree/a/one --enc=json --pin",
                "dag put",
                "dag put - --enc=json",
                "dag put tree/a/one --input-codec=raw --store-codec=raw --pin"
            })
    void it_prints_the_same(String line) {
        Called served = same(line);
        assertThat(served.err()).isEmpty();
        assertThat(served.outcome()).isEqualTo(Outcome.DONE);
        samePins();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "add tree/missing",
                "add tree",
                "add -r tree/a tree/missing tree/none",
                "add --ignore-rules-path=tree/missing -r tree",
                "add --chunker=size-0 tree/a/one",
                "add --cid-version=0 --hash=blake3 tree/a/one",
                "add --pin=false --pin-name=x tree/a/one",
                "add --profile=none tree/a/one",
                "block put tree/missing",
                "block put tree/a/one tree/a",
                "block put tree/large",
                "block put --mhtype=none",
                "dag put tree/a/one",
                "dag put tree/missing",
                "dag put tree/a",
                "dag put --store-codec=none",
                "dag import tree/a/one",
                "dag import",
                "dag import tree/missing",
                "dag import --local-only --pin-roots tree/a/one"
            })
    void it_fails_with_the_same_words(String line) {
        Called served = same(line);
        assertThat(served.err()).startsWith("Error: ");
        assertThat(served.outcome()).isEqualTo(Outcome.FAILED);
        samePins();
    }

    @Test
    void one_file_under_two_names_is_told_before_anything_is_sent() throws IOException {
        Path other = Files.createDirectories(folder.resolve("other"));
        Files.writeString(other.resolve("one"), "other\n");
        Called served = same("add tree/a/one " + other.resolve("one"));
        assertThat(served.err()).contains("is that of two different sources");
    }

    @Test
    void an_archive_is_imported_alike() throws IOException {
        String cid = call("alone", INPUT, "add -rQ tree/a").out().strip();
        Called exported =
                Called.with(
                        folder.resolve("alone"),
                        INPUT,
                        words("dag export " + cid),
                        StandardCharsets.ISO_8859_1);
        assertThat(exported.outcome()).isEqualTo(Outcome.DONE);
        byte[] archive = exported.out().getBytes(StandardCharsets.ISO_8859_1);
        Path whole = Files.write(folder.resolve("whole.car"), archive);
        Path cut =
                Files.write(folder.resolve("cut.car"), Arrays.copyOf(archive, archive.length - 9));
        assertThat(same("dag import " + whole).out())
                .isEqualTo("Pinned root\t" + cid + "\tsuccess\n");
        for (String options : List.of("--stats", "--enc=json --stats", "--pin-roots=false"))
            same("dag import " + options + " " + whole + " " + whole);
        assertThat(same("dag import " + cut).outcome()).isEqualTo(Outcome.FAILED);
        Called served = call("served", archive, "dag import");
        assertThat(served).isEqualTo(call("alone", archive, "dag import"));
        samePins();
    }

    @Test
    void what_is_no_file_fails_with_the_same_words() throws IOException {
        Path socket = folder.resolve("tree/a/b/socket");
        try (ServerSocketChannel open = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            open.bind(UnixDomainSocketAddress.of(socket));
            for (String options : List.of("-r", "-rw", "-rQ --enc=json", "-rn"))
                assertThat(same("add " + options + " tree tree/a/b/socket").err())
                        .contains("2 entries couldn't be added", "neither a file");
            samePins();
        } finally {
            Files.delete(socket);
        }
    }

    @Test
    void what_cannot_be_read_fails_with_the_same_words() throws IOException {
        Path locked = folder.resolve("tree/a/locked");
        Files.writeString(locked, "x");
        try {
            Files.setPosixFilePermissions(locked, Set.of());
            Assumptions.assumeFalse(Files.isReadable(locked), "run by one who may read all");
            assertThat(same("add -r tree").err()).contains("locked: permission denied");
            assertThat(same("block put tree/a/locked").err()).contains("no permission");
            samePins();
        } finally {
            Files.delete(locked);
        }
    }
}
