package cairn.bitswap.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cairn.bitswap.message.WantlistEntry;
import cairn.bitswap.message.WantlistEntry.Cancel;
import cairn.bitswap.message.WantlistEntry.Kind;
import cairn.bitswap.message.WantlistEntry.Want;
import cairn.multiformats.Cid;
import cairn.multiformats.Multicodec;
import cairn.multiformats.Multihash;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class OutboxTest {
    /// Says one message for each permit.
    private static final class SlowMouth implements Mouth {
        final Semaphore permits = new Semaphore(0);
        final AtomicInteger tries = new AtomicInteger();
        final List<List<WantlistEntry>> said = new CopyOnWriteArrayList<>();
        final AtomicInteger failures = new AtomicInteger();

        @Override
        public void say(List<WantlistEntry> entries) throws IOException {
            tries.incrementAndGet();
            if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0)
                throw new IOException("broken");
            permits.acquireUninterruptibly();
            said.add(entries);
        }

        @Override
        public boolean mayTryAgain(IOException why) {
            return true;
        }

        @Override
        public boolean takesLastCancels() {
            return true;
        }

        @Override
        public void close() {}
    }

    private final SlowMouth mouth = new SlowMouth();
    private final AtomicInteger unheard = new AtomicInteger();
    private final Outbox outbox = new Outbox(mouth, _ -> unheard.incrementAndGet());

    private static Cid cid(int number) {
        byte[] digest = new byte[32];
        digest[0] = (byte) number;
        return Cid.v1(Multicodec.RAW, Multihash.of(Multicodec.SHA2_256, digest));
    }

    /// Has the first want under way, so that what follows waits.
    private void beginSpeaking() {
        outbox.want(cid(0), Kind.BLOCK, false);
        await().until(() -> mouth.tries.get() == 1);
    }

    private List<WantlistEntry> second() {
        mouth.permits.release(2);
        await().until(() -> mouth.said.size() == 2);
        return mouth.said.get(1);
    }

    @Test
    void what_is_noted_while_it_speaks_goes_out_together() {
        beginSpeaking();
        for (int i = 1; i < 100; i++) outbox.want(cid(i), Kind.BLOCK, false);
        assertThat(second()).hasSize(99);
    }

    @Test
    void a_want_that_was_not_said_is_not_cancelled_either() {
        beginSpeaking();
        outbox.want(cid(1), Kind.BLOCK, false);
        outbox.want(cid(2), Kind.BLOCK, false);
        outbox.cancel(cid(1));
        assertThat(second()).extracting(WantlistEntry::cid).containsExactly(cid(2));
    }

    @Test
    void a_want_that_was_said_is_cancelled_though_it_was_to_be_said_in_another_way() {
        beginSpeaking();
        outbox.want(cid(1), Kind.BLOCK, true);
        outbox.cancel(cid(1));
        outbox.cancel(cid(0));
        assertThat(second()).containsExactly(new Cancel(cid(1)), new Cancel(cid(0)));
    }

    @Test
    void a_want_after_a_cancel_takes_its_place() {
        beginSpeaking();
        outbox.cancel(cid(0));
        outbox.want(cid(0), Kind.HAVE, false);
        assertThat(second())
                .singleElement()
                .isInstanceOfSatisfying(
                        Want.class, want -> assertThat(want.kind()).isEqualTo(Kind.HAVE));
    }

    @Test
    void the_last_cancels_are_said_and_wants_no_more() {
        beginSpeaking();
        outbox.want(cid(1), Kind.BLOCK, false);
        outbox.cancel(cid(0));
        outbox.end();
        outbox.want(cid(2), Kind.BLOCK, false);
        assertThat(second()).containsExactly(new Cancel(cid(0)));
    }

    @Test
    void earlier_wants_have_the_greater_priority() {
        beginSpeaking();
        outbox.want(cid(1), Kind.BLOCK, false);
        outbox.want(cid(2), Kind.BLOCK, false);
        assertThat(second())
                .extracting(entry -> ((Want) entry).priority())
                .isSortedAccordingTo((a, b) -> Integer.compare(b, a))
                .doesNotHaveDuplicates();
    }

    @Test
    void it_tries_three_times_and_then_says_that_nobody_hears() {
        mouth.failures.set(2);
        mouth.permits.release();
        outbox.want(cid(0), Kind.BLOCK, false);
        await().until(() -> mouth.said.size() == 1);
        assertThat(unheard).hasValue(0);
        mouth.failures.set(3);
        outbox.want(cid(1), Kind.BLOCK, false);
        await().until(() -> unheard.get() == 1);
        outbox.want(cid(2), Kind.BLOCK, false);
        assertThat(mouth.said).hasSize(1);
    }
}
