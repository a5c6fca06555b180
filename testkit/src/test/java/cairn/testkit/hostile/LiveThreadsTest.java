package cairn.testkit.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

final class LiveThreadsTest {
    @Test
    void threads_of_both_kinds_are_counted_by_name_until_they_end() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        Thread.ofPlatform().name("counted-1").start(() -> awaitQuietly(end));
        Thread.ofVirtual().name("counted-2").start(() -> awaitQuietly(end));
        var factory = Thread.ofVirtual().name("counted-", 3).factory();
        try (var executor = Executors.newThreadPerTaskExecutor(factory)) {
            executor.execute(() -> awaitQuietly(end));

            LiveThreads threads = LiveThreads.now();
            assertThat(threads.platform()).containsEntry("counted", 1);
            assertThat(threads.virtual()).as("alone and an executor's").containsEntry("counted", 2);
            end.countDown();
        }
        await().untilAsserted(
                        () -> {
                            LiveThreads threads = LiveThreads.now();
                            assertThat(threads.platform()).doesNotContainKey("counted");
                            assertThat(threads.virtual()).doesNotContainKey("counted");
                        });
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
