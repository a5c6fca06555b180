package cairn.libp2p.limits;

import java.util.List;

/// A scope is the part of the host's resources that one connection or stream holds. All of it is
/// given back when the scope is closed, whatever its user forgot. Safe for any thread; the state is
/// guarded by `owner`.
abstract sealed class Scope implements MemoryBudget, AutoCloseable
        permits ConnectionScope, StreamScope {
    final ResourceLimits owner;

    /// What this scope alone uses.
    final Account own;

    /// All accounts that this scope's use counts in, its own first.
    List<Account> chain;

    boolean closed;

    /// The memory that was reserved from this very scope.
    private long held;

    Scope(ResourceLimits owner, Account own, List<Account> chain) {
        this.owner = owner;
        this.own = own;
        this.chain = chain;
    }

    @Override
    public void reserve(long bytes) throws LimitExceededException {
        synchronized (owner) {
            if (closed) throw new LimitExceededException("closed: nothing is reserved any more");
            owner.add(chain, ScopeUsage.memory(positive(bytes)));
            held += bytes;
        }
    }

    @Override
    public boolean tryReserveSpare(long bytes) {
        synchronized (owner) {
            if (closed || !owner.addSpare(chain, positive(bytes))) return false;
            held += bytes;
            return true;
        }
    }

    /// {@inheritDoc} After the scope was closed this does nothing: all was given back then.
    ///
    /// @throws IllegalStateException when more is given back than was reserved
    @Override
    public void release(long bytes) {
        synchronized (owner) {
            if (closed) return;
            if (positive(bytes) > held)
                throw new IllegalStateException("more is given back than was reserved");
            held -= bytes;
            owner.subtract(chain, ScopeUsage.memory(bytes));
        }
    }

    /// What the scope uses now.
    public ScopeUsage usage() {
        synchronized (owner) {
            return own.used();
        }
    }

    /// Gives everything back; doing so again does nothing.
    @Override
    public abstract void close();

    private static long positive(long bytes) {
        if (bytes < 0) throw new IllegalArgumentException("memory below zero: " + bytes);
        return bytes;
    }
}
