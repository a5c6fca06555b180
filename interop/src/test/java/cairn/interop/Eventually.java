package cairn.interop;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Callable;

/// What must come to hold, but need not at once.
final class Eventually {
    private Eventually() {}

    static void holds(Callable<Boolean> fact) {
        await().atMost(Duration.ofSeconds(10)).until(fact);
    }
}
