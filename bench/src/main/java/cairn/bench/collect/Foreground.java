package cairn.bench.collect;

import cairn.dag.LinkName;
import cairn.dag.exporter.UnixFsReader;
import cairn.dag.importer.ImportListener;
import cairn.dag.importer.ImportOptions;
import cairn.dag.tree.ImportSource;
import cairn.dag.importer.Profile;
import cairn.dag.path.DagPath;
import cairn.multiformats.Cid;
import cairn.node.AddOptions;
import cairn.node.CairnNode;
import cairn.testkit.Keystream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/// Others that use a node: one thread adds files of 1 MiB, one reads files that are there, each at
/// a fixed pace, as people come at one of their own.
final class Foreground {
    private static final int ADDED = 1 << 20;
    private static final long ADD_EVERY = 50_000_000;
    private static final long READ_EVERY = 20_000_000;

    /// When an act began and how long it took, in nanoseconds.
    record Act(long begun, long took) {}

    @FunctionalInterface
    private interface Work {
        void run() throws IOException;
    }

    private final CairnNode node;
    private final List<Cid> kept;
    private final List<Act> adds = new ArrayList<>();
    private final List<Act> reads = new ArrayList<>();
    private final Random random = new Random(1);
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean ended;
    private volatile IOException failure;
    private long added;

    /// @param kept roots of files to read
    Foreground(CairnNode node, List<Cid> kept) {
        this.node = node;
        this.kept = kept;
        threads.add(Thread.ofPlatform().start(() -> repeat(this::add, adds, ADD_EVERY)));
        threads.add(Thread.ofPlatform().start(() -> repeat(this::read, reads, READ_EVERY)));
    }

    /// What waits for its turn because the one before took long has waited from when it was due.
    private void repeat(Work work, List<Act> acts, long every) {
        try {
            for (long due = System.nanoTime(); !ended; due += every) {
                while (System.nanoTime() < due) LockSupport.parkNanos(due - System.nanoTime());
                work.run();
                synchronized (acts) {
                    acts.add(new Act(due, System.nanoTime() - due));
                }
            }
        } catch (IOException e) {
            failure = e;
        }
    }

    private void add() throws IOException {
        AddOptions options = AddOptions.of(ImportOptions.of(Profile.UNIXFS_V1_2025));
        ImportSource source =
                ImportSource.stream(
                        LinkName.of("added"), Keystream.aesCtr("added-" + added++).stream(ADDED));
        node.add(List.of(source), options, ImportListener.NONE);
    }

    private void read() throws IOException {
        Cid cid = kept.get(random.nextInt(kept.size()));
        try (UnixFsReader reader = node.reader();
                var in = reader.openFile(DagPath.parse(cid.toString())).openStream()) {
            in.transferTo(OutputStream.nullOutputStream());
        }
    }

    /// The 99th percentile of the adds that were due in a span of time, in milliseconds.
    double adds(long from, long to) {
        return percentile(adds, from, to);
    }

    /// The same of reads.
    double reads(long from, long to) {
        return percentile(reads, from, to);
    }

    private static double percentile(List<Act> acts, long from, long to) {
        List<Long> took;
        synchronized (acts) {
            took =
                    acts.stream()
                            .filter(a -> a.begun - from >= 0 && a.begun - to < 0)
                            .map(Act::took)
                            .sorted()
                            .toList();
        }
        if (took.isEmpty()) return Double.NaN;
        return took.get((int) Math.ceil(0.99 * took.size()) - 1) / 1e6;
    }

    /// Ends both.
    void end() throws InterruptedException {
        ended = true;
        for (Thread thread : threads) thread.join();
        if (failure != null) throw new UncheckedIOException(failure);
    }
}
