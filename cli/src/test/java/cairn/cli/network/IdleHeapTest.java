package cairn.cli.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class IdleHeapTest {
    private static final int MIB = 1 << 20;

    @Test
    void a_heap_that_grew_is_given_back_once_nothing_is_collected_any_longer() {
        fill();
        long grown = committed();
        assertThat(grown).isGreaterThan(200L * MIB);
        try (IdleHeap _ = IdleHeap.watched(Duration.ofMillis(200))) {
            await().untilAsserted(() -> assertThat(committed()).isLessThan(grown / 2));
        }
    }

    private static void fill() {
        List<byte[]> much = new ArrayList<>();
        for (int i = 0; i < 200; i++) much.add(new byte[MIB]);
        assertThat(much).hasSize(200);
    }

    private static long committed() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getCommitted();
    }
}
