package cairn.libp2p.bandwidth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenBucketTest {
    private static final long SECOND = 1_000_000_000L;

    /// Rates from a slow modem to more than a machine moves, in pieces from one byte to those of a
    /// frame.
    @ParameterizedTest
    @CsvSource({"100, 1", "100, 64", "10000, 1000", "1000000, 65536", "1000000000, 65536"})
    void a_rate_holds_within_5_percent_over_ten_seconds(long rate, int piece) {
        TokenBucket bucket = new TokenBucket(rate, 0);
        long now = 0;
        long passed = 0;
        while (now < 10 * SECOND) {
            int bytes = Math.min(piece, bucket.burst());
            long wait = bucket.spend(bytes, now);
            if (wait == 0) passed += bytes;
            now += wait;
        }
        assertThat((double) passed).isCloseTo(10.0 * rate, within(0.5 * rate));
    }

    @Test
    void the_wait_it_tells_is_enough() {
        TokenBucket bucket = new TokenBucket(1000, 0);
        assertThat(bucket.spend(100, 0)).isZero();
        long wait = bucket.spend(50, 0);
        assertThat(wait).isCloseTo(SECOND / 20, within(1L));
        assertThat(bucket.spend(50, wait)).isZero();
        assertThat(bucket.spend(1, wait)).isPositive();
    }

    @Test
    void a_long_silence_saves_up_no_more_than_a_tenth_of_a_second() {
        TokenBucket bucket = new TokenBucket(1000, 0);
        assertThat(bucket.spend(100, 3600 * SECOND)).isZero();
        assertThat(bucket.spend(1, 3600 * SECOND)).isPositive();
    }

    @Test
    void a_lower_rate_takes_hold_at_once() {
        TokenBucket bucket = new TokenBucket(1_000_000, 0);
        bucket.rate(10, 0);
        assertThat(bucket.burst()).isEqualTo(1);
        assertThat(bucket.spend(1, 0)).isZero();
        assertThat(bucket.spend(1, 0)).isCloseTo(SECOND / 10, within(1L));
    }

    @Test
    void the_slowest_rate_still_passes_a_byte() {
        TokenBucket bucket = new TokenBucket(1, 0);
        assertThat(bucket.spend(bucket.burst(), SECOND)).isZero();
    }
}
