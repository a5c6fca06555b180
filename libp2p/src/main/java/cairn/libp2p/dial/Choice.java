package cairn.libp2p.dial;

import cairn.libp2p.dial.DialException.Failure;
import cairn.multiformats.multiaddr.AddressProtocol;
import cairn.multiformats.multiaddr.Multiaddr;
import cairn.multiformats.peer.PeerId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The choice of what is dialled among a peer's addresses: each once, and only what a filter allows
/// and no back-off holds back. Used by one thread.
final class Choice {
    /// The most addresses of one peer that are considered, those behind its names among them.
    static final int MAX_ADDRESSES = 128;

    private final PeerId peer;
    private final DialFilter filter;
    private final DialBackoff backoff;
    private final boolean insist;
    private final Set<Multiaddr> seen = new HashSet<>();
    private final List<Failure> left = new ArrayList<>();

    /// @param insist whether to take addresses whose back-off isn't over
    Choice(PeerId peer, DialFilter filter, DialBackoff backoff, boolean insist) {
        this.peer = peer;
        this.filter = filter;
        this.backoff = backoff;
        this.insist = insist;
    }

    /// Those of some addresses that are to be dialled, names resolved, and when.
    DialPlan of(List<Multiaddr> addresses) {
        List<Multiaddr> chosen = new ArrayList<>();
        for (Multiaddr given : addresses) {
            if (given.peer().filter(other -> !other.equals(peer)).isPresent()) continue;
            boolean relayed = given.has(AddressProtocol.P2P_CIRCUIT);
            Multiaddr address = relayed ? given : given.withoutPeer();
            if (seen.contains(address) || seen.size() == MAX_ADDRESSES) continue;
            seen.add(address);
            Optional<String> reason = reason(address);
            if (reason.isPresent()) left.add(new Failure(address, reason.get(), false));
            else chosen.add(address);
        }
        return DialPlan.of(chosen);
    }

    private Optional<String> reason(Multiaddr address) {
        Optional<String> refusal = filter.refuses(peer, address);
        if (refusal.isPresent()) return refusal;
        Duration wait = insist ? Duration.ZERO : backoff.remaining(peer, address);
        if (!wait.isPositive()) return Optional.empty();
        long seconds = Math.max(1, wait.toSeconds());
        return Optional.of("failed before; to be tried again in " + seconds + " s");
    }

    /// What was not chosen, and why.
    List<Failure> left() {
        return left;
    }
}
