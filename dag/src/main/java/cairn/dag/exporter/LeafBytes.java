package cairn.dag.exporter;

import java.nio.ByteBuffer;
import java.util.Optional;

/// The bytes of a raw leaf, in a buffer that was leased for them or in its block's own. For one
/// thread at a time.
final class LeafBytes {
    private final ByteBuffer bytes;
    private final Optional<LeafBuffers> lender;
    private boolean ended;

    private LeafBytes(ByteBuffer bytes, Optional<LeafBuffers> lender) {
        this.bytes = bytes;
        this.lender = lender;
    }

    /// @param bytes from the start of a buffer that was leased to its limit
    static LeafBytes leased(ByteBuffer bytes, LeafBuffers lender) {
        return new LeafBytes(bytes, Optional.of(lender));
    }

    static LeafBytes owned(ByteBuffer bytes) {
        return new LeafBytes(bytes, Optional.empty());
    }

    int size() {
        return bytes.limit();
    }

    /// A view of the bytes, read-only. Not to be used after [#giveBack].
    ByteBuffer view() {
        return bytes.asReadOnlyBuffer().rewind();
    }

    /// Ends the lease. Called once.
    ///
    /// @throws IllegalStateException when it has ended: the buffer may be another's by now
    void giveBack() {
        if (ended) throw new IllegalStateException("a leaf was given back twice");
        ended = true;
        lender.ifPresent(buffers -> buffers.giveBack(bytes));
    }
}
