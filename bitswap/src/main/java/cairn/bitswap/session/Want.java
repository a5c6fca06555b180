package cairn.bitswap.session;

import cairn.bitswap.session.Ask.Answer;
import cairn.multiformats.Cid;
import java.util.ArrayList;
import java.util.List;

/// A block that is wanted: by whom, and who was asked for it. One session takes care of it, whoever
/// else wants it too.
final class Want {
    /// Who is to be told.
    record Waiting(SessionWants session, BlockTaker taker) {}

    private final Cid cid;
    private final List<Waiting> waiting = new ArrayList<>(1);
    private final List<Ask> asks = new ArrayList<>(1);
    private SessionWants owner;
    private int counted;
    private long searchBegan;
    private long searched;

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
    }

    void searchEnds(long now) {
        searched = searchedFor(now);
    }

    /// When the search that is going on began.
    long searchBegan() {
        return searchBegan;
    }

    /// How long no source was known, all in all.
    long searchedFor(long now) {
        return searched + now - searchBegan;
    }

    /// How many asks had this answer.
    int answered(Answer answer) {
        return (int) asks.stream().filter(ask -> ask.answer() == answer).count();
    }
}
