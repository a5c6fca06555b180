package cairn.libp2p.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClosingTest {
    private final List<String> closed = new ArrayList<>();

    private Closeable part(String name) {
        return () -> closed.add(name);
    }

    private Closeable failing(String name) {
        return () -> {
            closed.add(name);
            throw new IOException(name);
        };
    }

    @Test
    void all_are_closed_in_their_order() throws Exception {
        Closing.all(List.of(part("a"), part("b"), part("c")));
        assertThat(closed).containsExactly("a", "b", "c");
        Closing.all(List.of());
    }

    @Test
    void a_failure_skips_no_other_and_the_first_is_told() {
        List<Closeable> parts = List.of(part("a"), failing("b"), failing("c"), part("d"));
        assertThatThrownBy(() -> Closing.all(parts))
                .hasMessage("b")
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
        assertThat(closed).containsExactly("a", "b", "c", "d");
    }
}
