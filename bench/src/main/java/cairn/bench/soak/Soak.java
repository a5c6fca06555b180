package cairn.bench.soak;

import cairn.node.Access;
import cairn.node.CairnNode;
import cairn.testkit.Folders;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/// Has workers work on a repo and be killed, one after the other, and checks the repo after each.
public final class Soak {
    /// How often the disk is measured.
    private static final long PATIENCE_MILLIS = 250;

    private final SoakOptions options;
    private final PrintStream out;
    private final Path repo;
    private final Random random;
    private final Ledger ledger = new Ledger();
    private final long begun = System.nanoTime();
    private int syncs;
    private int kills;
    private int ends;
    private int beside;
    private long most;

    Soak(SoakOptions options, PrintStream out) {
        this.options = options;
        this.out = out;
        repo = options.dir().resolve("repo-" + ProcessHandle.current().pid());
        random = new Random(options.run());
    }

    public static void main(String[] args) throws InterruptedException {
        if (List.of(args).contains("--help")) {
            System.out.print(SoakOptions.HELP);
            return;
        }
        SoakOptions options;
        try {
            options = SoakOptions.parse(args, System.nanoTime());
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "; see bench/run.sh --soak --help");
            System.exit(2);
            return;
        }
        Soak soak = new Soak(options, System.out);
        try {
            soak.run();
        } catch (IOException e) {
            e.printStackTrace(System.out);
            System.out.println(
                    "soak: WRONG with seed " + options.run() + "; the repo stays in " + soak.repo);
            System.exit(1);
        }
    }

    /// Runs to the end and deletes the repo.
    ///
    /// @throws FindingException when something is wrong; the repo stays
    void run() throws IOException, InterruptedException {
        out.println("soak: seed " + options.run() + ", in " + repo);
        Files.createDirectories(options.dir());
        try {
            while (isGoingOn()) round();
            checkAtTheEnd();
        } catch (IOException e) {
            throw new FindingException("after " + counts() + ": " + e.getMessage(), e);
        }
        Folders.delete(repo);
    }

    private boolean isGoingOn() {
        return kills < options.kills()
                && options.time().map(t -> seconds() < t.toSeconds()).orElse(true);
    }

    private long seconds() {
        return Duration.ofNanos(System.nanoTime() - begun).toSeconds();
    }

    private void round() throws IOException, InterruptedException {
        WorkerProcess worker = new WorkerProcess(options, repo, random.nextLong(), ledger);
        boolean done = false;
        try {
            // One in four within its first moments.
            boolean early = random.nextInt(4) == 0;
            if (!early) worker.awaitOpen();
            work(worker, random.nextInt(early ? 1_000 : (int) options.longest().toMillis()));
            done = true;
        } finally {
            if (!done) worker.kill();
        }
        boolean gently = random.nextInt(8) == 0;
        if (gently) worker.end();
        else worker.kill();
        if (gently) ends++;
        else kills++;
        check();
        out.println("soak: " + seconds() + " s, " + counts());
    }

    /// Lets a worker work, and reads beside it now and then.
    private void work(WorkerProcess worker, int millis) throws IOException, InterruptedException {
        long end = System.nanoTime() + Duration.ofMillis(millis).toNanos();
        for (long left = millis; left > 0; left = (end - System.nanoTime()) / 1_000_000) {
            boolean runs = worker.run(Math.min(left, PATIENCE_MILLIS));
            worker.check();
            if (!runs) throw new FindingException("a worker ended by itself");
            measure();
            if (random.nextInt(10) == 0) readBeside(worker);
        }
    }

    /// Opens the repo for reading beside its worker: what was acknowledged before must be found, so
    /// long as it isn't unpinned meanwhile.
    private void readBeside(WorkerProcess worker) throws IOException, InterruptedException {
        worker.sync(++syncs);
        List<Map.Entry<Integer, Ledger.Entry>> before =
                new ArrayList<>(ledger.entries().entrySet());
        before.removeIf(e -> !e.getValue().isSettled());
        if (before.isEmpty()) return;
        try (CairnNode node = CairnNode.open(repo, Access.READ)) {
            for (int i = 0; i < 3; i++) {
                var one = before.get(random.nextInt(before.size()));
                Item item = new Item(options.run(), one.getKey());
                Optional<IOException> failure = readFrom(node, item, one.getValue().known());
                if (failure.isEmpty()) continue;
                worker.sync(++syncs);
                if (ledger.entries().get(one.getKey()).equals(one.getValue()))
                    throw new FindingException(
                            "beside the worker: " + failure.get(), failure.get());
            }
        }
        beside++;
    }

    private static Optional<IOException> readFrom(CairnNode node, Item item, PinState state) {
        try {
            new ItemCheck(node).check(item, state.mode());
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(e);
        }
    }

    private void measure() throws IOException, FindingException {
        if (!Files.exists(repo)) return;
        most = Math.max(most, Folders.bytes(repo));
        if (most > options.most())
            throw new FindingException("the repo has grown to " + most + " bytes");
    }

    private void check() throws IOException {
        if (!CairnNode.exists(repo)) return;
        if (random.nextInt(3) == 0)
            try (CairnNode node = CairnNode.open(repo, Access.READ)) {
                new StoreCheck(node, ledger, options.run()).check();
            }
        try (CairnNode node = CairnNode.open(repo, Access.WRITE)) {
            new StoreCheck(node, ledger, options.run()).check();
        }
    }

    private void checkAtTheEnd() throws IOException {
        try (CairnNode node = CairnNode.open(repo, Access.WRITE)) {
            out.println(
                    "soak: " + new StoreCheck(node, ledger, options.run()).checkCollected(repo));
        }
        try (CairnNode node = CairnNode.open(repo, Access.READ)) {
            new StoreCheck(node, ledger, options.run()).check();
        }
        out.println("soak: all well with seed " + options.run() + " after " + counts());
    }

    private String counts() {
        return kills
                + " kills, "
                + ends
                + " ends, "
                + beside
                + " readings beside, at most "
                + most
                + " bytes on the disk, "
                + ledger.counts();
    }
}
