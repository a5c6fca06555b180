package cairn.libp2p.transport;

import cairn.libp2p.limits.MemoryBudget;
import cairn.libp2p.limits.Meter;

/// An admission is the place that a connection has among those of the host, from before its first
/// byte until it is closed: what it may use is counted here.
public interface Admission extends AutoCloseable {
    /// What its buffers are taken from.
    MemoryBudget memory();

    /// Counts its bytes on the wire, and slows them down.
    Meter meter();

    /// Gives the place back; doing so again does nothing.
    @Override
    void close();

    /// One that neither limits nor counts, for tests.
    static Admission unlimited() {
        return new Admission() {
            @Override
            public MemoryBudget memory() {
                return MemoryBudget.unlimited();
            }

            @Override
            public Meter meter() {
                return Meter.none();
            }

            @Override
            public void close() {}
        };
    }
}
