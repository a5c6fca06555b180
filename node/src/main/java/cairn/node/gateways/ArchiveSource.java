package cairn.node.gateways;

import cairn.bitswap.client.Source;
import cairn.bitswap.client.SourceAnswers;
import cairn.bitswap.message.WantlistEntry.Kind;
import cairn.dag.car.CarException;
import cairn.dag.car.CarReader;
import cairn.dag.car.CarSection;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.multiformats.UnknownHashException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// An archive at a URL, for one session: it is read once, from its beginning, when the session
/// wants something and has met one of its roots, or it names none.
///
/// State is guarded by `this`; under it nothing is waited for. What is wanted has a guard of its
/// own ([ArchiveWants]). The thread that reads lives until what it holds was taken.
final class ArchiveSource implements Source, Closeable {
    /// So often it is begun anew after a connection was lost.
    private static final int TRIES = 3;

    /// So much in a row that nobody wants, and it is read no further: it may have no end.
    private static final long MOST_USELESS = 1L << 30;

    /// So much of what the session met is remembered until the roots are known: a walk from the
    /// root of a path to where the reading begins.
    private static final int MOST_MET = 1024;

    private enum State {
        /// Nobody reads it.
        IDLE,
        READ,
        /// It was read, or can't be.
        OVER
    }

    private final Archive archive;
    private final ArchiveWants wants;
    private final Set<Cid> met = new LinkedHashSet<>();
    private State state = State.IDLE;
    private boolean metRoot;
    private int tries;
    private Optional<Thread> reader = Optional.empty();

    ArchiveSource(Archive archive) {
        this.archive = archive;
        wants = new ArchiveWants(archive::passedOver);
    }

    @Override
    public String name() {
        return archive.name();
    }

    /// The session has come by a block, wherever that is.
    synchronized void meets(Cid cid) {
        if (metRoot) return;
        Optional<List<Cid>> roots = archive.roots();
        if (roots.isPresent()) metRoot = roots.get().contains(cid);
        else if (met.size() < MOST_MET) met.add(cid);
    }

    /// Whether what the session wants may be in it.
    private synchronized boolean mayHelp() {
        Optional<List<Cid>> roots = archive.roots();
        if (roots.isEmpty() || roots.get().isEmpty()) return true;
        metRoot |= roots.get().stream().anyMatch(met::contains);
        return metRoot;
    }

    @Override
    public void want(Cid cid, Kind kind, SourceAnswers to) {
        meets(cid);
        if (archive.isBanned() || !mayHelp()) {
            to.dontHave(cid);
            return;
        }
        if (wants.want(cid, kind, to)) return;
        synchronized (this) {
            if (state == State.IDLE) begin();
            if (state != State.OVER) return;
        }
        wants.end();
    }

    private void begin() {
        state = State.READ;
        tries++;
        Thread thread = Thread.ofVirtual().name("archive").unstarted(this::read);
        reader = Optional.of(thread);
        thread.start();
    }

    @Override
    public void cancel(Cid cid) {
        wants.cancel(cid);
    }

    @Override
    public void banned(IOException why) {
        archive.ban();
    }

    private void read() {
        try {
            try (Reads.Permit permit = archive.reads().begin()) {
                readAll(permit);
                wants.awaitTaken(permit);
            }
        } catch (InterruptedException e) {
            over(State.OVER);
            wants.end();
        }
    }

    private void readAll(Reads.Permit permit) throws InterruptedException {
        try (InputStream in = archive.open()) {
            CarReader car = CarReader.open(in);
            archive.learn(car);
            boolean helps = mayHelp();
            if (helps) readBlocks(car, permit);
            over(helps ? State.OVER : State.IDLE);
            wants.end();
        } catch (UnusableAnswerException | CarException e) {
            over(State.OVER);
            wants.fail(e);
        } catch (IOException e) {
            over(triedOften() ? State.OVER : State.IDLE);
            wants.fail(e);
        }
    }

    private synchronized boolean triedOften() {
        return tries >= TRIES;
    }

    private synchronized void over(State next) {
        state = next;
    }

    private void readBlocks(CarReader car, Reads.Permit permit)
            throws IOException, InterruptedException {
        long useless = 0;
        for (Optional<CarSection> next = car.nextSection();
                next.isPresent() && !archive.isBanned();
                next = car.nextSection()) {
            Optional<Block> block = verified(next.get());
            boolean useful = block.isPresent() && wants.take(block.get(), permit);
            if (useful) archive.gave(next.get().size());
            useless = useful ? 0 : useless + next.get().size();
            if (useless > MOST_USELESS)
                throw new UnusableAnswerException(
                        name() + " has nothing of use in " + MOST_USELESS + " bytes");
        }
    }

    /// The block of a section; empty where it is named by a hash that nobody here knows.
    private Optional<Block> verified(CarSection section) throws IOException {
        try {
            return Optional.of(section.verified(archive.hashes()));
        } catch (CarException e) {
            if (e.getCause() instanceof UnknownHashException) return Optional.empty();
            archive.ban();
            throw new UnusableAnswerException(name() + " is asked no more: " + e.getMessage());
        }
    }

    /// Nothing is wanted any more.
    @Override
    public void close() {
        Optional<Thread> last;
        synchronized (this) {
            state = State.OVER;
            last = reader;
        }
        wants.close();
        last.ifPresent(Thread::interrupt);
    }
}
