package cairn.bitswap.session;

import cairn.multiformats.Cid;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What came, or was cancelled, a short while ago: if it comes once more nobody did wrong.
final class RecentCids {
    /// Several windows of the largest kind, in about two megabytes.
    static final int MOST = 1 << 14;

    private final LinkedHashMap<Cid, SessionWants> cids =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Cid, SessionWants> eldest) {
                    return size() > MOST;
                }
            };

    void add(Cid cid, SessionWants session) {
        cids.putLast(cid, session);
    }

    /// The session that had wanted it.
    Optional<SessionWants> session(Cid cid) {
        return Optional.ofNullable(cids.get(cid));
    }
}
