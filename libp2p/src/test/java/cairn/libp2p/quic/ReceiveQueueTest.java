package cairn.libp2p.quic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import cairn.libp2p.limits.LimitExceededException;
import cairn.libp2p.limits.MemoryBudget;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.buffer.UnpooledHeapByteBuf;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ReceiveQueueTest {
    private static final int SIZE = 100;

    private final AtomicLong reserved = new AtomicLong();
    private final CountDownLatch copies = new CountDownLatch(1);
    private final CountDownLatch mayGoOn = new CountDownLatch(1);

    @Test
    void a_queue_is_cleared_twice_under_a_reader_who_copies() throws Exception {
        ReceiveQueue queue = new ReceiveQueue(counting(), () -> {});
        SlowBuffer buffer = new SlowBuffer();
        queue.offer(buffer);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            byte[] target = new byte[10];
            Future<Integer> read = threads.submit(() -> queue.read(target, 0, target.length));
            copies.await();
            try {
                queue.close();
                queue.fail(() -> new IOException("reset"), true);
            } finally {
                mayGoOn.countDown();
            }
            assertThat(read.get(10, TimeUnit.SECONDS)).isEqualTo(target.length);
        }
        assertThat(buffer.refCnt()).isZero();
        assertThat(reserved).hasValue(0);
        assertThatIOException().isThrownBy(() -> queue.read(new byte[1], 0, 1));
    }

    private MemoryBudget counting() {
        return new MemoryBudget() {
            @Override
            public void reserve(long bytes) throws LimitExceededException {
                reserved.addAndGet(bytes);
            }

            @Override
            public boolean tryReserveSpare(long bytes) {
                return false;
            }

            @Override
            public void release(long bytes) {
                reserved.addAndGet(-bytes);
            }
        };
    }

    /// A buffer whose reader stays in the middle of its copy for as long as the test wants.
    private final class SlowBuffer extends UnpooledHeapByteBuf {
        SlowBuffer() {
            super(UnpooledByteBufAllocator.DEFAULT, SIZE, SIZE);
            writeZero(SIZE);
        }

        @Override
        public ByteBuf readBytes(byte[] target, int offset, int length) {
            copies.countDown();
            try {
                mayGoOn.await();
            } catch (InterruptedException e) {
                throw new AssertionError("the test ended in the middle of a copy", e);
            }
            return super.readBytes(target, offset, length);
        }
    }
}
