package cairn.bitswap.session;

import cairn.bitswap.session.Ask.Answer;
import cairn.multiformats.Cid;
import java.util.ArrayList;
import java.util.List;

/// A block that is wanted: by whom, and who was asked for it. One session takes care of it, whoever
/// else wants it too.
final class Want {
    /// Who is to be told.
    ///
    /// @param since how long no source had been known when it began to wait, in nanoseconds
    record Waiting(SessionWants session, BlockTaker taker, long since) {}

    private final Cid cid;
    private final List<Waiting> waiting = new ArrayList<>(1);
    private final List<Ask> asks = new ArrayList<>(1);
    private SessionWants owner;
    private int counted;
    private long searchBegan;
    private long searched;
    private boolean isSearched;
    private int refusals;
    private int silent;
    private long countAt = Long.MIN_VALUE;
    private long offered = -1;

    Want(Cid cid, SessionWants owner) {
        this.cid = cid;
        this.owner = owner;
    }

    Cid cid() {
        return cid;
    }

    List<Waiting> waiting() {
        return waiting;
    }

    List<Ask> asks() {
        return asks;
    }

    SessionWants owner() {
        return owner;
    }

    void owner(SessionWants session) {
        owner = session;
    }

    /// Whether somebody is counted on to send it.
    boolean isComing() {
        return counted > 0;
    }

    /// How many are counted on to send it.
    int counted() {
        return counted;
    }

    void counted(int change) {
        counted += change;
    }

    void searchBegins(long now) {
        searchBegan = now;
        isSearched = true;
    }

    void searchEnds(long now) {
        searched = searchedFor(now);
        isSearched = false;
    }

    /// When the search that is going on began.
    long searchBegan() {
        return searchBegan;
    }

    /// How long no source was known, all in all.
    long searchedFor(long now) {
        return isSearched ? searched + now - searchBegan : searched;
    }

    /// Those for whom no source was known for as long as their session looks.
    List<Waiting> over(long now) {
        long time = searchedFor(now);
        return waiting.stream()
                .filter(one -> time - one.since >= one.session.options().searchTime().toNanos())
                .toList();
    }

    /// An ask has another answer than before.
    void answers(Answer before, Answer now) {
        if (isNo(before)) refusals--;
        if (isNo(now)) refusals++;
    }

    private static boolean isNo(Answer answer) {
        return switch (answer) {
            case DONT_HAVE, FAILED -> true;
            case NONE, HAVE -> false;
        };
    }

    /// A partner is connected no more.
    void forget(Ask ask) {
        if (asks.remove(ask)) answers(ask.answer(), Answer.NONE);
    }

    /// Whether all who were asked don't have it, or can't give it now.
    boolean isRefused() {
        return refusals == asks.size();
    }

    /// How many may still answer, as far as was counted.
    int open() {
        return asks.size() - refusals - silent;
    }

    /// Counts who has said nothing in time, now and then.
    ///
    /// @param every how often, in nanoseconds
    /// @param time how long a word is waited for
    /// @return whether it was time to
    boolean count(long every, long time, long now) {
        if (now < countAt) return false;
        countAt = now + every;
        int open = (int) asks.stream().filter(ask -> ask.isOpen(time, now)).count();
        silent = asks.size() - refusals - open;
        return true;
    }

    /// The number of the ranking of which all peers were asked that may be; -1 where of none.
    long offered() {
        return offered;
    }

    void offered(long ranking) {
        offered = ranking;
    }

    /// How many asks had this answer.
    int answered(Answer answer) {
        return (int) asks.stream().filter(ask -> ask.answer() == answer).count();
    }
}
