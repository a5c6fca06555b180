package cairn.node.gateways;

import cairn.bitswap.client.SourceAnswers;
import cairn.bitswap.message.WantlistEntry.Kind;
import cairn.multiformats.Cid;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;

/// What one session wants of a server: a block, or to know whether it is there. It is answered
/// once, or withdrawn. State is guarded by `this`; the session is told without it.
final class BlockJob {
    private final Cid cid;
    private final Kind kind;
    private final SourceAnswers to;
    private final Consumer<BlockJob> over;
    private Optional<Thread> thread = Optional.empty();
    private int tries;
    private boolean answered;
    private boolean withdrawn;

    /// @param over told when it is answered, before the session is
    BlockJob(Cid cid, Kind kind, SourceAnswers to, Consumer<BlockJob> over) {
        this.cid = cid;
        this.kind = kind;
        this.to = to;
        this.over = over;
    }

    Cid cid() {
        return cid;
    }

    Kind kind() {
        return kind;
    }

    /// How often it was asked.
    synchronized int tries() {
        return tries;
    }

    synchronized boolean isWithdrawn() {
        return withdrawn;
    }

    /// Begins to ask, on a thread of its own.
    synchronized void start(Runnable asking) {
        tries++;
        Thread started = Thread.ofVirtual().name("block-request").start(asking);
        thread = Optional.of(started);
        if (withdrawn) started.interrupt();
    }

    /// Ends the asking: its thread is interrupted no more. Called by that thread.
    synchronized void finish() {
        thread = Optional.empty();
        boolean unusedAsIsOver = Thread.interrupted();
    }

    /// Nobody wants it any more.
    synchronized void withdraw() {
        withdrawn = true;
        thread.ifPresent(Thread::interrupt);
    }

    void block(byte[] bytes) {
        if (answers()) to.block(cid, bytes);
    }

    void there() {
        if (answers()) to.have(cid);
    }

    void missing() {
        if (answers()) to.dontHave(cid);
    }

    void failed(IOException why) {
        if (answers()) to.failed(cid, why);
    }

    /// Whether an answer is the first, and wanted.
    private boolean answers() {
        synchronized (this) {
            if (answered || withdrawn) return false;
            answered = true;
        }
        over.accept(this);
        return true;
    }
}
