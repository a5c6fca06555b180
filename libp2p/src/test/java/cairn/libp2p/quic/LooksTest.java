package cairn.libp2p.quic;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LooksTest {
    private static final int STREAMS = 1000;

    private final Looks looks = new Looks();
    private long now;

    @Test
    void a_stream_that_stays_is_looked_at_ever_less_often() {
        looks.add(1, now);
        assertThat(looksWithin(Duration.ofSeconds(10))).isBetween(10, 20);
    }

    @Test
    void few_are_looked_at_at_a_time() {
        for (int i = 0; i < STREAMS; i++) looks.add(i, now);
        now += Looks.FIRST.toNanos();
        assertThat(looks.due(now)).hasSize(Looks.MOST);
    }

    @Test
    void streams_that_stay_cost_some_looks_a_second_each_at_first_and_one_later() {
        for (int i = 0; i < STREAMS; i++) looks.add(i, now);
        looksWithin(Duration.ofSeconds(10));
        assertThat(looksWithin(Duration.ofSeconds(10))).isLessThanOrEqualTo(11 * STREAMS);
    }

    @Test
    void a_stream_that_is_done_is_looked_at_no_more() {
        looks.add(1, now);
        now += Looks.FIRST.toNanos();
        looks.done(looks.due(now).getFirst());
        assertThat(looks.contains(1)).isFalse();
        assertThat(looks.isEmpty()).isTrue();
        assertThat(looksWithin(Duration.ofSeconds(10))).isZero();
    }

    private int looksWithin(Duration time) {
        int count = 0;
        for (long end = now + time.toNanos(); now < end; now += Looks.FIRST.toNanos()) {
            List<Looks.Look> due = looks.due(now);
            count += due.size();
            for (Looks.Look look : due) looks.again(look, now);
        }
        return count;
    }
}
