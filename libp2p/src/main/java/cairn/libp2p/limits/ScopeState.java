package cairn.libp2p.limits;

/// A scope as it stands: its limits, and what it uses of them.
public record ScopeState(ScopeLimits limits, ScopeUsage usage) {}
