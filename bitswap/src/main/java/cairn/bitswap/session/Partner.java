package cairn.bitswap.session;

import cairn.bitswap.message.WantlistEntry.Kind;
import cairn.multiformats.Cid;
import cairn.multiformats.peer.PeerId;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;

/// A partner is one that may have blocks: a connected peer, or another source of one session. What
/// it was asked, how fast it answers, what came from it.
public final class Partner {
    /// So many failures in a row, and its sessions count on it no more.
    private static final int MOST_FAILURES = 4;

    /// How long one that failed rests, the first time; then twice as long each time.
    private static final long FIRST_REST = Duration.ofSeconds(1).toNanos();

    private static final long MOST_REST = Duration.ofSeconds(16).toNanos();

    private static final int WASTE_STEPS = 4;

    private final String name;
    private final Optional<PeerId> peer;
    private final ByteBudget budget;
    private final Map<Cid, Ask> asks = new HashMap<>();

    /// Those that are counted on, the oldest first.
    private final SequencedSet<Ask> counted = new LinkedHashSet<>();

    /// The sessions that have it as theirs.
    private final Set<SessionWants> sessions = new LinkedHashSet<>();

    /// The sessions among them that wait for room, each once, the next one first.
    private final SequencedSet<SessionWants> hungry = new LinkedHashSet<>();

    private Optional<Voice> voice = Optional.empty();
    private Pipe pipe = new Pipe();
    private int misses;
    private int broken;
    private int refusals;
    private int failures;
    private long restsUntil;
    private long freed;
    private boolean left;

    private long blocks;
    private long bytes;
    private long duplicates;
    private long duplicateBytes;
    private long unwantedBytes;
    private long wasted;

    /// In quarters of what it may waste.
    private long wasteful;

    Partner(String name, Optional<PeerId> peer, ByteBudget budget) {
        this.name = name;
        this.peer = peer;
        this.budget = budget;
    }

    /// What takers are told that a block came from.
    public String name() {
        return name;
    }

    /// The peer that it is, where it is one.
    public Optional<PeerId> peer() {
        return peer;
    }

    Pipe pipe() {
        return pipe;
    }

    void connects(Voice speaking) {
        voice = Optional.of(speaking);
        pipe = new Pipe();
        misses = 0;
        left = false;
    }

    void disconnects() {
        voice.ifPresent(Voice::end);
        voice = Optional.empty();
        hungry.clear();
        sessions.clear();
    }

    boolean isToldBy(Voice one) {
        return voice.isPresent() && voice.get().equals(one);
    }

    boolean isConnected() {
        return voice.isPresent();
    }

    Set<SessionWants> sessions() {
        return sessions;
    }

    SequencedSet<SessionWants> hungry() {
        return hungry;
    }

    Optional<Ask> ask(Cid cid) {
        return Optional.ofNullable(asks.get(cid));
    }

    Collection<Ask> asks() {
        return asks.values();
    }

    SequencedSet<Ask> counted() {
        return counted;
    }

    /// Whether it can be told of one more want, be it only for its word.
    boolean hearsMore() {
        return isConnected() && asks.size() < Pipe.MOST_WANTS;
    }

    /// Whether a block may be asked of it without waiting behind more than its pipe holds.
    boolean hasRoom(int expected) {
        if (!hearsMore()) return false;
        return misses == 0 ? pipe.hasRoom(expected) : pipe.outstanding() == 0;
    }

    /// How long a block would take that is asked for now.
    long expected(int size) {
        return pipe.expected(pipe.outstandingBytes() + size) << Math.min(misses, 16);
    }

    /// Asks it, or asks it for more than before.
    void tell(Ask ask, int expected, long now) {
        boolean again = asks.put(ask.want().cid(), ask) != null;
        if (!again) ask.want().asks().add(ask);
        if (ask.kind() == Kind.BLOCK) {
            pipe.asked(ask, expected, now);
            budget.take(expected);
            counted.add(ask);
            ask.want().counted(1);
        }
        ask.said(now);
        voice.orElseThrow().want(ask.want().cid(), ask.kind(), again);
    }

    /// Whether it can say whether it has something.
    boolean isAnswered() {
        return voice.isPresent() && voice.get().isAnswered();
    }

    /// Asks it for a block that it isn't counted on to have.
    void tellBeside(Ask ask, long now) {
        asks.put(ask.want().cid(), ask);
        ask.want().asks().add(ask);
        ask.said(now);
        voice.orElseThrow().want(ask.want().cid(), ask.kind(), false);
    }

    /// Says once more what it was told before.
    void repeat(Ask ask, long now) {
        ask.said(now);
        voice.ifPresent(speaking -> speaking.want(ask.want().cid(), ask.kind(), true));
    }

    /// An ask is counted on no longer.
    void uncount(Ask ask) {
        if (!stopsCounting(ask)) return;
        pipe.left(ask);
        freed += ask.expectedBytes();
    }

    /// It has said that it won't send the block of an ask.
    void refused(Ask ask) {
        refusals++;
        failures = 0;
        goesWithout(ask);
    }

    /// The block of an ask won't come.
    void goesWithout(Ask ask) {
        pipe.answered(ask);
        uncount(ask);
    }

    /// It couldn't answer.
    ///
    /// @return whether that was once too often in a row
    boolean failed(long now) {
        restsUntil = now + Math.min(FIRST_REST << Math.min(failures, MOST_FAILURES), MOST_REST);
        failures++;
        return failures >= MOST_FAILURES;
    }

    /// Whether it failed, and has been left alone for long enough.
    boolean isRested(long now) {
        return failures > 0 && now >= restsUntil;
    }

    /// It has said that it has something.
    void promised() {
        refusals = 0;
        failures = 0;
    }

    private boolean stopsCounting(Ask ask) {
        if (!ask.isCounted()) return false;
        ask.leaves();
        counted.remove(ask);
        budget.give(ask.expectedBytes());
        ask.want().counted(-1);
        return true;
    }

    /// Takes an ask back.
    void cancel(Ask ask) {
        forget(ask);
        voice.ifPresent(speaking -> speaking.cancel(ask.want().cid()));
    }

    void forget(Ask ask) {
        asks.remove(ask.want().cid());
        pipe.answered(ask);
        uncount(ask);
    }

    /// The block of an ask has come from here.
    void delivered(Optional<Ask> answered, int size, long now) {
        blocks++;
        bytes += size;
        misses = 0;
        broken = 0;
        refusals = 0;
        failures = 0;
        if (answered.isEmpty()) return;
        Ask ask = answered.get();
        asks.remove(ask.want().cid());
        pipe.answered(ask);
        if (stopsCounting(ask)) {
            pipe.arrived(ask, size, now);
            freed += ask.expectedBytes();
        } else if (ask.kind() == Kind.BLOCK) {
            pipe.arrivedLate(size, now);
        } else {
            pipe.latency().record(now - ask.at(), false, now);
        }
    }

    /// A block came that had come before, or was wanted until just now.
    ///
    /// @param late whether it was asked for it: then that is a sign of life
    void duplicate(int size, boolean late, long now) {
        duplicates++;
        duplicateBytes += size;
        if (!late) return;
        misses = 0;
        pipe.arrivedLate(size, now);
    }

    void unwanted(int size) {
        unwantedBytes += size;
    }

    /// Bytes came that it wasn't asked for. For each quarter of what it may waste it is asked later
    /// than others.
    ///
    /// @param most how many it may, with a part of what came of use
    /// @return whether it may no more
    boolean wastes(int size, long most) {
        wasted += size;
        long all = most + bytes / ExchangeLimits.UNWANTED_SHARE;
        wasteful = all == 0 ? WASTE_STEPS : wasted * WASTE_STEPS / all;
        return wasted > all;
    }

    /// Nothing came in time.
    void missed() {
        misses++;
        if (misses % Overdue.MOST_MISSES == 0) pipe.latency().missed();
    }

    /// How often nothing came in time since something came.
    int misses() {
        return misses;
    }

    /// It didn't send what it had promised.
    void broke() {
        broken++;
    }

    /// Whether much came out of the pipe since it was last filled.
    boolean isWorthFilling() {
        return 4 * freed >= pipe.window();
    }

    void filled() {
        freed = 0;
    }

    /// Whether it was found to be worth no connection.
    boolean isLeft() {
        return left;
    }

    void leave() {
        left = true;
    }

    /// The greater the sooner it is asked: who sends blocks before who is unknown, before who had
    /// nothing lately, before who breaks promises.
    long score() {
        long faults = misses + broken + wasteful;
        if (faults > 0) return -(faults << Integer.SIZE) - refusals;
        return refusals >= Member.MOST_DONT_HAVES || bytes == 0 ? -refusals : bytes;
    }

    PartnerLedger ledger() {
        return new PartnerLedger(blocks, bytes, duplicates, duplicateBytes, unwantedBytes);
    }

    @Override
    public String toString() {
        return name;
    }
}
