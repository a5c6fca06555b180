package cairn.libp2p.transport;

import cairn.libp2p.limits.MemoryBudget;
import cairn.libp2p.limits.Meter;
import java.util.concurrent.atomic.AtomicLong;

/// An admission that counts bytes, and how often it is given back.
public final class CountedAdmission implements Admission {
    public final AtomicLong sent = new AtomicLong();
    public final AtomicLong received = new AtomicLong();
    public final AtomicLong closes = new AtomicLong();

    @Override
    public MemoryBudget memory() {
        return MemoryBudget.unlimited();
    }

    @Override
    public Meter meter() {
        return new Meter() {
            @Override
            public void sending(int bytes) {
                sent.addAndGet(bytes);
            }

            @Override
            public void received(int bytes) {
                received.addAndGet(bytes);
            }
        };
    }

    @Override
    public void close() {
        closes.incrementAndGet();
    }
}
