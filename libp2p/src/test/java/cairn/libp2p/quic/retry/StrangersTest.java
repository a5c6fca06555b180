package cairn.libp2p.quic.retry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StrangersTest {
    private long now;
    private final Strangers strangers = new Strangers(() -> now);

    @Test
    void a_thousand_a_second_are_taken_at_their_word() {
        for (int i = 0; i < Strangers.TRUSTED_A_SECOND; i++)
            assertThat(strangers.mustProve()).isFalse();
        assertThat(strangers.mustProve()).isTrue();
        now += 1_000_000_000;
        assertThat(strangers.mustProve()).isFalse();
    }

    @Test
    void while_many_handshakes_are_unfinished_all_must_prove_their_address() {
        for (int i = 0; i < Strangers.TRUSTED_AT_ONCE; i++) assertThat(strangers.enter()).isTrue();
        assertThat(strangers.mustProve()).isTrue();
        strangers.leave();
        assertThat(strangers.mustProve()).isFalse();
    }

    @Test
    void no_more_than_the_most_begin() {
        for (int i = 0; i < Strangers.MOST_AT_ONCE; i++) assertThat(strangers.enter()).isTrue();
        assertThat(strangers.enter()).isFalse();
        strangers.leave();
        assertThat(strangers.enter()).isTrue();
    }
}
