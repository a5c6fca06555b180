package cairn.bitswap.session;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Finds the answers that are late. What is missed is asked of another partner; near the end of
/// what a session wants, when nothing is queued, also what would merely take long.
final class Overdue {
    /// So many of one partner are looked at each time for what to ask of a second one.
    private static final int HEDGES_A_LOOK = 32;

    /// An answer is skipped when it takes so many times what the partner is waited for while it
    /// sends others.
    private static final int SKIPPED = 3;

    /// So many looks in a row that find a partner silent, and a session counts on it no more.
    static final int MOST_MISSES = 4;

    private static final int FIRST_MOVED = 4;

    /// When nobody looked for so long, this process has stood still itself, and nobody is late.
    private static final long OWN_STALL = Duration.ofMillis(80).toNanos();

    private static final long LEAST_LEAD = Duration.ofMillis(50).toNanos();

    /// How long a block may take while the partner's rate isn't known: 1 MiB at 8 Mbit/s.
    private static final long UNTOLD = Duration.ofSeconds(1).toNanos();

    /// No rate is so sure that a block is waited for longer.
    private static final long MOST_EXPECTED = Duration.ofSeconds(5).toNanos();

    private final Dispatch dispatch;
    private long lookedAt;
    private boolean away;

    Overdue(Dispatch dispatch) {
        this.dispatch = dispatch;
    }

    /// Notes that time has passed.
    ///
    /// @return whether so much that this process stood still itself, for once
    boolean wasAway(long now) {
        away = !away && now - lookedAt > OWN_STALL;
        lookedAt = now;
        return away;
    }

    void look(Collection<Partner> partners, long now) {
        for (Partner partner : List.copyOf(partners)) {
            if (partner.counted().isEmpty()) continue;
            miss(partner, now);
            hedge(partner, now);
        }
    }

    private void miss(Partner partner, long now) {
        List<Ask> late = new ArrayList<>();
        int most = movedAtOnce(partner);
        for (Ask ask : partner.counted()) {
            if (late.size() == most || !isLate(ask, now)) break;
            late.add(ask);
        }
        if (late.isEmpty()) return;
        boolean silent = isSilent(late.getFirst(), now);
        if (silent) partner.missed();
        for (Ask ask : late) {
            ask.becomesLate();
            partner.uncount(ask);
            if (ask.isBroken()) partner.broke();
        }
        if (partner.misses() >= MOST_MISSES)
            for (SessionWants session : List.copyOf(partner.sessions()))
                dispatch.leave(partner, session, now);
        for (Ask ask : late) {
            Want want = ask.want();
            if (!want.isComing() && !want.owner().searching().contains(want))
                dispatch.place(want, now);
        }
        if (!silent) dispatch.fill(partner, now);
    }

    /// Few at first, as a short stall is no end: what is asked of others may come twice.
    private static int movedAtOnce(Partner partner) {
        return partner.misses() + 1 >= MOST_MISSES
                ? Integer.MAX_VALUE
                : FIRST_MOVED << (2 * partner.misses());
    }

    private static boolean isLate(Ask ask, long now) {
        return isSilent(ask, now) || now - ask.at() > SKIPPED * patience(ask);
    }

    private static boolean isSilent(Ask ask, long now) {
        long since = Math.max(ask.at(), ask.partner().pipe().lastProgress());
        return now - since > patience(ask);
    }

    private static long patience(Ask ask) {
        Pipe pipe = ask.partner().pipe();
        long expected = pipe.isTold() ? pipe.expected(ask.ahead()) : UNTOLD;
        return pipe.latency().patience(Math.min(expected, MOST_EXPECTED));
    }

    private void hedge(Partner partner, long now) {
        List<Ask> oldest = partner.counted().stream().limit(HEDGES_A_LOOK).toList();
        for (Ask ask : oldest) {
            Want want = ask.want();
            if (ask.isHedged() || want.counted() != 1 || !want.owner().queue().isEmpty()) continue;
            if (!want.owner().mayHedge()) continue;
            Optional<Partner> other = dispatch.best(want, true, now);
            if (other.isEmpty() || !isWorthwhile(ask, other.get(), now)) continue;
            ask.becomesHedged();
            want.owner().hedged();
            dispatch.askBlock(other.get(), want, now);
        }
    }

    /// Whether a partner sends nothing either.
    private static boolean isStalled(Partner partner, long time, long now) {
        Pipe pipe = partner.pipe();
        return pipe.outstanding() > 0 && now - pipe.lastProgress() > time;
    }

    /// Whether another would deliver in half the time that is left.
    private static boolean isWorthwhile(Ask ask, Partner other, long now) {
        Pipe pipe = ask.partner().pipe();
        if (!other.pipe().latency().isKnown()) return false;
        long there = other.expected(ask.expectedBytes()) + LEAST_LEAD;
        long elapsed = now - ask.at();
        if (elapsed < there || isStalled(other, elapsed / 2, now)) return false;
        long expected = pipe.expected(ask.ahead());
        long tolerance = 2 * pipe.latency().deviation() + LEAST_LEAD;
        boolean isLate = elapsed > expected + expected / 2 + tolerance;
        return isLate || expected - elapsed > 2 * there;
    }
}
