package cairn.libp2p.swarm;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/// The protocols that a swarm serves, and who serves each. Safe for any thread.
final class Handlers {
    private final Map<String, StreamHandler> byProtocol = new ConcurrentSkipListMap<>();

    void put(String protocol, StreamHandler handler) {
        if (byProtocol.putIfAbsent(protocol, handler) != null)
            throw new IllegalStateException(protocol + " is served already");
    }

    void remove(String protocol) {
        byProtocol.remove(protocol);
    }

    Optional<StreamHandler> find(String protocol) {
        return Optional.ofNullable(byProtocol.get(protocol));
    }

    boolean serves(String protocol) {
        return byProtocol.containsKey(protocol);
    }

    /// The protocols in the order of their names.
    List<String> protocols() {
        return List.copyOf(byProtocol.keySet());
    }
}
