package cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BlockPutCommandTest {
    private static final byte[] HELLO = "hello\n".getBytes(StandardCharsets.UTF_8);

    @TempDir Path folder;

    /// CIDs by Kubo 0.43, `ipfs block put`.
    @ParameterizedTest
    @CsvSource({
        "blake3,-1,bafkr4ieojr6bxgo37viopkkrqx7k2xxbish2sbfc7xlxr2xv6ln72yu2te",
        "blake3,20,bafkr4feojr6bxgo37viopkkrqx7k2xxbish2sba",
        "blake3,33,bafkr4imojr6bxgo37viopkkrqx7k2xxbish2sbfc7xlxr2xv6ln72yu2tgca",
        "identity,3,bafkqabtimvwgy3yk",
        "sha1,-1,bafkrcfhvoljzn6xjebtcq4kpwlhab5zostzcldy",
        "keccak-256,-1,bafkrwia5mntaaiffwudc7m25t6bk7kavqfccfaoegnbxmovr2naotbq3vy",
        "dbl-sha2-256,-1,bafkvmihmwzn3td45sbnxarmjq3bz7s5no4k6l4x4yoy7a53h27ed4jbyzq"
    })
    void a_cid_is_that_of_kubo(String hash, int length, String cid) {
        Called put = put(HELLO, "--mhtype=" + hash, "--mhlen=" + length);

        assertThat(put.err()).doesNotContain("Error");
        assertThat(put.out()).isEqualTo(cid + "\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"block put", "dag put"})
    void at_the_watermark_garbage_is_collected_first(String line) {
        for (String setting :
                new String[] {"StorageMax 1MB", "StorageGCWatermark 1", "AutoGC true"})
            Called.with(repo(), ("config Datastore." + setting).split(" "));
        Called.with(repo(), new byte[] {1}, "add", "--pin=false", "--silent");
        String stamp = "last-collection";
        assertThat(repo().resolve(stamp)).exists();
        assertThat(repo().resolve(stamp).toFile().delete()).isTrue();
        String garbage = Called.with(repo(), "refs", "local").out();
        assertThat(garbage).isNotEmpty();

        byte[] json = "\"hello\"".getBytes(StandardCharsets.UTF_8);
        Called put = Called.with(repo(), json, line.split(" "));

        assertThat(put.outcome()).isEqualTo(Outcome.DONE);
        assertThat(Called.with(repo(), "refs", "local").out().lines())
                .hasSize(1)
                .doesNotContain(garbage.strip());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"murmur3-x64-64", "shake-128", "sha2-384", "blake2s-128", "md5", "nonsense"})
    void a_hash_that_peers_refuse_is_refused(String hash) {
        Called put = put(HELLO, "--mhtype=" + hash);

        assertThat(put.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(put.out()).isEmpty();
        assertThat(put.err()).contains("Error:", hash).doesNotContain("Cairn itself");
    }

    /// 128 bytes are the most that a digest may have.
    @Test
    void identity_takes_128_bytes_and_no_more() {
        assertThat(put(new byte[128], "--mhtype=identity").outcome()).isEqualTo(Outcome.DONE);
        assertThat(put(new byte[129], "--mhtype=identity").err())
                .contains("at most 128 bytes", "not 129")
                .doesNotContain("Cairn itself");
    }

    @Test
    void blocks_are_told_in_the_order_of_files_and_can_be_read() throws Exception {
        Path one = Files.writeString(folder.resolve("one"), "1");
        Path two = Files.writeString(folder.resolve("two"), "2");

        Called put = put(new byte[0], two.toString(), one.toString());
        String[] cids = put.out().split("\n");

        assertThat(cids).hasSize(2);
        assertThat(call("block", "get", cids[0]).out()).isEqualTo("2");
        assertThat(call("block", "get", cids[1]).out()).isEqualTo("1");
    }

    private Called put(byte[] in, String... words) {
        String[] all = new String[words.length + 2];
        all[0] = "block";
        all[1] = "put";
        System.arraycopy(words, 0, all, 2, words.length);
        return Called.with(repo(), in, all);
    }

    private Path repo() {
        return folder.resolve("repo");
    }

    private Called call(String... words) {
        return Called.with(repo(), words);
    }
}
