package cairn.bitswap.server;

import static org.assertj.core.api.Assertions.assertThat;

import cairn.bitswap.message.WantlistEntry;
import cairn.bitswap.message.WantlistEntry.Kind;
import cairn.bitswap.server.Want.State;
import cairn.multiformats.Cid;
import cairn.multiformats.Multicodec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WantQueueTest {
    private static final int MOST = 4;
    private final Interests interests = new Interests();
    private final WantQueue queue = new WantQueue(want -> {}, interests, MOST);
    private WantQueue.Message message = queue.begin();

    private void end(boolean full) {
        queue.end(message, full);
        message = queue.begin();
    }

    private boolean put(int number, Kind kind, int priority) {
        return put(number, kind, priority, message);
    }

    private boolean put(int number, Kind kind, int priority, WantQueue.Message in) {
        return queue.put(new WantlistEntry.Want(Cids.of(number), kind, priority, true), in);
    }

    private boolean put(int number, int priority) {
        return put(number, Kind.BLOCK, priority);
    }

    private Want look() {
        return queue.take(State.FRESH).orElseThrow();
    }

    private Want lookFor(int number, int priority) {
        put(number, priority);
        Want want = look();
        assertThat(want.cid).isEqualTo(Cids.of(number));
        return want;
    }

    @Test
    void wants_come_by_urgency_and_then_by_age() {
        put(1, 5);
        put(2, 9);
        put(3, 5);
        put(4, -1);
        assertThat(queue.cids()).containsExactly(Cids.of(2), Cids.of(1), Cids.of(3), Cids.of(4));
        assertThat(look().cid).isEqualTo(Cids.of(2));
        assertThat(look().cid).isEqualTo(Cids.of(1));
    }

    @Test
    void a_want_of_a_block_outdoes_one_of_a_word_whichever_was_first() {
        put(1, Kind.HAVE, 1);
        put(1, Kind.BLOCK, 1);
        put(2, Kind.BLOCK, 0);
        put(2, Kind.HAVE, 0);
        assertThat(queue.size()).isEqualTo(2);
        assertThat(look().kind).isEqualTo(Kind.BLOCK);
        assertThat(look().kind).isEqualTo(Kind.BLOCK);
    }

    @Test
    void a_want_that_becomes_one_of_a_block_while_it_is_looked_up_is_looked_up_again() {
        put(1, Kind.HAVE, 1);
        Want looking = look();
        put(1, Kind.BLOCK, 1);
        assertThat(queue.isThere(looking)).isFalse();
        assertThat(look().kind).isEqualTo(Kind.BLOCK);
    }

    @Test
    void a_cancel_takes_a_want_back_wherever_it_is() {
        Want taken = lookFor(1, 1);
        put(2, 1);
        queue.found(taken, 100, State.BULK);
        assertThat(queue.pendingBytes()).isEqualTo(100);
        queue.cancel(Cids.of(1));
        queue.cancel(Cids.of(2));
        queue.cancel(Cids.of(3));
        assertThat(queue.size()).isZero();
        assertThat(queue.pendingBytes()).isZero();
        assertThat(queue.isThere(taken)).isFalse();
        assertThat(interests.isEmpty()).isTrue();
    }

    @Test
    void a_full_message_ends_the_wants_that_are_not_in_it() {
        put(1, 1);
        put(2, 1);
        end(false);
        put(2, 1);
        put(3, 1);
        end(true);
        assertThat(queue.cids()).containsExactly(Cids.of(2), Cids.of(3));
        end(true);
        assertThat(queue.size()).isZero();
    }

    @Test
    void full_messages_that_come_at_once_end_no_wants_of_each_other() {
        put(1, 1);
        end(false);
        WantQueue.Message other = queue.begin();
        put(2, 1);
        put(3, Kind.BLOCK, 1, other);
        queue.end(other, true);
        assertThat(queue.cids()).containsExactly(Cids.of(2), Cids.of(3));
        put(4, 1);
        end(true);
        assertThat(queue.cids()).containsExactly(Cids.of(2), Cids.of(3), Cids.of(4));
        put(4, 1);
        end(true);
        assertThat(queue.cids()).containsExactly(Cids.of(4));
    }

    @Test
    void one_too_many_drops_the_least_urgent_whose_block_is_not_here() {
        queue.missing(lookFor(1, 9));
        queue.missing(lookFor(2, 8));
        put(3, 1);
        put(4, 1);
        assertThat(put(5, 0)).isFalse();
        assertThat(queue.cids()).containsExactly(Cids.of(1), Cids.of(3), Cids.of(4), Cids.of(5));
    }

    @Test
    void where_all_blocks_are_here_the_less_urgent_goes() {
        Want here = lookFor(1, 1);
        queue.found(here, 10, State.SMALL);
        for (int i = 2; i <= MOST; i++) put(i, 5);
        assertThat(put(10, 1)).isFalse();
        assertThat(queue.cids()).doesNotContain(Cids.of(10)).contains(Cids.of(1));
        assertThat(put(11, 2)).isFalse();
        assertThat(queue.cids()).doesNotContain(Cids.of(1)).contains(Cids.of(11));
    }

    @Test
    void what_is_being_answered_is_never_dropped_for_another() {
        for (int i = 1; i <= MOST; i++) lookFor(i, 1);
        assertThat(put(10, 100)).isFalse();
        assertThat(queue.cids()).hasSize(MOST).doesNotContain(Cids.of(10));
    }

    @Test
    void an_absent_block_that_arrives_is_looked_up_again() {
        Want want = lookFor(1, 1);
        queue.missing(want);
        assertThat(queue.has(State.FRESH)).isFalse();
        assertThat(interests.of(want.cid.hash())).containsExactly(want);
        queue.arrived(want);
        assertThat(look()).isSameAs(want);
    }

    @Test
    void a_block_that_arrives_while_it_is_looked_for_is_not_missed() {
        Want want = lookFor(1, 1);
        queue.arrived(want);
        queue.missing(want);
        assertThat(look()).isSameAs(want);
        queue.missing(want);
        assertThat(queue.has(State.FRESH)).isFalse();
    }

    @Test
    void asking_again_for_an_absent_block_looks_again() {
        queue.missing(lookFor(1, 1));
        put(1, 1);
        assertThat(queue.has(State.FRESH)).isTrue();
    }

    @Test
    void all_names_of_one_hash_are_told_of_its_block() {
        Cid raw = Cids.of(1);
        Cid old = Cid.v0(raw.hash());
        Cid other = Cid.v1(Multicodec.DAG_PB, raw.hash());
        for (Cid cid : List.of(raw, old, other))
            queue.put(new WantlistEntry.Want(cid, Kind.BLOCK, 1, false), message);
        assertThat(interests.of(raw.hash())).hasSize(3);
        queue.cancel(old);
        assertThat(interests.of(raw.hash()))
                .extracting(want -> want.cid)
                .containsExactlyInAnyOrder(raw, other);
        queue.clear();
        assertThat(interests.isEmpty()).isTrue();
    }

    /// Any calls in any order: the queue keeps its bounds, its sums and its order, and forgets
    /// nothing.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void it_agrees_with_a_list_of_what_is_wanted(long seed) {
        Random random = new Random(seed);
        WantQueue many = new WantQueue(want -> {}, interests, 50);
        Map<Cid, Integer> model = new HashMap<>(); // all that may be there, by message
        List<Want> held = new ArrayList<>();
        int number = 0;
        WantQueue.Message now = many.begin();
        for (int step = 0; step < 20_000; step++) {
            Cid cid = Cids.of(random.nextInt(80));
            switch (random.nextInt(10)) {
                case 0, 1, 2 -> {
                    Kind kind = random.nextBoolean() ? Kind.BLOCK : Kind.HAVE;
                    boolean full = many.size() == 50 && !many.cids().contains(cid);
                    boolean room =
                            many.put(
                                    new WantlistEntry.Want(
                                            cid, kind, random.nextInt(5), random.nextBoolean()),
                                    now);
                    assertThat(room).isEqualTo(!full);
                    model.put(cid, number);
                }
                case 3 -> {
                    many.cancel(cid);
                    model.remove(cid);
                }
                case 4, 5 -> many.take(State.FRESH).ifPresent(held::add);
                case 6 ->
                        many.take(random.nextBoolean() ? State.SMALL : State.BULK)
                                .ifPresent(held::add);
                case 7 -> answer(many, held, model, random);
                case 8 -> interests.of(cid.hash()).forEach(many::arrived);
                default -> {
                    boolean full = random.nextInt(20) == 0;
                    int ending = number;
                    if (full) model.values().removeIf(last -> last != ending);
                    many.end(now, full);
                    now = many.begin();
                    number++;
                }
            }
            check(many, model);
        }
        many.clear();
        assertThat(many.pendingBytes()).isZero();
        assertThat(interests.isEmpty()).isTrue();
    }

    private static void answer(
            WantQueue many, List<Want> held, Map<Cid, Integer> model, Random random) {
        if (held.isEmpty()) return;
        Want want = held.remove(random.nextInt(held.size()));
        if (!many.isThere(want)) return;
        switch (random.nextInt(3)) {
            case 0 -> many.missing(want);
            case 1 -> {
                int size = random.nextInt(1000);
                many.found(want, size, size < 500 ? State.SMALL : State.BULK);
            }
            default -> {
                many.remove(want);
                model.remove(want.cid);
            }
        }
    }

    private void check(WantQueue many, Map<Cid, Integer> model) {
        List<Cid> cids = many.cids();
        assertThat(cids.size()).isEqualTo(many.size()).isLessThanOrEqualTo(50);
        assertThat(model.keySet().containsAll(cids)).isTrue();
        long pending = 0;
        int last = Integer.MAX_VALUE;
        for (Cid cid : cids) {
            Optional<Want> want =
                    interests.of(cid.hash()).stream().filter(many::isThere).findFirst();
            assertThat(want).isPresent();
            assertThat(want.get().priority).isLessThanOrEqualTo(last);
            last = want.get().priority;
            switch (want.get().state) {
                case SMALL, BULK, TAKEN -> pending += want.get().size;
                case FRESH, LOOKING, ABSENT -> {}
            }
        }
        assertThat(many.pendingBytes()).isEqualTo(pending);
    }
}
