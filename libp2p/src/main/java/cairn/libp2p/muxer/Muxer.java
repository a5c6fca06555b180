package cairn.libp2p.muxer;

import cairn.libp2p.limits.MemoryBudget;
import cairn.libp2p.wire.Duplex;
import cairn.libp2p.wire.Role;

/// A muxer protocol, which makes many streams out of one secured channel.
public interface Muxer {
    /// The name that is agreed on, such as `/yamux/1.0.0`.
    String protocol();

    /// A connection over a channel, which it owns from now on. It begins with
    /// [MuxedConnection#start].
    ///
    /// @param memory what the windows of its streams are taken from
    MuxedConnection over(Duplex channel, Role role, MemoryBudget memory);
}
