package cairn.bitswap.server;

import cairn.multiformats.peer.PeerId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The ledgers of peers that have left: those of the last so many. State is guarded by `this`.
final class Ledgers {
    /// Some 200 bytes each.
    private static final int MOST = 1024;

    private final Map<PeerId, ServerLedger> ledgers =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<PeerId, ServerLedger> eldest) {
                    return size() > MOST;
                }
            };

    synchronized void put(PeerId peer, ServerLedger ledger) {
        ledgers.remove(peer);
        ledgers.put(peer, ledger);
    }

    synchronized Optional<ServerLedger> get(PeerId peer) {
        return Optional.ofNullable(ledgers.get(peer));
    }
}
