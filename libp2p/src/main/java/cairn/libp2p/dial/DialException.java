package cairn.libp2p.dial;

import cairn.multiformats.multiaddr.Multiaddr;
import cairn.multiformats.peer.PeerId;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// A peer couldn't be reached. The message names each address that was tried and why it failed, or
/// why it wasn't tried.
public final class DialException extends IOException {
    private static final long serialVersionUID = 1L;

    /// The most addresses that a message names.
    private static final int MAX_NAMED = 16;

    /// What became of one address.
    ///
    /// @param tried whether it was dialled, or looked up; else it was left out
    public record Failure(Multiaddr address, String reason, boolean tried) {}

    private final transient List<Failure> failures;

    DialException(PeerId peer, List<Failure> failures) {
        super(message(peer, failures));
        this.failures = List.copyOf(failures);
    }

    DialException(PeerId peer, String reason) {
        super("failed to dial " + peer + ": " + reason);
        this.failures = List.of();
    }

    /// What became of each address.
    public List<Failure> failures() {
        return failures;
    }

    /// Whether all of some addresses were among those that were tried.
    public boolean tried(Collection<Multiaddr> addresses) {
        Set<Multiaddr> tried =
                failures.stream()
                        .filter(Failure::tried)
                        .map(failure -> failure.address().withoutPeer())
                        .collect(Collectors.toSet());
        return addresses.stream().allMatch(address -> tried.contains(address.withoutPeer()));
    }

    private static String message(PeerId peer, List<Failure> failures) {
        StringBuilder text = new StringBuilder("failed to dial " + peer + ":");
        for (Failure failure : failures.subList(0, Math.min(MAX_NAMED, failures.size())))
            text.append("\n  * [").append(failure.address()).append("] ").append(failure.reason());
        if (failures.size() > MAX_NAMED)
            text.append("\n  and ").append(failures.size() - MAX_NAMED).append(" more");
        return text.toString();
    }
}
