package cairn.bitswap.session;

import cairn.bitswap.message.WantlistEntry.Kind;
import cairn.bitswap.session.Ask.Answer;
import cairn.multiformats.Cid;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiConsumer;

/// Looks for who has a block that no partner of a session is known to have: asks the connected
/// peers, the best first, the others as those say no or nothing, and after a while whoever finds
/// providers.
///
/// The best is asked for the block itself, the others whether they have it: that saves a round trip
/// where there is one peer, or the best has it.
final class Search {
    /// So many at once owe an answer for one block.
    static final int MOST_ASKED = 64;

    /// Where no more of them do, the next are asked.
    private static final int FEW_ASKED = MOST_ASKED / 2;

    /// Who isn't among the first is asked for so many at once: what is remembered of all who were
    /// asked in vain stays within tens of megabytes.
    private static final int MOST_FURTHER = 64;

    /// Who says nothing for so long is waited for no more.
    private static final long ANSWER_TIME = Duration.ofSeconds(2).toNanos();

    /// So many at once are asked for a block who can't say that they don't have it.
    static final int MOST_BESIDE = 4;

    private static final long COUNT_AGAIN = Duration.ofMillis(500).toNanos();

    /// How long an order of all peers holds.
    private static final long RANKING_HOLDS = Duration.ofSeconds(1).toNanos();

    private static final long FIND_AGAIN = Duration.ofSeconds(15).toNanos();

    private static final long INTRODUCE = Duration.ofMillis(100).toNanos();

    private static final long REPEAT = Duration.ofSeconds(10).toNanos();

    private final Collection<Partner> peers;
    private final long findAfter;
    private final BiConsumer<SessionWants, Cid> find;
    private List<Partner> ranked = List.of();
    private long rankedAt;

    /// Counts them.
    private long ranking;

    /// @param peers all that are connected
    /// @param find where providers of a block are looked for; returns at once
    Search(Collection<Partner> peers, Duration findAfter, BiConsumer<SessionWants, Cid> find) {
        this.peers = peers;
        this.findAfter = findAfter.toNanos();
        this.find = find;
    }

    boolean hasPlace(SessionWants session) {
        return session.searching().size() < SessionWants.MOST_SEARCHES;
    }

    /// Tells a partner of a want.
    void ask(Partner partner, Want want, Kind kind, long now) {
        SessionWants session = want.owner();
        session.member(partner);
        Ask ask = partner.ask(want.cid()).orElseGet(() -> new Ask(want, partner, kind, now));
        if (ask.answer() == Answer.FAILED) ask.begins();
        if (kind == Kind.BLOCK) ask.becomesBlock();
        partner.tell(ask, session.sizes().expected(want.cid()), now);
    }

    void begin(Want want, long now) {
        want.searchBegins(now);
        want.owner().searching().add(want);
        want.offered(-1);
        widen(want, now);
        for (Partner source : want.owner().sources()) askUnlessAsked(source, want, now);
        if (want.asks().isEmpty()) findProviders(want, now);
    }

    /// Asks the next peers, where few may still answer.
    private void widen(Want want, long now) {
        List<Partner> all = ranked(now);
        if (want.offered() == ranking || want.open() > FEW_ASKED) return;
        for (Partner peer : all) {
            if (want.open() >= MOST_ASKED) return;
            if (want.asks().size() < MOST_ASKED || peer.asks().size() < MOST_FURTHER)
                askUnlessAsked(peer, want, now);
        }
        want.offered(ranking);
    }

    /// Asks the next peers for what a session searches where those before let it down.
    void widen(SessionWants session, long now) {
        for (Want want : session.searching())
            if (want.count(COUNT_AGAIN, ANSWER_TIME, now)) widen(want, now);
    }

    private void askUnlessAsked(Partner partner, Want want, long now) {
        if (!partner.hearsMore() || partner.ask(want.cid()).isPresent()) return;
        if (!partner.isAnswered()) askBeside(partner, want, now);
        else ask(partner, want, want.isComing() ? Kind.HAVE : Kind.BLOCK, now);
    }

    /// Asks one that can't say whether it has a block for the block, beside who else is asked, and
    /// counts on nothing. A few at once, as all may have it.
    private void askBeside(Partner partner, Want want, long now) {
        long beside =
                want.asks().stream()
                        .filter(ask -> !ask.partner().isAnswered() && ask.isOpen(ANSWER_TIME, now))
                        .count();
        if (beside >= MOST_BESIDE) return;
        want.owner().member(partner);
        partner.tellBeside(new Ask(want, partner, Kind.BLOCK, now), now);
    }

    private List<Partner> ranked(long now) {
        if (now - rankedAt > RANKING_HOLDS || ranked.isEmpty()) {
            ranked = new ArrayList<>(peers);
            ranked.sort(Comparator.comparingLong(Partner::score).reversed());
            rankedAt = now;
            ranking++;
        }
        return ranked;
    }

    /// Who is connected has changed.
    void peersChanged() {
        ranked = List.of();
    }

    /// Asks a partner that is new to a session what that looks for; where it looks for nothing, for
    /// one that it waits for, to learn whether the partner has it.
    void introduce(Partner partner, SessionWants session, long now) {
        // A source may have been banned while its session wanted nothing.
        if (!partner.hearsMore()) return;
        for (Want want : session.searching()) askUnlessAsked(partner, want, now);
        if (!session.searching().isEmpty() || session.wants().isEmpty()) return;
        if (session.partners().size() >= SessionWants.MOST_PARTNERS) return;
        Want one = session.wants().firstEntry().getValue();
        if (one.owner() != session || partner.ask(one.cid()).isPresent() || one.asks().isEmpty())
            return;
        if (partner.isAnswered()) ask(partner, one, Kind.HAVE, now);
        else askBeside(partner, one, now);
    }

    /// Asks the sources of a session anew that never answered it, as what they were asked came from
    /// others before, and those that failed a while ago.
    void introduceSilent(SessionWants session, long now) {
        if (session.sources().isEmpty() || now < session.introduceAt()) return;
        session.introduceAt(now + INTRODUCE);
        for (Partner source : session.sources())
            if (source.asks().isEmpty()
                    && (session.member(source).isSilent() || source.isRested(now)))
                introduce(source, session, now);
    }

    /// Tells those who owe an answer once more what is searched for: the word may have been lost,
    /// or the answer. Who failed a while ago is asked again.
    void repeat(SessionWants session, long now) {
        for (Want want : session.searching())
            for (Ask ask : want.asks()) {
                switch (ask.answer()) {
                    case NONE, HAVE -> {
                        if (now - ask.saidAt() >= REPEAT) ask.partner().repeat(ask, now);
                    }
                    case FAILED -> {
                        if (ask.mayRetry(now) && !want.isComing() && ask.partner().hearsMore())
                            ask(ask.partner(), want, Kind.BLOCK, now);
                    }
                    case DONT_HAVE -> {}
                }
            }
    }

    /// Looks for providers of what was searched for long enough.
    void findProviders(SessionWants session, long now) {
        if (session.searching().isEmpty()) return;
        Want oldest = session.searching().getFirst();
        if (oldest.searchedFor(now) >= findAfter) findProviders(oldest, now);
    }

    /// One more has answered that it doesn't have it. Nothing is waited for when that was the last.
    void heardNo(Want want, long now) {
        widen(want, now);
        if (want.isRefused()) findProviders(want, now);
    }

    private void findProviders(Want want, long now) {
        SessionWants session = want.owner();
        if (session.isFinding() || now < session.findAgainAt()) return;
        session.finding(true);
        find.accept(session, want.cid());
    }

    void foundAll(SessionWants session, long now) {
        session.finding(false);
        session.findAgainAt(now + FIND_AGAIN);
    }

    BlockNotFoundException notFound(Want want, Want.Waiting who, long now) {
        int broken = (int) want.asks().stream().filter(Ask::isBroken).count();
        int dontHave = want.answered(Answer.DONT_HAVE);
        int have = want.answered(Answer.HAVE);
        return new BlockNotFoundException(
                want.cid(),
                new BlockNotFoundException.Search(
                        want.asks().size(),
                        dontHave,
                        broken,
                        want.asks().size() - dontHave - have,
                        who.session().providers(),
                        Duration.ofNanos(want.searchedFor(now) - who.since())));
    }
}
