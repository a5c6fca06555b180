package cairn.bitswap.server;

import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/// The turns are the order in which peers are served: next is the one that was given the fewest
/// bytes. So those that always want more get equal shares, whatever the sizes of their blocks; one
/// that wants little waits for nobody; and one that was away begins level with the rest.
///
/// The memory for blocks is counted here too, as it is what is shared: where there is none, those
/// who need it wait, and get it in the same order.
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

    /// How far behind the others one may stay that was away for a moment, as while it is written
    /// to: two of the largest messages.
    private static final long MOST_CREDIT = 4 << 20;

    /// The part of the memory that is left for small blocks.
    private static final int SMALL_SHARE = 8;

    /// How far ahead of those who wait for memory one may be that needs a little.
    private static final long HEAD_START = 64 << 10;

    /// How often [#next] says that there is no memory for those who need it.
    private static final Duration SHORTAGE = Duration.ofSeconds(1);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<Need, TreeSet<Place<T>>> waiting = new EnumMap<>(Need.class);
    private final long mostMemory;
    private final LongSupplier nanos;
    private long saidShort;
    private long memory;
    private long clock;
    private long places;

    Turns(long mostMemory, LongSupplier nanos) {
        this.mostMemory = mostMemory;
        this.nanos = nanos;
        this.saidShort = nanos.getAsLong();
        for (Need need : Need.values()) waiting.put(need, new TreeSet<>(Place.ORDER));
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
            remove(place);
            place.given = Math.max(place.given, clock - MOST_CREDIT);
            place.need = Optional.of(need);
            waiting.get(need).add(place);
            changed.signal();
        } finally {
            lock.unlock();
        }
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
        place.need.ifPresent(need -> waiting.get(need).remove(place));
        place.need = Optional.empty();
    }

    /// Ends a turn.
    ///
    /// @param bytes that were given in it
    void end(Place<T> place, long bytes) {
        lock.lock();
        try {
            place.given += bytes;
            place.served = false;
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
                if (isShort()) changed.awaitNanos(SHORTAGE.toNanos());
                else changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private T begin(Place<T> place) {
        remove(place);
        place.served = true;
        clock = Math.max(clock, place.given);
        if (first() != null) changed.signal();
        return place.whose;
    }

    private Place<T> first() {
        Place<T> first = null;
        for (Need need : Need.values()) {
            TreeSet<Place<T>> those = waiting.get(need);
            if (those.isEmpty() || !isMemoryFor(need, those.first())) continue;
            if (first == null || Place.ORDER.compare(those.first(), first) < 0)
                first = those.first();
        }
        return first;
    }

    private boolean isAhead(Place<T> place) {
        TreeSet<Place<T>> bulk = waiting.get(Need.BULK);
        return !bulk.isEmpty() && place.given > bulk.first().given + HEAD_START;
    }

    private boolean isShort() {
        return memory >= mostMemory
                && !(waiting.get(Need.SMALL).isEmpty() && waiting.get(Need.BULK).isEmpty());
    }

    private boolean isMemoryFor(Need need, Place<T> place) {
        return switch (need) {
            case LOOKUP -> true;
            case SMALL ->
                    memory < mostMemory
                            || (memory < mostMemory + mostMemory / SMALL_SHARE && !isAhead(place));
            case BULK -> memory < mostMemory;
        };
    }

    /// Whether there is memory for someone who needs it now.
    boolean hasMemoryFor(Need need, Place<T> place) {
        lock.lock();
        try {
            return isMemoryFor(need, place);
        } finally {
            lock.unlock();
        }
    }

    /// Counts memory that is used.
    void use(long bytes) {
        lock.lock();
        try {
            memory += bytes;
        } finally {
            lock.unlock();
        }
    }

    /// Counts memory that is used no more.
    void free(long bytes) {
        if (bytes == 0) return;
        lock.lock();
        try {
            memory -= bytes;
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
