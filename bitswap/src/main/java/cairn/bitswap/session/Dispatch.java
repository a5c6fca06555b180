package cairn.bitswap.session;

import cairn.bitswap.message.WantlistEntry.Kind;
import cairn.bitswap.session.Ask.Answer;
import java.util.Iterator;
import java.util.Optional;

/// Which partner is asked for which block. A fresh want goes to the partner of its session that is
/// expected to deliver it first among those that have room; where none has, it waits in a queue
/// that partners fill their windows from. A want that a partner failed goes to another, with room
/// or without.
final class Dispatch {
    private final Search search;
    private final ByteBudget budget;

    Dispatch(Search search, ByteBudget budget) {
        this.search = search;
        this.budget = budget;
    }

    /// Finds a place for a want that is in none.
    void place(Want want, long now) {
        if (want.asks().isEmpty()) placeFresh(want, now);
        else placeAgain(want, now);
    }

    private void placeFresh(Want want, long now) {
        SessionWants session = want.owner();
        if (session.partners().isEmpty()) {
            if (search.hasPlace(session)) search.begin(want, now);
            else session.queue().add(want);
            return;
        }
        Optional<Partner> best =
                session.queue().isEmpty() ? best(want, true, now) : Optional.<Partner>empty();
        if (best.isPresent()) askBlock(best.get(), want, now);
        else enqueue(want);
    }

    private static void enqueue(Want want) {
        SessionWants session = want.owner();
        if (session.queue().isEmpty())
            for (Partner partner : session.partners()) partner.hungry().add(session);
        session.queue().add(want);
    }

    private void placeAgain(Want want, long now) {
        Optional<Partner> next = promised(want);
        if (next.isEmpty()) next = best(want, true, now);
        if (next.isEmpty()) next = best(want, false, now);
        if (next.isPresent()) askBlock(next.get(), want, now);
        else if (search.hasPlace(want.owner())) search.begin(want, now);
        else want.owner().deferred().add(want);
    }

    /// The best of those that have said that they have it.
    private static Optional<Partner> promised(Want want) {
        Partner best = null;
        for (Ask ask : want.asks()) {
            if (!ask.isPromise() || !ask.partner().isConnected()) continue;
            if (best == null || ask.partner().expected(0) < best.expected(0)) best = ask.partner();
        }
        return Optional.ofNullable(best);
    }

    /// The partner of the session that is expected to deliver first, of those that weren't asked.
    Optional<Partner> best(Want want, boolean withRoom, long now) {
        int size = want.owner().sizes().expected(want.cid());
        if (withRoom && !budget.hasRoom(size)) return Optional.empty();
        Partner best = null;
        long soonest = Long.MAX_VALUE;
        for (Partner partner : want.owner().partners()) {
            if (!(withRoom ? partner.hasRoom(size) : partner.hearsMore())) continue;
            if (isExcluded(want, partner, now)) continue;
            long expected = partner.expected(size);
            if (expected >= soonest) continue;
            best = partner;
            soonest = expected;
        }
        return Optional.ofNullable(best);
    }

    private static boolean isExcluded(Want want, Partner partner, long now) {
        if (want.asks().isEmpty()) return false;
        return partner.ask(want.cid())
                .filter(ask -> !ask.mayRetry(now))
                .filter(ask -> ask.kind() == Kind.BLOCK || isNo(ask.answer()))
                .isPresent();
    }

    private static boolean isNo(Answer answer) {
        return answer == Answer.DONT_HAVE || answer == Answer.FAILED;
    }

    void askBlock(Partner partner, Want want, long now) {
        search.ask(partner, want, Kind.BLOCK, now);
    }

    /// Fills the window of a partner from the queues of its sessions, in turn.
    void fill(Partner partner, long now) {
        partner.filled();
        while (!partner.hungry().isEmpty()) {
            SessionWants session = partner.hungry().getFirst();
            Iterator<Want> queue = session.queue().iterator();
            if (!queue.hasNext() || !partner.sessions().contains(session)) {
                partner.hungry().removeFirst();
                continue;
            }
            Want want = queue.next();
            int size = session.sizes().expected(want.cid());
            if (!partner.hasRoom(size) || !budget.hasRoom(size)) return;
            queue.remove();
            askBlock(partner, want, now);
            partner.hungry().addLast(session);
        }
    }

    /// A partner had something for a session, which counts on it from now on.
    void join(Partner partner, SessionWants session, long now) {
        if (session.isClosed() || partner.sessions().contains(session)) return;
        if (session.partners().size() >= SessionWants.MOST_PARTNERS || !partner.isConnected())
            return;
        session.partners().add(partner);
        partner.sessions().add(session);
        if (session.queue().isEmpty()) return;
        partner.hungry().add(session);
        fill(partner, now);
    }

    /// A session counts on a partner no more. What is queued while there is no other is searched
    /// for.
    void leave(Partner partner, SessionWants session, long now) {
        if (!session.partners().remove(partner)) return;
        partner.sessions().remove(session);
        partner.hungry().remove(session);
        if (session.partners().isEmpty()) searchQueued(session, now);
    }

    /// Uses the places for searches that have become free.
    void searchQueued(SessionWants session, long now) {
        retryDeferred(session, now);
        while (session.partners().isEmpty()
                && search.hasPlace(session)
                && !session.queue().isEmpty()) {
            Want want = session.queue().removeFirst();
            search.begin(want, now);
        }
    }

    /// Tries to place what had found no place.
    void retryDeferred(SessionWants session, long now) {
        for (int left = session.deferred().size(); left > 0; left--) {
            if (!search.hasPlace(session)
                    && best(session.deferred().getFirst(), false, now).isEmpty()) return;
            place(session.deferred().removeFirst(), now);
        }
    }
}
