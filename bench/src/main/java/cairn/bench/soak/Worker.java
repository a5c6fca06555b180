package cairn.bench.soak;

import cairn.blockstore.CollectionRunsException;
import cairn.blockstore.StoreException;
import cairn.node.Access;
import cairn.node.CairnNode;
import cairn.node.collection.CollectionListener;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/// The process of a soak that works on the repo until it is killed, or told to end.
///
/// From its standard input it reads lines: `sync N`, which it repeats, and `end`.
final class Worker {
    static final String END = "end";

    /// What a thread does over and over.
    @FunctionalInterface
    interface Act {
        void run() throws IOException;
    }

    private final Teller teller = new Teller(System.out);
    private final int duty;
    private volatile boolean ended;

    private Worker(int duty) {
        this.duty = duty;
    }

    /// @param args the repo's folder, the seed of the run, the seed of this process, how many hands
    ///   there are, how many bytes they pin, the percentage of time that each thread works
    public static void main(String[] args) throws Exception {
        new Worker(Integer.parseInt(args[5]))
                .work(
                        Path.of(args[0]),
                        Long.parseLong(args[1]),
                        new Random(Long.parseLong(args[2])),
                        Integer.parseInt(args[3]),
                        Long.parseLong(args[4]));
    }

    private void work(Path repo, long run, Random random, int count, long bytes)
            throws IOException, InterruptedException {
        try (CairnNode node = CairnNode.open(repo, Access.WRITE)) {
            List<Hand> hands = new ArrayList<>();
            for (int i = 0; i < count; i++)
                hands.add(
                        new Hand(
                                node,
                                teller,
                                run,
                                i,
                                bytes / count,
                                new Random(random.nextLong())));
            node.pins()
                    .forEach(
                            pin -> {
                                for (Hand hand : hands) hand.learn(pin);
                                return true;
                            });
            teller.tell(Teller.OPEN);
            List<Thread> threads = new ArrayList<>();
            for (Hand hand : hands) threads.add(start(threads.size(), hand));
            threads.add(start(1, new Collecting(node, new Random(random.nextLong()))));
            listen();
            ended = true;
            for (Thread thread : threads) thread.join();
        }
    }

    /// Every other thread is virtual: those reach the store another way.
    private Thread start(int index, Act act) {
        Runnable loop = () -> repeat(act);
        return index % 2 == 0
                ? Thread.ofVirtual().start(loop)
                : Thread.ofPlatform().daemon().start(loop);
    }

    private void repeat(Act act) {
        try {
            while (!ended) {
                long begun = System.nanoTime();
                act.run();
                long took = System.nanoTime() - begun;
                LockSupport.parkNanos(took * (100 - duty) / duty);
            }
        } catch (IOException | RuntimeException | Error e) { // all that a thread can end by
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            teller.tell(Teller.WRONG, trace.toString().strip().replace("\n", "\u0001"));
        }
    }

    private void listen() throws IOException {
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = in.readLine();
                    line != null && !line.equals(END);
                    line = in.readLine()) teller.tell(line);
        }
    }

    /// The thread that collects, and now and then tries to while a collection runs.
    private final class Collecting implements Act {
        private static final long REST_NANOS = 2_000_000_000;

        private final CairnNode node;
        private final Random random;

        Collecting(CairnNode node, Random random) {
            this.node = node;
            this.random = random;
        }

        @Override
        public void run() throws IOException {
            LockSupport.parkNanos(1 + (long) (random.nextDouble() * REST_NANOS));
            try {
                collect();
            } catch (CollectionRunsException _) {
                teller.tell(Teller.COUNT, "not collected while a block was removed");
            }
        }

        private void collect() throws IOException {
            if (random.nextInt(8) == 0) {
                node.collector().preview(CollectionListener.NONE);
                teller.tell(Teller.COUNT, "previewed");
                return;
            }
            var swept =
                    node.collector()
                            .collect(random.nextInt(8) == 0 ? second() : CollectionListener.NONE);
            teller.tell(Teller.COUNT, swept.blocks() > 0 ? "collected" : "nothing to collect");
        }

        /// Tries to collect when a collection has begun.
        private CollectionListener second() {
            return new CollectionListener() {
                @Override
                public void marked(long blocks) throws IOException {
                    if (blocks != 1) return;
                    try {
                        node.collector().collect(CollectionListener.NONE);
                        throw new FindingException("two collections ran at once");
                    } catch (StoreException e) {
                        teller.tell(Teller.COUNT, "second collection refused");
                    }
                }
            };
        }
    }
}
