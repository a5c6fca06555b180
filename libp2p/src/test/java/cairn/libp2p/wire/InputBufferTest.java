package cairn.libp2p.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InputBufferTest {
    private final LargeBuffers large = new LargeBuffers();

    /// Around each of the three sizes, read record by record.
    @ParameterizedTest
    @ValueSource(ints = {1, 100, 4_095, 4_096, 4_097, 20_480, 20_481, 65_537, 262_144})
    void records_of_any_size_are_read_whole_and_in_order(int record) throws Exception {
        byte[] bytes = new byte[900_000];
        for (int i = 0; i < bytes.length; i++) bytes[i] = (byte) (i * 31 / 8);
        var buffer = new InputBuffer(MemoryDuplex.of(bytes), large);
        for (int at = 0; at + record <= bytes.length; at += record) {
            assertThat(buffer.fill(record)).isTrue();
            int start = buffer.position();
            assertThat(Arrays.equals(buffer.array(), start, start + record, bytes, at, at + record))
                    .isTrue();
            buffer.skip(record);
        }
    }

    @Test
    void it_waits_with_a_small_array() throws Exception {
        var ends = MemoryDuplex.pair();
        var buffer = new InputBuffer(ends.getLast(), large);
        ends.getFirst().write(new byte[200_000], 0, 200_000);
        buffer.fill(65_537);
        assertThat(buffer.array()).hasSize(LargeBuffers.BYTES);
        buffer.fill(200_000);
        buffer.skip(200_000);
        assertThat(buffer.array()).hasSize(InputBuffer.IDLE_BYTES);
        assertThat(large.take()).as("the one given back").isNotNull();
    }

    @Test
    void a_record_that_is_only_announced_takes_no_large_array() throws Exception {
        var ends = MemoryDuplex.pair();
        var buffer = new InputBuffer(ends.getLast(), large);
        ends.getFirst().write(new byte[100], 0, 100);
        buffer.fill(5);
        ends.getFirst().finish();
        assertThatThrownBy(() -> buffer.fill(16_000)).isInstanceOf(EOFException.class);
        assertThat(buffer.array()).hasSize(InputBuffer.RECORD_BYTES);
    }

    @Test
    void a_record_of_64_KiB_that_is_only_announced_takes_no_more_than_what_has_come()
            throws Exception {
        var ends = MemoryDuplex.pair();
        var buffer = new InputBuffer(ends.getLast(), large);
        ends.getFirst().write(new byte[100], 0, 100);
        buffer.fill(2);
        ends.getFirst().finish();
        assertThatThrownBy(() -> buffer.fill(65_537)).isInstanceOf(EOFException.class);
        assertThat(buffer.array()).hasSize(InputBuffer.IDLE_BYTES);
    }

    /// As much as has come fills the array: more is to be expected, and read at once.
    @Test
    void an_array_that_was_filled_is_followed_by_a_larger_one() throws Exception {
        var buffer = new InputBuffer(MemoryDuplex.of(new byte[900_000]), large);
        buffer.fill(1_000);
        assertThat(buffer.available()).isEqualTo(InputBuffer.IDLE_BYTES);
        buffer.skip(4_000);
        buffer.fill(1_000);
        assertThat(buffer.available()).isEqualTo(InputBuffer.RECORD_BYTES);
        buffer.skip(20_000);
        buffer.fill(1_000);
        assertThat(buffer.available()).isEqualTo(LargeBuffers.BYTES);
    }

    @Test
    void the_end_is_told_between_records_and_within_them() throws Exception {
        var buffer = new InputBuffer(MemoryDuplex.of(new byte[7]), large);
        assertThat(buffer.fill(5)).isTrue();
        buffer.skip(5);
        assertThatThrownBy(() -> buffer.fill(5))
                .isInstanceOf(EOFException.class)
                .hasMessage("ended after 2 of 5 bytes of a record");
        buffer.skip(2);
        assertThat(buffer.fill(5)).isFalse();
    }
}
