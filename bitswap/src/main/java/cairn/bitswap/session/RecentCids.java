package cairn.bitswap.session;

import cairn.multiformats.Cid;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What came, or was cancelled, a short while ago, and who may still send it: each of those once,
/// without having done wrong.
final class RecentCids {
    /// Several windows of the largest kind, in about two megabytes.
    static final int MOST = 1 << 14;

    private record Recent(SessionWants session, List<Partner> owing) {}

    private final LinkedHashMap<Cid, Recent> cids =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Cid, Recent> eldest) {
                    return size() > MOST;
                }
            };

    /// A want is over. Who was asked and hasn't said no may send it late.
    ///
    /// @param from who sent it, if that is why it is over
    void add(Want want, Optional<Partner> from) {
        List<Partner> owing = new ArrayList<>();
        for (Ask ask : want.asks())
            if (ask.isOwed() && !from.equals(Optional.of(ask.partner()))) owing.add(ask.partner());
        cids.putLast(want.cid(), new Recent(want.owner(), List.copyOf(owing)));
    }

    /// The session that had wanted it.
    Optional<SessionWants> session(Cid cid) {
        return Optional.ofNullable(cids.get(cid)).map(Recent::session);
    }

    /// A partner has sent it.
    ///
    /// @return whether it might, and hadn't
    boolean pays(Cid cid, Partner partner) {
        Recent recent = cids.get(cid);
        if (recent == null || !recent.owing.contains(partner)) return false;
        List<Partner> rest = recent.owing.stream().filter(one -> !one.equals(partner)).toList();
        cids.put(cid, new Recent(recent.session, rest));
        return true;
    }
}
