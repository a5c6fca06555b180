package cairn.bitswap.server;

import cairn.bitswap.message.OutgoingMessage;
import cairn.bitswap.message.Presence;
import cairn.bitswap.message.WantlistEntry;
import cairn.bitswap.message.WantlistEntry.Kind;
import cairn.bitswap.server.Outbox.Answer;
import cairn.bitswap.server.Outbox.Letter;
import cairn.bitswap.server.Turns.Need;
import cairn.bitswap.server.Want.State;
import cairn.multiformats.Cid;
import cairn.multiformats.Multicodec;
import cairn.multiformats.peer.PeerId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/// A partner is a peer that has asked for something: what it wants, what is ready for it, and how
/// far it is with taking it.
///
/// Three kinds of threads meet here, each for a few steps under [#lock], and none of them waits
/// under it for anything but that lock: those that read what the peer says; one worker at a time,
/// which makes answers ready; and the one sender, which lives while there is something to send.
/// Under the lock only that of [Turns] and those within [Interests] are taken.
final class Partner implements Waiting {
    /// How much is read ahead for a message; one larger block is a message of its own.
    static final int MESSAGE_BYTES = 256 << 10;

    /// Blocks up to here go ahead of larger ones: as much as boxo puts into a message.
    static final int SMALL_BLOCK = 16 << 10;

    /// The most wants that one turn looks up, so that the first answers don't wait for the last.
    static final int MOST_LOOKUPS = 128;

    /// The most words that wait to be sent; no more are looked up then.
    private static final int MOST_PRESENCES = 1024;

    /// What being looked up counts for among the turns.
    private static final int LOOKUP_COST = 32;

    /// For how long the sender waits for more before its stream is closed; js-libp2p resets one
    /// that was idle for ten seconds.
    private static final Duration LINGER = Duration.ofSeconds(3);

    private final PeerId peer;
    private final ServerOptions options;
    private final Turns<Partner> turns;
    private final Totals totals;
    private final Function<Partner, Thread> senders;
    private final Turns.Place<Partner> place;
    private final WantQueue wants;
    private final Outbox outbox = new Outbox();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ready = lock.newCondition();
    private long bytesSent;
    private long blocksSent;
    private long wantsReceived;
    private Optional<Thread> sender = Optional.empty();

    /// The bytes that were given in this turn.
    private long given;

    private boolean gone;

    /// The bytes that are being sent, and since when.
    private Optional<Letter> underWay = Optional.empty();

    private long sendingSince;

    /// Whether the peer was found not to read while memory was short.
    private boolean stalled;

    /// @param earlier what passed before it left
    /// @param senders makes the thread that sends, not yet started
    Partner(
            PeerId peer,
            ServerOptions options,
            Turns<Partner> turns,
            Interests interests,
            Totals totals,
            ServerLedger earlier,
            Function<Partner, Thread> senders) {
        this.peer = peer;
        this.options = options;
        this.turns = turns;
        this.totals = totals;
        this.bytesSent = earlier.bytesSent();
        this.blocksSent = earlier.blocksSent();
        this.wantsReceived = earlier.wantsReceived();
        this.senders = senders;
        this.place = turns.place(this);
        this.wants = new WantQueue(this, interests, options.mostWants());
    }

    PeerId peer() {
        return peer;
    }

    // What readers of the peer's streams call.

    WantQueue.Message begin() {
        lock.lock();
        try {
            return wants.begin();
        } finally {
            lock.unlock();
        }
    }

    void entry(WantlistEntry entry, WantQueue.Message message) {
        if (entry.cid().hash().function().equals(Multicodec.IDENTITY)) return;
        lock.lock();
        try {
            if (gone) return;
            switch (entry) {
                case WantlistEntry.Cancel cancel -> wants.cancel(cancel.cid());
                case WantlistEntry.Want want -> {
                    wantsReceived++;
                    totals.wanted();
                    if (!options.enabled() && !want.sendDontHave()) return;
                    if (!wants.put(want, message)) totals.dropped();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    void end(WantQueue.Message message, boolean full) {
        lock.lock();
        try {
            wants.end(message, full);
            turns.free(place, outbox.prune(wants));
            schedule();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void arrived(Want want) {
        lock.lock();
        try {
            wants.arrived(want);
            schedule();
        } finally {
            lock.unlock();
        }
    }

    // What a worker calls, in its turn.

    /// Begins a turn.
    ///
    /// @return the wants to be looked up
    List<Want> beginTurn() {
        lock.lock();
        try {
            given = 0;
            List<Want> fresh = new ArrayList<>();
            while (fresh.size() < MOST_LOOKUPS && mayLookUp()) {
                Optional<Want> want = wants.take(State.FRESH);
                if (want.isEmpty()) break;
                fresh.add(want.get());
            }
            return fresh;
        } finally {
            lock.unlock();
        }
    }

    /// Whether a block may be read at once when it is looked up: nothing is known to come first.
    boolean mayReadAhead() {
        lock.lock();
        try {
            return options.enabled()
                    && !wants.has(State.BULK)
                    && !wants.has(State.SMALL)
                    && mayReadBulk(MESSAGE_BYTES)
                    && turns.hasMemoryFor(Need.BULK, place);
        } finally {
            lock.unlock();
        }
    }

    /// The block of a want that was looked up is here.
    void found(Want want, int size) {
        lock.lock();
        try {
            if (!wants.isThere(want)) return;
            if (want.kind == Kind.HAVE && size > options.tinyBlock()) {
                wants.remove(want);
                say(want, Presence.Type.HAVE);
            } else {
                wants.found(want, size, size <= SMALL_BLOCK ? State.SMALL : State.BULK);
            }
        } finally {
            lock.unlock();
        }
    }

    /// The block of a want that was looked up, or should have been read, isn't here.
    void missing(Want want) {
        lock.lock();
        try {
            if (!wants.isThere(want)) return;
            wants.missing(want);
            if (want.state == State.FRESH) return;
            if (want.sendDontHave) say(want, Presence.Type.DONT_HAVE);
            want.sendDontHave = false;
            if (!options.enabled()) wants.remove(want);
        } finally {
            lock.unlock();
        }
    }

    private void say(Want want, Presence.Type type) {
        outbox.add(new Presence(want.cid, type));
        given += OutgoingMessage.partBytes(want.cid);
    }

    /// Counts the memory of a block that was read.
    void uses(int bytes) {
        turns.use(place, bytes);
    }

    /// A block was read; the memory it takes is counted.
    void answer(Answer answer) {
        lock.lock();
        try {
            int size = answer.block().size();
            if (!wants.isThere(answer.want())) {
                turns.free(place, size);
                return;
            }
            wants.found(answer.want(), size, State.TAKEN);
            if (size <= SMALL_BLOCK) outbox.addSmall(answer);
            else outbox.addBulk(answer);
            given += size;
        } finally {
            lock.unlock();
        }
    }

    /// The wants whose blocks are to be read now: small ones first, up to a message.
    List<Want> takeReady() {
        boolean memory = turns.hasMemoryFor(Need.SMALL, place);
        boolean bulkMemory = turns.hasMemoryFor(Need.BULK, place);
        lock.lock();
        try {
            List<Want> taken = new ArrayList<>();
            long small = outbox.smallBytes();
            while (memory && wants.has(State.SMALL) && mayReadSmall(small)) {
                small += wants.nextSize(State.SMALL);
                taken.add(wants.take(State.SMALL).orElseThrow());
            }
            long bulk = 0;
            while (bulkMemory
                    && wants.has(State.BULK)
                    && mayReadBulk(bulk + wants.nextSize(State.BULK))
                    && (bulk == 0 || bulk + wants.nextSize(State.BULK) <= MESSAGE_BYTES)) {
                bulk += wants.nextSize(State.BULK);
                taken.add(wants.take(State.BULK).orElseThrow());
            }
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /// Ends a turn; the next one follows where there is more to do.
    void endTurn(int lookedUp) {
        lock.lock();
        try {
            turns.end(place, given + (long) lookedUp * LOOKUP_COST);
            wake();
            schedule();
        } finally {
            lock.unlock();
        }
    }

    /// Whether more small blocks may be read where so many bytes of them are ready.
    private boolean mayReadSmall(long bytes) {
        return bytes < MESSAGE_BYTES && !stalled;
    }

    private boolean mayLookUp() {
        return outbox.presences() < MOST_PRESENCES;
    }

    /// Whether so many bytes may be read ahead of what is being sent.
    private boolean mayReadBulk(long bytes) {
        if (outbox.bulkBytes() > 0 || stalled) return false;
        return underWay.isEmpty() || underWay.get().bytes() + bytes <= options.mostOutstanding();
    }

    private void schedule() {
        if (gone) return;
        if (wants.has(State.FRESH) && mayLookUp()) turns.offer(place, Need.LOOKUP);
        else if (wants.has(State.SMALL) && mayReadSmall(outbox.smallBytes()))
            turns.offer(place, Need.SMALL);
        else if (wants.has(State.BULK) && mayReadBulk(wants.nextSize(State.BULK)))
            turns.offer(place, Need.BULK);
    }

    /// Lets the sender know of what is ready.
    private void wake() {
        if (gone || outbox.isEmpty()) return;
        if (sender.isPresent()) {
            ready.signal();
            return;
        }
        Thread thread = senders.apply(this);
        sender = Optional.of(thread);
        thread.start();
    }

    // What the sender calls.

    /// Waits for something to send.
    ///
    /// @return empty where there was nothing for a while, or the peer has left: the sender ends,
    ///   and another is begun when there is
    Optional<Letter> nextLetter() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = LINGER.toNanos();
            while (!gone) {
                turns.free(place, outbox.prune(wants));
                underWay = outbox.take(wants);
                if (underWay.isPresent()) {
                    sendingSince = System.nanoTime();
                    schedule();
                    return underWay;
                }
                if (left <= 0) break;
                left = ready.awaitNanos(left);
            }
            sender = Optional.empty();
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /// A letter was sent.
    void sent(Letter letter) {
        int blocks = letter.message().blocks().size();
        totals.sent(letter.bytes(), blocks, letter.message().presences().size());
        lock.lock();
        try {
            bytesSent += letter.bytes();
            blocksSent += blocks;
            landed();
            schedule();
        } finally {
            lock.unlock();
        }
    }

    private void landed() {
        underWay.ifPresent(letter -> turns.free(place, letter.bytes()));
        underWay = Optional.empty();
        stalled = false;
    }

    /// The peer couldn't be sent what it wanted: all of it is dropped, as it asks again where it
    /// still wants it.
    void failed() {
        lock.lock();
        try {
            sender = Optional.empty();
            landed();
            drop();
        } finally {
            lock.unlock();
        }
    }

    private void drop() {
        wants.clear();
        turns.free(place, outbox.clear());
        turns.withdraw(place);
    }

    // What the server calls.

    /// Gives back what is held for a peer that takes nothing, as memory is short.
    ///
    /// @param still for how long it takes nothing
    /// @param over after how long the sending ends
    void relieve(Duration still, Duration over) {
        lock.lock();
        try {
            long since = System.nanoTime() - sendingSince;
            if (underWay.isEmpty() || since < still.toNanos()) return;
            stalled = true;
            for (Answer answer : outbox.takeBack()) {
                turns.free(place, answer.block().size());
                if (wants.isThere(answer.want()))
                    wants.found(answer.want(), answer.block().size(), State.BULK);
            }
            if (since > over.toNanos()) sender.ifPresent(Thread::interrupt);
        } finally {
            lock.unlock();
        }
    }

    /// The peer has left: all of it is freed. What is being sent is freed as the sender ends.
    void leave() {
        lock.lock();
        try {
            gone = true;
            drop();
            sender.ifPresent(Thread::interrupt);
            ready.signal();
        } finally {
            lock.unlock();
        }
    }

    ServerLedger ledger() {
        lock.lock();
        try {
            return new ServerLedger(bytesSent, blocksSent, wantsReceived);
        } finally {
            lock.unlock();
        }
    }

    List<Cid> wantlist() {
        lock.lock();
        try {
            return wants.cids();
        } finally {
            lock.unlock();
        }
    }

    int wants() {
        lock.lock();
        try {
            return wants.size();
        } finally {
            lock.unlock();
        }
    }
}
