package cairn.node.gateways;

import cairn.bitswap.client.SourceAnswers;
import cairn.bitswap.message.WantlistEntry.Kind;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
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

    /// Takes the next block of the archive. Waits where there is no room and nothing is wanted.
    ///
    /// @return whether it was wanted
    boolean take(Block block) throws InterruptedException {
        Wanted by;
        synchronized (this) {
            makeRoom(block);
            by = wanted.remove(block.cid());
            if (by == null || by.kind == Kind.HAVE) hold(block);
        }
        if (by != null) tell(by, block);
        return by != null;
    }

    private void makeRoom(Block block) throws InterruptedException {
        while (heldBytes + block.size() > MOST_HELD
                && !held.isEmpty()
                && !closed
                && !wanted.containsKey(block.cid())) {
            if (wanted.isEmpty()) {
                wait();
                continue;
            }
            Block oldest = held.firstEntry().getValue();
            drop(oldest);
            passedOver.accept(oldest.size());
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

    /// Waits until what is held was taken, or nobody will.
    synchronized void awaitTaken() throws InterruptedException {
        while (!held.isEmpty() && !closed) wait();
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
