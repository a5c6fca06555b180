package cairn.bitswap.session;

import cairn.bitswap.message.Presence;
import cairn.bitswap.session.Ask.Answer;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.multiformats.Multicodec;
import cairn.multiformats.peer.PeerId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// The exchange has the wants of all sessions and the partners that are asked for them. It is told
/// what happens, each time with the time in nanoseconds, and decides; who is to learn of something
/// outside is told by [#effects].
///
/// Not safe for several threads: its owner guards it, and runs the effects when the guard is given
/// back. What comes costs the same however much is wanted and however many are connected.
public final class Exchange {
    /// The ledgers of so many peers that have left are kept.
    private static final int MOST_LEFT = 1024;

    private final ExchangeLimits limits;
    private final Map<Cid, Want> wants = new HashMap<>();
    private final Map<PeerId, Partner> peers = new LinkedHashMap<>();
    private final Map<PeerId, Partner> gone = new LinkedHashMap<>();
    private final Set<Partner> sources = new LinkedHashSet<>();
    private final Set<SessionWants> sessions = new LinkedHashSet<>();
    private final RecentCids recent = new RecentCids();
    private final ByteBudget budget;
    private final Search search;
    private final Dispatch dispatch;
    private final Overdue overdue;
    private final Consumer<PeerId> leaver;
    private List<Runnable> effects = new ArrayList<>();
    private final Totals totals = new Totals();

    /// @param finder told, as an effect, when providers of a block are to be looked for
    /// @param leaver told, as an effect, of a peer that sent too much that nobody wanted
    public Exchange(
            ExchangeLimits limits, BiConsumer<SessionWants, Cid> finder, Consumer<PeerId> leaver) {
        this.limits = limits;
        this.leaver = leaver;
        budget = new ByteBudget(limits.bytes());
        search =
                new Search(
                        peers.values(),
                        limits.findAfter(),
                        (session, cid) -> effects.add(() -> finder.accept(session, cid)));
        dispatch = new Dispatch(search, budget);
        overdue = new Overdue(dispatch);
    }

    /// What is to be done once the guard of this object is given back, in this order; each once.
    public List<Runnable> effects() {
        if (effects.isEmpty()) return List.of();
        List<Runnable> now = effects;
        effects = new ArrayList<>();
        return now;
    }

    /// Whether [#tick] is to be called now and then.
    public boolean isBusy() {
        return !wants.isEmpty();
    }

    public SessionWants open(SessionOptions options) {
        return new SessionWants(options);
    }

    /// A session begins to want a block.
    public void want(SessionWants session, Cid cid, BlockTaker taker, long now) {
        if (cid.hash().function().equals(Multicodec.IDENTITY)) {
            effects.add(() -> taker.arrived(Block.identity(cid), "the CID itself"));
            return;
        }
        Optional<String> refusal = refusal(session);
        if (refusal.isPresent()) {
            IOException why = new IOException(cid + " can't be asked for: " + refusal.get());
            effects.add(() -> taker.failed(cid, why));
            return;
        }
        sessions.add(session);
        Want known = wants.get(cid);
        Want want = known == null ? new Want(cid, session) : known;
        want.waiting().add(new Want.Waiting(session, taker, want.searchedFor(now)));
        session.waits(want);
        if (known != null) return;
        wants.put(cid, want);
        dispatch.place(want, now);
    }

    private Optional<String> refusal(SessionWants session) {
        if (session.isClosed()) return Optional.of("the session is closed");
        if (session.waiting() >= session.options().wants())
            return Optional.of("the session wants " + session.waiting() + " blocks already");
        if (!sessions.contains(session) && sessions.size() >= limits.sessions())
            return Optional.of(sessions.size() + " sessions want blocks already");
        return Optional.empty();
    }

    /// A taker waits no more.
    public void cancel(SessionWants session, Cid cid, BlockTaker taker, long now) {
        Want want = session.wants().get(cid);
        if (want == null) return;
        boolean waited = false;
        for (int i = 0; i < want.waiting().size() && !waited; i++) {
            Want.Waiting one = want.waiting().get(i);
            if (one.session() != session || !one.taker().equals(taker)) continue;
            want.waiting().remove(i);
            waited = true;
        }
        if (!waited) return;
        session.oneTakerLess();
        abandonUnlessWaiting(session, want, now);
        dispatch.searchQueued(session, now);
    }

    private void abandonUnlessWaiting(SessionWants session, Want want, long now) {
        if (want.waiting().stream().noneMatch(one -> one.session() == session))
            abandon(session, want, now);
    }

    /// A session has no taker left for a want.
    private void abandon(SessionWants session, Want want, long now) {
        session.wants().remove(want.cid());
        if (want.owner() == session) session.unlist(want, now);
        if (want.waiting().isEmpty()) {
            if (wants.remove(want.cid()) == null) return;
            // Who answers late was asked for it.
            recent.add(want, Optional.empty());
            release(want, Optional.empty(), now);
        } else if (want.owner() == session) {
            want.owner(want.waiting().getFirst().session());
            if (!want.isComing()) dispatch.place(want, now);
        }
    }

    /// Takes a want back from all who were asked but one.
    private void release(Want want, Optional<Partner> but, long now) {
        if (want.asks().size() == 1
                && but.isPresent()
                && want.asks().getFirst().partner() == but.get()) return;
        for (Ask ask : want.asks()) {
            Partner partner = ask.partner();
            if (but.isPresent() && but.get() == partner) continue;
            boolean counted = ask.isCounted();
            if (ask.isHedged() && but.isPresent()) want.owner().hedgeHelped();
            partner.cancel(ask);
            if (counted) dispatch.fill(partner, now);
        }
    }

    /// A session ends. Its takers are told.
    public void close(SessionWants session, long now) {
        if (session.isClosed()) return;
        for (Partner partner : List.copyOf(session.partners())) {
            session.partners().remove(partner);
            partner.sessions().remove(session);
            partner.hungry().remove(session);
        }
        for (Want want : List.copyOf(session.wants().values())) {
            IOException why = new IOException("the session is closed");
            want.waiting()
                    .removeIf(
                            one -> {
                                if (one.session() != session) return false;
                                effects.add(() -> one.taker().failed(want.cid(), why));
                                return true;
                            });
            abandon(session, want, now);
        }
        for (Partner source : session.sources()) {
            sources.remove(source);
            drop(source, now);
        }
        session.close();
        sessions.remove(session);
    }

    /// A session may ask another source too. It is asked as a peer is that has just connected, so
    /// that both have their part of what both have.
    public Partner add(SessionWants session, String name, Voice voice, long now) {
        Partner source = new Partner(name, Optional.empty(), budget);
        source.connects(voice);
        if (session.isClosed()) return source;
        sources.add(source);
        session.sources().add(source);
        session.member(source);
        search.introduce(source, session, now);
        return source;
    }

    /// A source is asked no more: it gave other bytes than a CID names, or is of no use.
    public void ban(Partner source, long now) {
        if (!sources.remove(source)) return;
        for (SessionWants session : sessions) session.sources().remove(source);
        drop(source, now);
    }

    /// A peer that speaks Bitswap is connected.
    public void connected(PeerId id, Voice voice, long now) {
        if (peers.containsKey(id) || peers.size() >= limits.peers()) {
            voice.end();
            return;
        }
        Partner known = gone.remove(id);
        Partner peer = known == null ? new Partner(id.toString(), Optional.of(id), budget) : known;
        peer.connects(voice);
        peers.put(id, peer);
        search.peersChanged();
        for (SessionWants session : sessions) {
            Member member = session.members().get(peer);
            search.introduce(peer, session, now);
            if (member != null && member.isProven()) dispatch.join(peer, session, now);
        }
    }

    /// A peer is connected no more.
    public void gone(PeerId id, long now) {
        Partner peer = peers.remove(id);
        if (peer == null) return;
        search.peersChanged();
        drop(peer, now);
        gone.put(id, peer);
        if (gone.size() > MOST_LEFT) {
            Partner oldest = gone.remove(gone.keySet().iterator().next());
            for (SessionWants session : sessions) session.members().remove(oldest);
        }
    }

    /// A peer couldn't be told by a voice. It is as one that is gone, unless it is told by another
    /// by now.
    ///
    /// @return whether it is gone
    public boolean unheard(PeerId id, Voice voice, long now) {
        Partner peer = peers.get(id);
        if (peer == null || !peer.isToldBy(voice)) return false;
        gone(id, now);
        return true;
    }

    /// Every peer is gone: nothing is said to them any more.
    public void disconnect(long now) {
        for (PeerId peer : List.copyOf(peers.keySet())) gone(peer, now);
    }

    /// What a partner was asked is asked of others.
    private void drop(Partner partner, long now) {
        for (SessionWants session : List.copyOf(partner.sessions()))
            dispatch.leave(partner, session, now);
        List<Ask> open = List.copyOf(partner.asks());
        partner.disconnects();
        for (Ask ask : open) {
            boolean counted = ask.isCounted();
            partner.forget(ask);
            Want want = ask.want();
            want.forget(ask);
            if (counted && !want.isComing() && !want.owner().searching().contains(want))
                dispatch.place(want, now);
        }
    }

    /// The peer of an id, while it is connected.
    public Optional<Partner> peer(PeerId id) {
        return Optional.ofNullable(peers.get(id));
    }

    /// A block has come, whoever wanted it.
    public void block(Partner from, Block block, long now) {
        Want want = wants.remove(block.cid());
        if (want == null) {
            unasked(from, block, now);
            return;
        }
        recent.add(want, Optional.of(from));
        totals.arrived(block.size());
        from.delivered(from.ask(block.cid()), block.size(), now);
        SessionWants owner = want.owner();
        boolean searched = owner.searching().contains(want);
        owner.unlist(want, now);
        owner.sizes().learn(block.cid(), block.size());
        release(want, Optional.of(from), now);
        Set<SessionWants> told = new HashSet<>();
        for (Want.Waiting one : want.waiting()) {
            one.session().waitsNoMore(want);
            if (told.add(one.session())) {
                one.session().member(from).delivered();
                one.session().arrived(block.size());
                dispatch.join(from, one.session(), now);
            }
            effects.add(() -> one.taker().arrived(block, from.name()));
        }
        if (searched) dispatch.searchQueued(owner, now);
        if (from.isWorthFilling()) dispatch.fill(from, now);
    }

    /// A block came that isn't wanted any more, or never was. Who was asked for it is late; who
    /// wasn't, or sends it once more, wastes what both ends pay for.
    private void unasked(Partner from, Block block, long now) {
        Optional<SessionWants> session = recent.session(block.cid());
        if (session.isEmpty()) {
            unwanted(from, block.size());
            return;
        }
        boolean late = recent.pays(block.cid(), from);
        from.duplicate(block.size(), late, now);
        totals.duplicate(block.size());
        session.get().duplicate();
        if (!late) wasted(from, block.size());
    }

    /// Bytes have come that nobody wanted.
    public void unwanted(Partner from, int bytes) {
        totals.unwanted(bytes);
        from.unwanted(bytes);
        wasted(from, bytes);
    }

    private void wasted(Partner from, int bytes) {
        if (!from.wastes(bytes, limits.unwantedBytes()) || from.isLeft()) return;
        from.leave();
        from.peer().ifPresent(peer -> effects.add(() -> leaver.accept(peer)));
    }

    /// A partner has said whether it has a block.
    public void presence(Partner from, Presence presence, long now) {
        Optional<Ask> asked = from.ask(presence.cid());
        if (asked.isEmpty()) {
            tooLate(from, presence, now);
            return;
        }
        Ask ask = asked.get();
        if (ask.answer() == Answer.NONE && !ask.isCounted() && !ask.isLate())
            from.pipe().latency().record(now - ask.at(), false, now);
        switch (presence.type()) {
            case HAVE -> has(ask, now);
            case DONT_HAVE -> hasNot(ask, now);
        }
    }

    /// A partner that a session has asked answers when the block has come from a faster one: what
    /// it has is likely to go for what is below it too.
    private void tooLate(Partner from, Presence presence, long now) {
        Optional<SessionWants> asking = recent.session(presence.cid());
        if (asking.isEmpty() || !asking.get().members().containsKey(from)) return;
        Member member = asking.get().member(from);
        switch (presence.type()) {
            case HAVE -> {
                member.has();
                from.promised();
                if (from.misses() == 0) dispatch.join(from, asking.get(), now);
            }
            case DONT_HAVE -> {
                if (member.hasNot()) dispatch.leave(from, asking.get(), now);
            }
        }
    }

    private void has(Ask ask, long now) {
        Want want = ask.want();
        SessionWants session = want.owner();
        ask.answer(Answer.HAVE);
        ask.partner().promised();
        for (Want.Waiting one : want.waiting()) {
            one.session().member(ask.partner()).has();
            if (ask.partner().misses() == 0) dispatch.join(ask.partner(), one.session(), now);
        }
        if (ask.isLate()) return;
        boolean listed = !want.isComing() || session.searching().contains(want);
        if (!listed) return;
        session.unlist(want, now);
        if (!want.isComing()) dispatch.place(want, now);
        dispatch.searchQueued(session, now);
    }

    private void hasNot(Ask ask, long now) {
        Want want = ask.want();
        Partner partner = ask.partner();
        boolean counted = ask.isCounted();
        ask.answer(Answer.DONT_HAVE);
        partner.refused(ask);
        for (Want.Waiting one : want.waiting())
            if (one.session().member(partner).hasNot()) dispatch.leave(partner, one.session(), now);
        goesWithout(want, counted, now);
    }

    /// One that was asked won't send a block.
    private void goesWithout(Want want, boolean counted, long now) {
        if (want.owner().searching().contains(want)) search.heardNo(want, now);
        else if (counted && !want.isComing()) dispatch.place(want, now);
    }

    /// A peer sends blocks on a stream. What is returned is to be run under the same guard when
    /// that has ended.
    public Runnable streams(Partner from) {
        Pipe pipe = from.pipe();
        pipe.streams(1);
        return () -> pipe.streams(-1);
    }

    /// A message has ended: whatever it made room for is used.
    public void end(Partner from, long now) {
        dispatch.fill(from, now);
    }

    /// A source can't give a block now. It is asked again after a while.
    public void failed(Partner source, Cid cid, long now) {
        if (source.failed(now))
            for (SessionWants session : List.copyOf(source.sessions()))
                dispatch.leave(source, session, now);
        source.ask(cid).ifPresent(ask -> failed(ask, now));
        dispatch.fill(source, now);
    }

    private void failed(Ask ask, long now) {
        boolean counted = ask.isCounted();
        ask.fails(now);
        ask.partner().goesWithout(ask);
        goesWithout(ask.want(), counted, now);
    }

    /// A provider of what a session looks for was found. Where it is connected already it is asked,
    /// if it wasn't.
    public void foundProvider(SessionWants session, PeerId provider, long now) {
        session.foundProvider();
        peer(provider).ifPresent(peer -> search.introduce(peer, session, now));
    }

    /// Looking for providers for a session has ended.
    public void foundAll(SessionWants session, long now) {
        search.foundAll(session, now);
    }

    /// Time has passed: what is late is asked of others, what was searched for too long fails.
    public void tick(long now) {
        if (!overdue.wasAway(now)) {
            overdue.look(peers.values(), now);
            overdue.look(sources, now);
        }
        for (SessionWants session : List.copyOf(sessions)) {
            giveUp(session, now);
            dispatch.searchQueued(session, now);
            search.widen(session, now);
            search.repeat(session, now);
            search.findProviders(session, now);
            search.introduceSilent(session, now);
        }
        for (Partner partner : List.copyOf(peers.values())) dispatch.fill(partner, now);
        for (Partner partner : List.copyOf(sources)) dispatch.fill(partner, now);
        sessions.removeIf(session -> session.wants().isEmpty());
    }

    private void giveUp(SessionWants session, long now) {
        for (Want want : List.copyOf(session.searching())) {
            List<Want.Waiting> over = want.over(now);
            if (over.isEmpty()) continue;
            want.waiting().removeAll(over);
            Set<SessionWants> left = new LinkedHashSet<>();
            for (Want.Waiting one : over) {
                IOException why = search.notFound(want, one, now);
                effects.add(() -> one.taker().failed(want.cid(), why));
                one.session().oneTakerLess();
                left.add(one.session());
            }
            for (SessionWants one : left) abandonUnlessWaiting(one, want, now);
        }
    }

    /// All that is wanted.
    public List<Cid> wantlist() {
        return List.copyOf(wants.keySet());
    }

    /// What came from a peer that is connected, or was lately.
    public Optional<PartnerLedger> ledger(PeerId id) {
        return Optional.ofNullable(peers.getOrDefault(id, gone.get(id))).map(Partner::ledger);
    }

    public ExchangeStat stat() {
        return totals.stat(sessions.size(), peers.size(), wants.size(), budget.taken());
    }
}
