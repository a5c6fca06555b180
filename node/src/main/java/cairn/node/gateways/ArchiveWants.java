package cairn.node.gateways;

import cairn.bitswap.client.SourceAnswers;
import cairn.bitswap.message.WantlistEntry.Kind;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;

/// What a session wants of an archive and hasn't had, and what came of the archive before the
/// session wanted it. An archive comes in the order of a walk, or nearly, so what isn't wanted yet
/// will be soon.
///
/// State is guarded by `this`; who wants is told without it.
///
/// **Limit:** [#MOST_HELD] bytes are held. Where there is more, the archive is read no further
/// while nothing is wanted; while something is, the oldest makes room and is passed over.
final class ArchiveWants {
    /// Four of the largest blocks, or some hundreds of the usual: more than a walk lags behind.
    static final long MOST_HELD = 8L << 20;

    /// Who waits, and found no place to rest, looks for one again after so long.
    private static final Duration LOOK_AGAIN = Duration.ofMillis(250);

    private record Wanted(Kind kind, SourceAnswers to) {}

    private final IntConsumer passedOver;
    private final Map<Cid, Wanted> wanted = new LinkedHashMap<>();
    private final SequencedMap<Cid, Block> held = new LinkedHashMap<>();
    private long heldBytes;
    private boolean closed;

    /// @param passedOver told of the bytes of a block that nobody wanted
    ArchiveWants(IntConsumer passedOver) {
        this.passedOver = passedOver;
    }

    /// Answers at once where it can.
    ///
    /// @return whether it did; else it is noted
    boolean want(Cid cid, Kind kind, SourceAnswers to) {
        Optional<Block> here;
        synchronized (this) {
            here = Optional.ofNullable(held.get(cid));
            if (here.isEmpty()) wanted.put(cid, new Wanted(kind, to));
            else if (kind == Kind.BLOCK) drop(here.get());
            notifyAll();
        }
        here.ifPresent(block -> tell(new Wanted(kind, to), block));
        return here.isPresent();
    }

    private void drop(Block block) {
        if (held.remove(block.cid()) != null) heldBytes -= block.size();
    }

    private static void tell(Wanted wanted, Block block) {
        switch (wanted.kind) {
            case BLOCK -> wanted.to.block(block);
            case HAVE -> wanted.to.have(block.cid());
        }
    }

    synchronized void cancel(Cid cid) {
        wanted.remove(cid);
    }

    /// Takes the next block of the archive. Waits where there is no room and nothing is wanted, and
    /// lets others read then.
    ///
    /// @return whether it was wanted
    boolean take(Block block, Reads.Permit permit) throws InterruptedException {
        while (!hasRoom(block)) {
            permit.rest();
            awaitRoom(block);
            permit.goOn();
        }
        Wanted by;
        synchronized (this) {
            by = wanted.remove(block.cid());
            if (by == null || by.kind == Kind.HAVE) hold(block);
        }
        if (by != null) tell(by, block);
        return by != null;
    }

    /// Makes room, where something is wanted that may come later.
    private synchronized boolean hasRoom(Block block) {
        while (isFull(block) && !wanted.isEmpty()) {
            Block oldest = held.firstEntry().getValue();
            drop(oldest);
            passedOver.accept(oldest.size());
        }
        return !isFull(block);
    }

    private boolean isFull(Block block) {
        return heldBytes + block.size() > MOST_HELD
                && !held.isEmpty()
                && !closed
                && !wanted.containsKey(block.cid());
    }

    private synchronized void awaitRoom(Block block) throws InterruptedException {
        awaitWhile(() -> isFull(block) && wanted.isEmpty());
    }

    private synchronized void awaitWhile(BooleanSupplier condition) throws InterruptedException {
        long until = System.nanoTime() + LOOK_AGAIN.toNanos();
        for (long left = LOOK_AGAIN.toNanos(); left > 0 && condition.getAsBoolean(); ) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
            left = until - System.nanoTime();
        }
    }

    private void hold(Block block) {
        if (closed || held.put(block.cid(), block) != null) return;
        heldBytes += block.size();
    }

    /// Nothing more comes: what is wanted isn't there.
    void end() {
        for (Map.Entry<Cid, Wanted> each : unanswered()) each.getValue().to.dontHave(each.getKey());
    }

    /// Nothing more comes for now.
    void fail(IOException why) {
        for (Map.Entry<Cid, Wanted> each : unanswered())
            each.getValue().to.failed(each.getKey(), why);
    }

    private synchronized List<Map.Entry<Cid, Wanted>> unanswered() {
        List<Map.Entry<Cid, Wanted>> all = List.copyOf(wanted.entrySet());
        wanted.clear();
        return all;
    }

    /// Waits until what is held was taken, or nobody will. Others read meanwhile.
    void awaitTaken(Reads.Permit permit) throws InterruptedException {
        do permit.rest();
        while (holdsSome());
    }

    private synchronized boolean holdsSome() throws InterruptedException {
        awaitWhile(() -> !held.isEmpty() && !closed);
        return !held.isEmpty() && !closed;
    }

    /// Nothing is wanted any more.
    synchronized void close() {
        closed = true;
        wanted.clear();
        for (Block block : held.values()) passedOver.accept(block.size());
        held.clear();
        heldBytes = 0;
        notifyAll();
    }
}
