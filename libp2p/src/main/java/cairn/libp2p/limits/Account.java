package cairn.libp2p.limits;

import java.util.Optional;
import java.util.function.Function;

/// An account is what one scope uses now. Guarded by its [ResourceLimits].
final class Account {
    private final String name;
    private final Function<Limits, ScopeLimits> kind;
    private final Runnable whenEmpty;
    private ScopeUsage used = ScopeUsage.NONE;

    /// @param kind which of the limits are this account's
    /// @param whenEmpty called each time the last thing in use is given back
    Account(String name, Function<Limits, ScopeLimits> kind, Runnable whenEmpty) {
        this.name = name;
        this.kind = kind;
        this.whenEmpty = whenEmpty;
    }

    Account(String name, Function<Limits, ScopeLimits> kind) {
        this(name, kind, () -> {});
    }

    ScopeUsage used() {
        return used;
    }

    ScopeState state(Limits limits) {
        return new ScopeState(kind.apply(limits), used);
    }

    /// Why more would be refused.
    Optional<String> refusal(Limits limits, ScopeUsage more) {
        return kind.apply(limits)
                .refusal(used, more)
                .map(limit -> "the limit of " + name + " is reached: " + limit);
    }

    /// Whether bytes fit below the share that is for what isn't needed.
    boolean hasSpare(Limits limits, long bytes) {
        long share = (long) (kind.apply(limits).memory() * limits.spareShare());
        return bytes <= share - used.memory();
    }

    void add(ScopeUsage more) {
        used = used.plus(more);
    }

    void subtract(ScopeUsage less) {
        used = used.minus(less);
        if (used.equals(ScopeUsage.NONE)) whenEmpty.run();
    }
}
