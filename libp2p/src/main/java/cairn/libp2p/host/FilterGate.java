package cairn.libp2p.host;

import cairn.libp2p.address.AddressFilters;
import cairn.libp2p.limits.Direction;
import cairn.libp2p.swarm.ConnectionGate;
import cairn.multiformats.multiaddr.Multiaddr;
import cairn.multiformats.peer.PeerId;
import java.util.Optional;

/// Keeps out addresses that a mask covers, in both directions.
final class FilterGate implements ConnectionGate {
    private final AddressFilters filters;

    FilterGate(AddressFilters filters) {
        this.filters = filters;
    }

    @Override
    public Optional<String> refuses(Multiaddr remote, Direction direction) {
        return filters.blocks(remote)
                ? Optional.of("an address filter forbids it (swarm filters)")
                : Optional.empty();
    }

    @Override
    public Optional<String> refuses(PeerId peer) {
        return Optional.empty();
    }
}
