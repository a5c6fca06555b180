package cairn.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class SeriesTest {
    @Test
    void the_median_of_an_odd_number_is_the_middle_one() {
        assertThat(new Series(List.of(9.0, 1.0, 2.0)).median()).isEqualTo(2);
    }

    @Test
    void the_median_of_an_even_number_is_between_the_middle_two() {
        assertThat(new Series(List.of(9.0, 1.0, 2.0, 4.0)).median()).isEqualTo(3);
    }

    @Test
    void text_has_the_median_the_least_and_the_most_with_three_digits() {
        assertThat(new Series(List.of(1234.5, 0.01234, 56.78)).text())
                .isEqualTo("56.8 (0.012-1235)");
    }
}
