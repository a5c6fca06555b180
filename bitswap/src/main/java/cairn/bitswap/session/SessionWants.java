package cairn.bitswap.session;

import cairn.multiformats.Cid;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;

/// What one session wants, and the partners that it has. A want that it takes care of is in one of
/// four states: asked of a partner that is counted on, queued until a partner has room, searched
/// for where no partner is known to have it, or deferred until there is a place in one of these.
public final class SessionWants {
    /// So many partners serve a session at once: enough to fill any link, and few enough to choose
    /// among for each block.
    static final int MOST_PARTNERS = 32;

    /// So many wants are searched for at once: the others wait for what that finds.
    static final int MOST_SEARCHES = 32;

    /// So many wants may be asked of a second partner in vain.
    private static final int FREE_HEDGES = 8;

    /// And one in so many more.
    private static final int HEDGED_SHARE = 64;

    private final SessionOptions options;
    private final BlockSizes sizes = new BlockSizes();
    private final SequencedMap<Cid, Want> wants = new LinkedHashMap<>();
    private final SequencedSet<Want> queue = new LinkedHashSet<>();
    private final SequencedSet<Want> searching = new LinkedHashSet<>();
    private final SequencedSet<Want> deferred = new LinkedHashSet<>();
    private final List<Partner> partners = new ArrayList<>();
    private final List<Partner> sources = new ArrayList<>();
    private final Map<Partner, Member> members = new HashMap<>();
    private volatile Optional<Cid> root = Optional.empty();
    private int waiting;
    private int providers;
    private boolean closed;
    private boolean finding;
    private long findAgainAt = Long.MIN_VALUE;
    private long introduceAt = Long.MIN_VALUE;
    private long hedges;

    private long blocks;
    private long bytes;
    private long duplicates;

    SessionWants(SessionOptions options) {
        this.options = options;
    }

    SessionOptions options() {
        return options;
    }

    BlockSizes sizes() {
        return sizes;
    }

    /// All that it waits for, those included that another session takes care of.
    SequencedMap<Cid, Want> wants() {
        return wants;
    }

    SequencedSet<Want> queue() {
        return queue;
    }

    SequencedSet<Want> searching() {
        return searching;
    }

    SequencedSet<Want> deferred() {
        return deferred;
    }

    /// Those that had something and are counted on for more.
    List<Partner> partners() {
        return partners;
    }

    /// Those that are no peers.
    List<Partner> sources() {
        return sources;
    }

    Map<Partner, Member> members() {
        return members;
    }

    Member member(Partner partner) {
        return members.computeIfAbsent(partner, unknown -> new Member());
    }

    /// How many takers wait.
    int waiting() {
        return waiting;
    }

    void waits(Want want) {
        if (root.isEmpty()) root = Optional.of(want.cid());
        waiting++;
        wants.putIfAbsent(want.cid(), want);
    }

    void waitsNoMore(Want want) {
        waiting--;
        wants.remove(want.cid());
    }

    void oneTakerLess() {
        waiting--;
    }

    /// The first that it wanted: who provides it is likely to have what is below it too.
    public Optional<Cid> root() {
        return root;
    }

    /// Takes a want out of whatever it waits in.
    void unlist(Want want, long now) {
        if (searching.remove(want)) want.searchEnds(now);
        else if (!queue.remove(want)) deferred.remove(want);
    }

    /// Whether one more may be asked of a second partner: what that fetches twice stays a small
    /// part of all.
    boolean mayHedge() {
        return hedges < FREE_HEDGES + blocks / HEDGED_SHARE;
    }

    /// A want was asked of a second partner, and may come twice.
    void hedged() {
        hedges++;
    }

    /// The second partner was faster: it was right to ask it.
    void hedgeHelped() {
        hedges--;
    }

    void arrived(int size) {
        blocks++;
        bytes += size;
    }

    void duplicate() {
        duplicates++;
    }

    boolean isClosed() {
        return closed;
    }

    void close() {
        closed = true;
        partners.clear();
        members.clear();
    }

    boolean isFinding() {
        return finding;
    }

    void finding(boolean underWay) {
        finding = underWay;
    }

    long findAgainAt() {
        return findAgainAt;
    }

    void findAgainAt(long when) {
        findAgainAt = when;
    }

    long introduceAt() {
        return introduceAt;
    }

    void introduceAt(long when) {
        introduceAt = when;
    }

    void foundProvider() {
        providers++;
    }

    int providers() {
        return providers;
    }

    Set<Partner> asked() {
        return members.keySet();
    }

    public SessionStat stat() {
        int have = 0;
        int no = 0;
        int silent = 0;
        for (Member member : members.values()) {
            if (member.hasSomething()) have++;
            if (member.saysNo()) no++;
            if (member.isSilent()) silent++;
        }
        return new SessionStat(
                members.size(), have, no, silent, blocks, bytes, duplicates, waiting);
    }
}
