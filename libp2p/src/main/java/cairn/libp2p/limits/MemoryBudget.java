package cairn.libp2p.limits;

/// A memory budget is an account of the bytes that a connection or stream may hold in buffers.
/// Whoever fills a buffer reserves it first, and gives back exactly what it reserved.
public interface MemoryBudget {
    /// Reserves bytes that are needed; they count for the connection, its peer and the host.
    ///
    /// @throws LimitExceededException when a limit would be passed; then nothing is reserved
    void reserve(long bytes) throws LimitExceededException;

    /// Reserves bytes that would only make things faster: refused long before the limit is near.
    ///
    /// @return whether they are reserved
    boolean tryReserveSpare(long bytes);

    /// Gives back bytes.
    void release(long bytes);

    /// A budget without a limit, for tests.
    static MemoryBudget unlimited() {
        return new MemoryBudget() {
            @Override
            public void reserve(long bytes) {}

            @Override
            public boolean tryReserveSpare(long bytes) {
                return true;
            }

            @Override
            public void release(long bytes) {}
        };
    }
}
