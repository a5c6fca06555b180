package cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepoGcCommandTest {
    /// The raw CID of "hi\n", by Kubo 0.43, `ipfs add --pin=false --raw-leaves`.
    private static final String HI = "bafkreiey5jxe6ilpf62lnh77tm5ejbbmhbugzjuf6p2v3remlu73ced34q";

    @TempDir Path folder;

    private Called call(String... words) {
        return Called.with(folder.resolve("repo"), words);
    }

    private void putGarbage() {
        byte[] hi = "hi\n".getBytes(StandardCharsets.UTF_8);
        assertThat(Called.with(folder.resolve("repo"), hi, "block", "put").out())
                .isEqualTo(HI + "\n");
    }

    @Test
    void what_goes_is_printed_in_kubos_forms() {
        putGarbage();
        assertThat(call("repo", "gc").out()).isEqualTo("removed " + HI + "\n");
        putGarbage();
        assertThat(call("repo", "gc", "-q").out()).isEqualTo(HI + "\n");
        putGarbage();
        assertThat(call("repo", "gc", "--enc=json").out())
                .isEqualTo("{\"Key\":{\"/\":\"" + HI + "\"}}\n");
        putGarbage();
        Called silent = call("repo", "gc", "--silent");
        assertThat(silent.out() + silent.err()).isEmpty();
        assertThat(call("repo", "gc").out()).isEmpty();
    }

    @Test
    void a_dry_run_removes_nothing() {
        putGarbage();
        for (int i = 0; i < 2; i++)
            assertThat(call("repo", "gc", "--dry-run").out())
                    .isEqualTo("would remove " + HI + "\n");
        assertThat(call("block", "get", HI).out()).isEqualTo("hi\n");
    }

    @Test
    void what_is_pinned_stays() {
        putGarbage();
        assertThat(call("pin", "add", HI).outcome()).isEqualTo(Outcome.DONE);
        assertThat(call("repo", "gc").out()).isEmpty();
        assertThat(call("block", "get", HI).out()).isEqualTo("hi\n");
    }
}
