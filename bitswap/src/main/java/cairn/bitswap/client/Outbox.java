package cairn.bitswap.client;

import cairn.bitswap.message.OutgoingMessage;
import cairn.bitswap.message.WantlistEntry;
import cairn.bitswap.message.WantlistEntry.Cancel;
import cairn.bitswap.message.WantlistEntry.Kind;
import cairn.bitswap.message.WantlistEntry.Want;
import cairn.bitswap.session.Voice;
import cairn.multiformats.Cid;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is to be said to one partner, and the thread that says it: one that lives while there is
/// something to say, and a little longer. What is noted while it speaks goes out together when it
/// has spoken; a want that is cancelled before it was said is never said.
///
/// `lock` guards the notes; nothing else is taken under it, and the speaker lets go of it to speak.
final class Outbox implements Voice {
    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

    /// The thread ends after so long without a word: before the stream has to.
    private static final Duration IDLE = Duration.ofSeconds(4);

    /// About a thousand entries: what is newer waits for the next message, which a peer can then
    /// answer together with this one.
    private static final int MOST_BYTES = 64 << 10;

    /// Source: boxo.
    private static final int TRIES = 3;

    private static final Duration BACK_OFF = Duration.ofMillis(100);

    /// @param said whether the partner was told of this CID before
    private record Note(WantlistEntry entry, boolean said) {}

    private final Mouth mouth;
    private final Consumer<Voice> unheard;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition noted = lock.newCondition();
    private final LinkedHashMap<Cid, Note> notes = new LinkedHashMap<>();
    private int priority = Integer.MAX_VALUE;
    private boolean speaking;
    private boolean ended;

    /// @param unheard told of this when the partner couldn't be told, on the thread that tried
    Outbox(Mouth mouth, Consumer<Voice> unheard) {
        this.mouth = mouth;
        this.unheard = unheard;
    }

    @Override
    public void want(Cid cid, Kind kind, boolean again) {
        lock.lock();
        try {
            Note before = notes.get(cid);
            boolean said = before == null ? again : before.said;
            priority = priority == 1 ? Integer.MAX_VALUE : priority - 1;
            note(cid, new Note(new Want(cid, kind, priority, true), said));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isAnswered() {
        return mouth.isAnswered();
    }

    @Override
    public void cancel(Cid cid) {
        lock.lock();
        try {
            Note before = notes.remove(cid);
            if (before == null || before.said) note(cid, new Note(new Cancel(cid), true));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void end() {
        lock.lock();
        try {
            ended = true;
            notes.values()
                    .removeIf(note -> note.entry instanceof Want || !mouth.takesLastCancels());
            noted.signal();
        } finally {
            lock.unlock();
        }
    }

    private void note(Cid cid, Note note) {
        if (ended) return;
        notes.put(cid, note);
        if (speaking) {
            noted.signal();
        } else {
            speaking = true;
            Thread.ofVirtual().name("wants").start(this::speak);
        }
    }

    private void speak() {
        try {
            for (List<WantlistEntry> next = next(); !next.isEmpty(); next = next()) say(next);
        } catch (IOException e) {
            LOG.debug("{} can't be told what is wanted: {}", mouth, e.toString());
            fallSilent();
            unheard.accept(this);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fallSilent();
        }
        mouth.close();
    }

    private void fallSilent() {
        lock.lock();
        try {
            notes.clear();
            ended = true;
        } finally {
            lock.unlock();
        }
    }

    /// What is to be said next; nothing when the thread is to end.
    private List<WantlistEntry> next() throws InterruptedException {
        lock.lock();
        try {
            for (long left = IDLE.toNanos(); notes.isEmpty() && !ended && left > 0; )
                left = noted.awaitNanos(left);
            List<WantlistEntry> next = new ArrayList<>();
            int bytes = 0;
            Iterator<Note> all = notes.values().iterator();
            while (all.hasNext() && bytes < MOST_BYTES) {
                WantlistEntry entry = all.next().entry;
                bytes += OutgoingMessage.partBytes(entry.cid());
                next.add(entry);
                all.remove();
            }
            speaking = !next.isEmpty();
            return next;
        } finally {
            lock.unlock();
        }
    }

    private void say(List<WantlistEntry> entries) throws IOException, InterruptedException {
        for (int tried = 1; ; tried++) {
            try {
                mouth.say(entries);
                return;
            } catch (IOException e) {
                if (tried == TRIES || !mouth.mayTryAgain(e)) throw e;
                TimeUnit.NANOSECONDS.sleep(BACK_OFF.multipliedBy(tried).toNanos());
            }
        }
    }
}
