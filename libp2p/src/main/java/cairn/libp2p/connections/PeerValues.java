package cairn.libp2p.connections;

import cairn.multiformats.peer.PeerId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// What peers are worth to the parts of the host: each part gives a peer a value under a tag of its
/// own, or protects it outright. The parts take back what they gave when they are done with the
/// peer, connected or not. `this` guards both maps.
public final class PeerValues {
    private final Map<PeerId, Set<String>> protections = new HashMap<>();
    private final Map<PeerId, Map<String, Integer>> values = new HashMap<>();

    /// Keeps the connections of a peer from being closed for there being too many, until the tag is
    /// taken away again.
    public synchronized void protect(PeerId peer, String tag) {
        protections.computeIfAbsent(peer, p -> new HashSet<>()).add(tag);
    }

    /// Takes a protection away.
    ///
    /// @return whether others protect the peer still
    public synchronized boolean unprotect(PeerId peer, String tag) {
        Set<String> tags = protections.get(peer);
        if (tags == null) return false;
        tags.remove(tag);
        if (tags.isEmpty()) protections.remove(peer);
        return !tags.isEmpty();
    }

    /// Whether anybody protects the peer.
    public synchronized boolean isProtected(PeerId peer) {
        return protections.containsKey(peer);
    }

    /// Gives a peer a value under a tag, in place of the one it had under it. More is better.
    public synchronized void tag(PeerId peer, String tag, int value) {
        values.computeIfAbsent(peer, p -> new HashMap<>()).put(tag, value);
    }

    /// Takes a value away.
    public synchronized void untag(PeerId peer, String tag) {
        values.computeIfPresent(
                peer,
                (p, tags) -> {
                    tags.remove(tag);
                    return tags.isEmpty() ? null : tags;
                });
    }

    /// The sum of the values that a peer was given.
    public synchronized long value(PeerId peer) {
        long sum = 0;
        for (int value : values.getOrDefault(peer, Map.of()).values()) sum += value;
        return sum;
    }
}
