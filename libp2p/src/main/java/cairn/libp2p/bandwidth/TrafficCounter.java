package cairn.libp2p.bandwidth;

import java.util.function.LongSupplier;

/// Counts the bytes of something in both directions. Never waits; safe for any thread.
public final class TrafficCounter {
    private final LongSupplier nanos;
    private final ByteRate sent;
    private final ByteRate received;
    private volatile long lastUsed;

    TrafficCounter(LongSupplier nanos) {
        this.nanos = nanos;
        this.sent = new ByteRate(nanos);
        this.received = new ByteRate(nanos);
        this.lastUsed = nanos.getAsLong();
    }

    /// Counts bytes that were written.
    public void sent(long bytes) {
        sent.add(bytes);
        lastUsed = nanos.getAsLong();
    }

    /// Counts bytes that were read.
    public void received(long bytes) {
        received.add(bytes);
        lastUsed = nanos.getAsLong();
    }

    /// What was counted so far.
    public Traffic traffic() {
        return new Traffic(sent.total(), received.total(), sent.rate(), received.rate());
    }

    long lastUsed() {
        return lastUsed;
    }

    void touch() {
        lastUsed = nanos.getAsLong();
    }
}
