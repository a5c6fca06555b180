package cairn.dag.exporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.multiformats.Block;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;

class LeafBuffersTest {
    private static final int KIB = 1 << 10;

    private final LeafBuffers buffers = new LeafBuffers(Block.MAX_BYTES);

    private ByteBuffer lease(int size) {
        return buffers.lease(size).orElseThrow();
    }

    // The least, around a capacity, the largest.
    @ParameterizedTest
    @ValueSource(ints = {64 * KIB, 128 * KIB - 1, 128 * KIB, 128 * KIB + 1, Block.MAX_BYTES})
    void a_buffer_is_direct_and_has_room_for_just_what_was_asked_for(int size) {
        ByteBuffer buffer = lease(size);

        assertThat(buffer.isDirect()).isTrue();
        assertThat(buffer.remaining()).isEqualTo(size);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 64 * KIB - 1, Block.MAX_BYTES + 1})
    void other_sizes_have_none(int size) {
        assertThat(buffers.lease(size)).isEmpty();
    }

    @Test
    void a_buffer_that_was_given_back_is_leased_again() {
        ByteBuffer first = lease(1000 * KIB);
        first.position(7);
        buffers.giveBack(first);

        ByteBuffer second = lease(100 * KIB);

        assertThat(second).isSameAs(first);
        assertThat(second.position()).isZero();
        assertThat(second.remaining()).isEqualTo(100 * KIB);
    }

    @Test
    void all_together_are_bounded() {
        ByteBuffer half = lease(1024 * KIB);
        lease(1024 * KIB);
        assertThat(buffers.lease(64 * KIB)).isEmpty();

        buffers.giveBack(half);
        assertThat(buffers.lease(64 * KIB)).isPresent();
    }

    @Test
    void a_free_buffer_that_is_too_small_makes_way_for_a_larger_one() {
        buffers.giveBack(lease(64 * KIB));

        assertThat(lease(Block.MAX_BYTES).remaining()).isEqualTo(Block.MAX_BYTES);
    }

    @Test
    void a_buffer_that_there_is_no_memory_for_is_not_counted() {
        AtomicBoolean full = new AtomicBoolean(true);
        LeafBuffers scarce =
                new LeafBuffers(
                        Block.MAX_BYTES,
                        size -> {
                            if (full.get()) throw new OutOfMemoryError("direct memory");
                            return ByteBuffer.allocateDirect(size);
                        });
        for (int i = 0; i < 3; i++)
            assertThatThrownBy(() -> scarce.lease(Block.MAX_BYTES))
                    .isInstanceOf(OutOfMemoryError.class);
        full.set(false);

        assertThat(scarce.lease(Block.MAX_BYTES)).isPresent();
    }
}
