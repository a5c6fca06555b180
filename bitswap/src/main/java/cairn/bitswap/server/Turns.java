package cairn.bitswap.server;

import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/// The turns are the order in which peers are served: next is the one that was given the fewest
/// bytes. So those that always want more get equal shares, whatever the sizes of their blocks; one
/// that wants little waits for nobody; one that was away begins level with the rest; and one that
/// was given less while it went on asking catches up, as far as [#MOST_DEFICIT].
///
/// The memory for blocks is counted here too, as it is what is shared: where there is none, those
/// who need it wait, and get it in the same order. Those who take what they are given within
/// [#BRISK_TIME] have a smaller part of it between them, [#MOST_BRISK]: so it is the turns that
/// tell who gets how much, and not which of many threads runs or who has filled whose buffers
/// first. Who takes it slowly is held by a link of its own, and keeps the others from nothing.
///
/// State is guarded by [#lock], a leaf: under it nothing else is taken.
///
/// @param <T> whose turns they are
final class Turns<T> {
    /// What a turn needs.
    enum Need {
        /// To be looked up: no memory.
        LOOKUP,
        /// A little memory, for small blocks: there is some for them when the rest is used, unless
        /// those who wait for that were given less.
        SMALL,
        /// Memory.
        BULK
    }

    /// Who takes all that it was given in less is brisk: a message at 5 MB/s.
    static final long BRISK_TIME = Duration.ofMillis(50).toNanos();

    /// What the brisk ones have under way: two blocks of the largest size in wide use, one of which
    /// is written while the other is read; and 40 MB/s if all of them turn out to be slow.
    static final long MOST_BRISK = 2 << 20;

    /// How far behind the others one may stay that was away: two of the largest messages.
    private static final long MOST_CREDIT = 4 << 20;

    /// How far one may that goes on asking, and was given less as its own end was busy or its
    /// windows small: a second of 250 Mbit/s. The others wait for no more than that while it
    /// catches up.
    private static final long MOST_DEFICIT = 32 << 20;

    /// Who has had nothing and asked for nothing for so long was away.
    static final long AWAY_TIME = Duration.ofSeconds(1).toNanos();

    /// The part of the memory that is left for small blocks.
    private static final int SMALL_SHARE = 8;

    /// How far ahead of those who wait for memory one may be that needs a little.
    private static final long HEAD_START = 64 << 10;

    /// How often [#next] says that there is no memory for those who need it.
    private static final Duration SHORTAGE = Duration.ofSeconds(1);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /// Those who wait, the brisk and the slow ones apart, as they don't need the same.
    private final Map<Need, NavigableSet<Place<T>>> waiting = new EnumMap<>(Need.class);

    private final Map<Need, NavigableSet<Place<T>>> waitingSlow = new EnumMap<>(Need.class);
    private final long mostMemory;
    private final long mostBrisk;
    private final LongSupplier nanos;

    /// Those who were given something and are brisk so far, the one that got on last at the end.
    private final SequencedSet<Place<T>> brisk = new LinkedHashSet<>();

    private long saidShort;
    private long memory;
    private long briskMemory;
    private long clock;
    private long places;

    Turns(long mostMemory, LongSupplier nanos) {
        this.mostMemory = mostMemory;
        this.mostBrisk = Math.min(mostMemory, MOST_BRISK);
        this.nanos = nanos;
        this.saidShort = nanos.getAsLong();
        for (Need need : Need.values()) {
            waiting.put(need, new TreeSet<>(Place.ORDER));
            waitingSlow.put(need, new TreeSet<>(Place.ORDER));
        }
    }

    /// A place is where someone stands: how much it was given, and what it waits for.
    static final class Place<T> {
        private static final Comparator<Place<?>> ORDER =
                (a, b) ->
                        a.given != b.given
                                ? Long.compare(a.given, b.given)
                                : Long.compare(a.number, b.number);

        private final T whose;
        private final long number;
        private long given;
        private Optional<Need> need = Optional.empty();

        /// Whether it is this one's turn.
        private boolean served;

        /// When it last had its turn, or took something; empty before it did.
        private Optional<Long> activeAt = Optional.empty();

        /// The memory that it uses, and since when without having taken any of it.
        private long used;

        private long since;

        /// Whether it took longer than brisk ones do, the last time.
        private boolean slow;

        private Place(T whose, long number, long given) {
            this.whose = whose;
            this.number = number;
            this.given = given;
        }
    }

    Place<T> place(T whose) {
        lock.lock();
        try {
            return new Place<>(whose, places++, clock);
        } finally {
            lock.unlock();
        }
    }

    /// Waits for a turn from now on, or for another kind of it. Does nothing in a turn, whose end
    /// is soon enough.
    void offer(Place<T> place, Need need) {
        lock.lock();
        try {
            if (place.served) return;
            place.given =
                    Math.max(place.given, clock - (isAway(place) ? MOST_CREDIT : MOST_DEFICIT));
            remove(place);
            place.need = Optional.of(need);
            line(place, need).add(place);
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private boolean isAway(Place<T> place) {
        if (place.need.isPresent() || place.used > 0) return false;
        return place.activeAt.isEmpty() || nanos.getAsLong() - place.activeAt.get() > AWAY_TIME;
    }

    /// Waits no more.
    void withdraw(Place<T> place) {
        lock.lock();
        try {
            remove(place);
        } finally {
            lock.unlock();
        }
    }

    private void remove(Place<T> place) {
        place.need.ifPresent(need -> line(place, need).remove(place));
        place.need = Optional.empty();
    }

    private NavigableSet<Place<T>> line(Place<T> place, Need need) {
        return (place.slow ? waitingSlow : waiting).get(need);
    }

    private void becomes(Place<T> place, boolean slow) {
        place.need.ifPresent(need -> line(place, need).remove(place));
        place.slow = slow;
        place.need.ifPresent(need -> line(place, need).add(place));
    }

    /// Ends a turn.
    ///
    /// @param bytes that were given in it
    void end(Place<T> place, long bytes) {
        lock.lock();
        try {
            place.given += bytes;
            place.served = false;
            place.activeAt = Optional.of(nanos.getAsLong());
        } finally {
            lock.unlock();
        }
    }

    /// Waits until it is someone's turn, who waits no more then.
    ///
    /// @return empty, once a second, while there is no memory for someone
    Optional<T> next() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (true) {
                long now = nanos.getAsLong();
                if (isShort() && now - saidShort >= SHORTAGE.toNanos()) {
                    saidShort = now;
                    return Optional.empty();
                }
                Place<T> first = first();
                if (first != null) return Optional.of(begin(first));
                changed.awaitNanos(mostWait());
            }
        } finally {
            lock.unlock();
        }
    }

    /// How long to wait at the most, in nanoseconds, until something else may be so without a word.
    private long mostWait() {
        long most = isShort() ? SHORTAGE.toNanos() : Long.MAX_VALUE;
        if (!isAnyWaiting() || brisk.isEmpty()) return most;
        long untilSlow = brisk.getFirst().since + BRISK_TIME + 1 - nanos.getAsLong();
        return Math.min(most, untilSlow);
    }

    private boolean isAnyWaiting() {
        return isAny(waiting) || isAny(waitingSlow);
    }

    private static <T> boolean isAny(Map<Need, NavigableSet<Place<T>>> waiting) {
        return !(waiting.get(Need.SMALL).isEmpty() && waiting.get(Need.BULK).isEmpty());
    }

    private T begin(Place<T> place) {
        remove(place);
        place.served = true;
        clock = Math.max(clock, place.given);
        if (first() != null) changed.signal();
        return place.whose;
    }

    private Place<T> first() {
        findSlow();
        Place<T> first = null;
        for (Need need : Need.values()) {
            first = earlier(first, waiting.get(need), need);
            first = earlier(first, waitingSlow.get(need), need);
        }
        return first;
    }

    private Place<T> earlier(Place<T> first, NavigableSet<Place<T>> line, Need need) {
        if (line.isEmpty() || !isMemoryFor(need, line.first())) return first;
        return first == null || Place.ORDER.compare(line.first(), first) < 0 ? line.first() : first;
    }

    /// Finds who isn't brisk any more: the others need not wait for them.
    private void findSlow() {
        long now = nanos.getAsLong();
        while (!brisk.isEmpty() && now - brisk.getFirst().since > BRISK_TIME) {
            Place<T> place = brisk.removeFirst();
            briskMemory -= place.used;
            becomes(place, true);
        }
    }

    private boolean isAhead(Place<T> place) {
        return isAhead(place, waiting) || isAhead(place, waitingSlow);
    }

    private static <T> boolean isAhead(Place<T> place, Map<Need, NavigableSet<Place<T>>> waiting) {
        NavigableSet<Place<T>> bulk = waiting.get(Need.BULK);
        return !bulk.isEmpty() && place.given > bulk.first().given + HEAD_START;
    }

    private boolean isShort() {
        return memory >= mostMemory && isAnyWaiting();
    }

    private boolean isMemoryFor(Need need, Place<T> place) {
        return switch (need) {
            case LOOKUP -> true;
            case SMALL ->
                    isRoom(place, 1) || (isRoom(place, 1 + 1.0 / SMALL_SHARE) && !isAhead(place));
            case BULK -> isRoom(place, 1);
        };
    }

    private boolean isRoom(Place<T> place, double share) {
        return memory < mostMemory * share && (place.slow || briskMemory < mostBrisk * share);
    }

    /// Whether there is memory for someone who needs it now.
    boolean hasMemoryFor(Need need, Place<T> place) {
        lock.lock();
        try {
            findSlow();
            return isMemoryFor(need, place);
        } finally {
            lock.unlock();
        }
    }

    /// Counts memory that is used for someone.
    void use(Place<T> place, long bytes) {
        lock.lock();
        try {
            memory += bytes;
            if (place.used == 0) place.since = nanos.getAsLong();
            if (!place.slow) {
                brisk.add(place);
                briskMemory += bytes;
            }
            place.used += bytes;
        } finally {
            lock.unlock();
        }
    }

    /// Counts memory that is used no more, as it was taken or is of no use.
    void free(Place<T> place, long bytes) {
        if (bytes == 0) return;
        lock.lock();
        try {
            findSlow();
            memory -= bytes;
            place.used -= bytes;
            long now = nanos.getAsLong();
            place.activeAt = Optional.of(now);
            if (!place.slow) {
                briskMemory -= bytes;
                brisk.remove(place);
                if (place.used > 0) brisk.addLast(place);
            } else if (now - place.since <= BRISK_TIME) {
                becomes(place, false);
                briskMemory += place.used;
                if (place.used > 0) brisk.addLast(place);
            }
            place.since = now;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /// The memory that is used.
    long memory() {
        lock.lock();
        try {
            return memory;
        } finally {
            lock.unlock();
        }
    }
}
