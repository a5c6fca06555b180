package cairn.blockstore.rocks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NumberSetTest {
    /// At both ends of a piece, of both kinds of numbers, and of what a kind has.
    @ParameterizedTest
    @ValueSource(
            longs = {
                0,
                1,
                65_535,
                65_536,
                65_537,
                Long.MAX_VALUE - 1,
                Long.MIN_VALUE,
                Long.MIN_VALUE + 65_535,
                Long.MIN_VALUE + 65_536,
                -1
            })
    void a_number_is_in_the_set_once_it_was_added_and_its_neighbours_are_not(long number) {
        NumberSet set = new NumberSet();
        assertThat(set.contains(number)).isFalse();
        assertThat(set.add(number)).isTrue();
        assertThat(set.add(number)).isFalse();
        assertThat(set.contains(number)).isTrue();
        assertThat(set.contains(number + 1)).isFalse();
        assertThat(set.contains(number - 1)).isFalse();
    }

    @Test
    void next_is_the_least_number_from_a_place_on_or_the_end() {
        Random random = new Random(1);
        for (long base : new long[] {0, Long.MIN_VALUE, 1L << 40}) {
            NumberSet set = new NumberSet();
            TreeSet<Long> model = new TreeSet<>();
            for (int i = 0; i < 300; i++) {
                long number = base + random.nextInt(400_000);
                set.add(number);
                model.add(number);
            }
            for (int i = 0; i < 2_000; i++) {
                long from = base + random.nextInt(400_000);
                long end = from + random.nextInt(5_000);
                Long ceiling = model.ceiling(from);
                long expected = ceiling == null ? end : Math.min(ceiling, end);
                assertThat(set.next(from, end)).as(from + " to " + end).isEqualTo(expected);
            }
        }
    }

    @Test
    void numbers_of_another_set_are_added_to_those_there() {
        NumberSet set = new NumberSet();
        NumberSet other = new NumberSet();
        set.add(1);
        other.add(2);
        other.add(-5);
        set.addAll(other);
        for (long number : new long[] {1, 2, -5}) assertThat(set.contains(number)).isTrue();
        assertThat(other.contains(1)).isFalse();
    }
}
