package cairn.bitswap.session;

import cairn.bitswap.message.WantlistEntry.Kind;
import java.time.Duration;

/// A want as one partner was told of it, and what it answered.
final class Ask {
    /// What the partner has said.
    enum Answer {
        NONE,
        HAVE,
        DONT_HAVE,
        /// That it couldn't tell, or send: it may later.
        FAILED
    }

    /// So often it is asked again that failed.
    private static final int MOST_RETRIES = 5;

    /// After so long the first time, then twice as long each time: half a minute in all.
    private static final long RETRY = Duration.ofSeconds(1).toNanos();

    private final Want want;
    private final Partner partner;
    private Kind kind;
    private Answer answer = Answer.NONE;
    private boolean counted;
    private boolean late;
    private boolean hedged;
    private int replyDue;
    private int failures;
    private long retryAt;

    private long at;
    private long saidAt;
    private int expectedBytes;
    private long ahead;
    private long deliveredBefore;
    private long from;
    private boolean full;

    Ask(Want want, Partner partner, Kind kind, long now) {
        this.want = want;
        this.partner = partner;
        this.kind = kind;
        this.at = now;
    }

    Want want() {
        return want;
    }

    Partner partner() {
        return partner;
    }

    Kind kind() {
        return kind;
    }

    Answer answer() {
        return answer;
    }

    void answer(Answer said) {
        want.answers(answer, said);
        answer = said;
    }

    /// The partner couldn't answer.
    void fails(long now) {
        retryAt = now + (RETRY << failures);
        failures++;
        answer(Answer.FAILED);
    }

    /// Whether the partner failed, and has been left alone with it for long enough.
    boolean mayRetry(long now) {
        return answer == Answer.FAILED && failures <= MOST_RETRIES && now >= retryAt;
    }

    /// It is asked as if it hadn't been.
    void begins() {
        answer(Answer.NONE);
        late = false;
        hedged = false;
    }

    /// The partner is told of it, or told again.
    void said(long now) {
        saidAt = now;
    }

    /// When the partner was last told.
    long saidAt() {
        return saidAt;
    }

    /// From now on the block is wanted.
    void becomesBlock() {
        kind = Kind.BLOCK;
    }

    /// Whether it is in the partner's window.
    boolean isCounted() {
        return counted;
    }

    boolean isLate() {
        return late;
    }

    /// Whether the partner had said that it has what it didn't send.
    boolean isBroken() {
        return late && answer == Answer.HAVE;
    }

    void becomesLate() {
        late = true;
    }

    /// Whether a second partner was asked because this one takes long.
    boolean isHedged() {
        return hedged;
    }

    void becomesHedged() {
        hedged = true;
    }

    /// Whether something may still come of it: a word or a block within its time.
    ///
    /// @param time how long a word is waited for
    boolean isOpen(long time, long now) {
        return switch (answer) {
            case NONE -> now - at < time;
            case HAVE -> !late;
            case DONT_HAVE, FAILED -> false;
        };
    }

    /// Whether the partner may still send the block: who only said that it has it may as well, as
    /// tiny ones come in place of the word.
    boolean isOwed() {
        return switch (answer) {
            case NONE, HAVE -> true;
            case DONT_HAVE, FAILED -> false;
        };
    }

    /// Whether the partner said that it has it, and was asked for no more than that.
    boolean isPromise() {
        return kind == Kind.HAVE && answer == Answer.HAVE;
    }

    void enters(long now, int expected, long bytesWithIt, long delivered, long deliveredAt) {
        counted = true;
        at = now;
        expectedBytes = expected;
        ahead = bytesWithIt;
        deliveredBefore = delivered;
        from = deliveredAt;
    }

    /// So many bytes of a reply may still come, be it late.
    ///
    /// @return how many more than before
    int replyDue(int bytes) {
        int more = bytes - replyDue;
        replyDue = bytes;
        return more;
    }

    void foundItFull(boolean itWas) {
        full = itWas;
    }

    void leaves() {
        counted = false;
    }

    /// When it was asked.
    long at() {
        return at;
    }

    int expectedBytes() {
        return expectedBytes;
    }

    /// What was outstanding when it was asked, itself included.
    long ahead() {
        return ahead;
    }

    /// Whether nothing else was outstanding.
    boolean wasAlone() {
        return ahead == expectedBytes;
    }

    long deliveredBefore() {
        return deliveredBefore;
    }

    /// From when the rate of delivery is counted.
    long from() {
        return from;
    }

    boolean foundFull() {
        return full;
    }
}
