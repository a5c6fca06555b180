package cairn.bitswap.server;

import cairn.bitswap.message.WantlistEntry;
import cairn.bitswap.message.WantlistEntry.Kind;
import cairn.bitswap.server.Want.State;
import cairn.multiformats.Cid;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// A want queue is all that one peer wants: at most one want a CID, by urgency and then age, and at
/// most so many. One more drops the least urgent of those whose block isn't here; where there is
/// none, the least urgent of all that aren't being answered, the new one included.
///
/// Not safe for several threads: its owner's lock guards it.
final class WantQueue {
    private final Waiting owner;
    private final Interests interests;
    private final int most;
    private final Map<Cid, Want> wants = new HashMap<>();
    private final Map<State, TreeSet<Want>> byState = new EnumMap<>(State.class);
    private long sequence;

    /// Counts beginnings and ends of messages.
    private long events;

    private long pendingBytes;

    /// A message that the wants of a peer come in. Others may come at the same time.
    static final class Message {
        private final long began;
        private long ended = Long.MAX_VALUE;

        private Message(long began) {
            this.began = began;
        }
    }

    WantQueue(Waiting owner, Interests interests, int most) {
        this.owner = owner;
        this.interests = interests;
        this.most = most;
        for (State state : State.values()) byState.put(state, new TreeSet<>(Want.ORDER));
    }

    /// Takes a want. A want of a block outdoes one of the word that it is here, whichever was
    /// first; a want that was found absent is looked up again.
    ///
    /// @return whether there was room; where not, a want was dropped, this one or another
    boolean put(WantlistEntry.Want entry, Message message) {
        Want there = wants.get(entry.cid());
        if (there != null) {
            repeat(there, entry, message);
            return true;
        }
        boolean room = wants.size() < most;
        if (room || makeRoom(entry.priority())) add(entry, entry.kind(), message);
        return room;
    }

    private void repeat(Want there, WantlistEntry.Want entry, Message message) {
        Kind kind = there.kind == Kind.BLOCK ? Kind.BLOCK : entry.kind();
        if (there.state == State.LOOKING && there.kind != kind) {
            remove(there);
            add(entry, kind, message);
            return;
        }
        byState.get(there.state).remove(there);
        if (there.state != State.TAKEN) there.kind = kind;
        there.priority = entry.priority();
        there.sendDontHave |= entry.sendDontHave();
        there.message = message;
        byState.get(there.state).add(there);
        if (there.state == State.ABSENT) move(there, State.FRESH);
    }

    private void add(WantlistEntry.Want entry, Kind kind, Message message) {
        Want want = new Want(entry.cid(), owner, sequence++, message);
        want.kind = kind;
        want.priority = entry.priority();
        want.sendDontHave = entry.sendDontHave();
        wants.put(want.cid, want);
        byState.get(want.state).add(want);
        interests.add(want);
    }

    private boolean makeRoom(int priority) {
        Want worst = last(State.ABSENT);
        if (worst == null) {
            for (State state : List.of(State.FRESH, State.SMALL, State.BULK)) {
                Want last = last(state);
                if (last != null && (worst == null || Want.ORDER.compare(last, worst) > 0))
                    worst = last;
            }
            if (worst == null || worst.priority >= priority) return false;
        }
        remove(worst);
        return true;
    }

    private Want last(State state) {
        TreeSet<Want> in = byState.get(state);
        return in.isEmpty() ? null : in.last();
    }

    void cancel(Cid cid) {
        Want want = wants.get(cid);
        if (want != null) remove(want);
    }

    Message begin() {
        return new Message(events++);
    }

    /// A message has ended.
    ///
    /// @param full whether wants are gone whose last message had ended when this one began
    void end(Message message, boolean full) {
        if (full)
            for (Want want : List.copyOf(wants.values()))
                if (want.message.ended < message.began) remove(want);
        message.ended = events++;
    }

    /// Takes the most urgent want in a state, which is being answered from now on.
    Optional<Want> take(State from) {
        TreeSet<Want> in = byState.get(from);
        if (in.isEmpty()) return Optional.empty();
        Want want = in.first();
        want.arrived = false;
        move(want, from == State.FRESH ? State.LOOKING : State.TAKEN);
        return Optional.of(want);
    }

    /// The size of the most urgent want in a state.
    int nextSize(State state) {
        return byState.get(state).first().size;
    }

    boolean has(State state) {
        return !byState.get(state).isEmpty();
    }

    /// The block of a want that was being looked up, or was read, is here.
    ///
    /// @param next what becomes of it
    void found(Want want, int size, State next) {
        pendingBytes -= counted(want);
        want.size = size;
        pendingBytes += counted(want);
        move(want, next);
    }

    /// The block of a want that was being looked up isn't here, unless it has come meanwhile.
    void missing(Want want) {
        move(want, want.arrived ? State.FRESH : State.ABSENT);
    }

    /// The block of a want was stored.
    void arrived(Want want) {
        if (!isThere(want)) return;
        want.arrived = true;
        if (want.state == State.ABSENT) move(want, State.FRESH);
    }

    /// Whether a want is still wanted.
    boolean isThere(Want want) {
        return wants.get(want.cid) == want;
    }

    private void move(Want want, State to) {
        byState.get(want.state).remove(want);
        pendingBytes -= counted(want);
        want.state = to;
        pendingBytes += counted(want);
        byState.get(to).add(want);
    }

    private static int counted(Want want) {
        return switch (want.state) {
            case FRESH, LOOKING, ABSENT -> 0;
            case SMALL, BULK, TAKEN -> want.size;
        };
    }

    void remove(Want want) {
        wants.remove(want.cid);
        byState.get(want.state).remove(want);
        pendingBytes -= counted(want);
        interests.remove(want);
    }

    void clear() {
        for (Want want : List.copyOf(wants.values())) remove(want);
    }

    int size() {
        return wants.size();
    }

    /// The bytes of blocks that are here and were not sent.
    long pendingBytes() {
        return pendingBytes;
    }

    /// What is wanted, the most urgent first.
    List<Cid> cids() {
        List<Want> sorted = new ArrayList<>(wants.values());
        sorted.sort(Want.ORDER);
        return sorted.stream().map(want -> want.cid).toList();
    }
}
