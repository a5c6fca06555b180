package cairn.bitswap.server;

import java.util.concurrent.atomic.LongAdder;

/// What was done for all peers, counted by many threads at once.
final class Totals {
    private final LongAdder bytes = new LongAdder();
    private final LongAdder blocks = new LongAdder();
    private final LongAdder wants = new LongAdder();
    private final LongAdder presences = new LongAdder();
    private final LongAdder dropped = new LongAdder();

    void wanted() {
        wants.increment();
    }

    void dropped() {
        dropped.increment();
    }

    void sent(long moreBytes, int moreBlocks, int morePresences) {
        bytes.add(moreBytes);
        blocks.add(moreBlocks);
        presences.add(morePresences);
    }

    ServerLedger ledger() {
        return new ServerLedger(bytes.sum(), blocks.sum(), wants.sum());
    }

    long presencesSent() {
        return presences.sum();
    }

    long wantsDropped() {
        return dropped.sum();
    }
}
