package cairn.libp2p.limits;

import cairn.multiformats.peer.PeerId;
import java.util.Map;

/// All shared scopes at one moment, as `swarm resources` shows them.
///
/// @param peers those that have a connection
/// @param protocols those that have a stream
public record ResourceSnapshot(
        ScopeState system,
        ScopeState transientScope,
        Map<PeerId, ScopeState> peers,
        Map<String, ScopeState> protocols) {
    public ResourceSnapshot {
        peers = Map.copyOf(peers);
        protocols = Map.copyOf(protocols);
    }
}
