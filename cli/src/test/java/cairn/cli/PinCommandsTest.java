package cairn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import cairn.blockstore.rocks.RocksStore;
import cairn.cli.pins.TypedPaths;
import cairn.multiformats.Cid;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PinCommandsTest {
    @TempDir Path folder;

    private Called call(String... words) {
        return Called.with(folder.resolve("repo"), words);
    }

    private Called callWith(String in, String... words) {
        return Called.with(folder.resolve("repo"), in.getBytes(StandardCharsets.UTF_8), words);
    }

    private String put(String text) {
        return callWith(text, "block", "put").out().strip();
    }

    /// More than a batch, without an end of the last line, and with an empty line.
    @Test
    void any_number_of_paths_is_read_from_standard_input() {
        int count = TypedPaths.BATCH + 1;
        String identities =
                IntStream.range(0, count)
                        .mapToObj(i -> "f0155" + "0002" + String.format("%04x", i))
                        .collect(Collectors.joining("\n\n"));
        Called added = callWith(identities, "pin", "add");
        assertThat(added.err()).contains("there is no repo");
        put("a block makes the repo");
        assertThat(callWith(identities, "pin", "add").out().lines()).hasSize(count);
        assertThat(call("pin", "ls").out().lines()).hasSize(count);
        assertThat(callWith(identities, "pin", "rm", "--enc=json").out())
                .startsWith("{\"Pins\":[\"")
                .endsWith("\"]}\n");
        assertThat(call("pin", "ls").out()).isEmpty();
    }

    @Test
    void a_broken_pin_is_named_with_what_it_misses_and_the_check_fails() throws Exception {
        String good = put("good");
        String bad = put("bad");
        call("pin", "add", good);
        call("pin", "add", bad);
        assertThat(call("pin", "verify").outcome()).isEqualTo(Outcome.DONE);
        try (RocksStore store = RocksStore.open(folder.resolve("repo/store"))) {
            store.blocks().delete(Cid.parse(bad).hash());
        }
        String why = "block was not found locally (offline): ipld: could not find " + bad;
        Called broken = call("pin", "verify");
        assertThat(broken.out()).isEqualTo(bad + " broken\n  " + bad + ": " + why + "\n");
        assertThat(broken.err())
                .isEqualTo("Error: 1 of 2 pins are broken; add what is missing again\n");
        assertThat(broken.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(call("pin", "verify", "-q").out()).isEqualTo(bad + "\n");
        assertThat(call("pin", "verify", "--enc=json").out())
                .isEqualTo(
                        "{\"Cid\":\""
                                + bad
                                + "\",\"BadNodes\":[{\"Cid\":\""
                                + bad
                                + "\",\"Err\":\""
                                + why
                                + "\"}]}\n");
        assertThat(call("pin", "verify", "--verbose").out()).contains(good + " ok");
    }
}
