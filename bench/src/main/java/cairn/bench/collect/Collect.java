package cairn.bench.collect;

import cairn.blockstore.rocks.GarbageCollection;
import cairn.multiformats.Cid;
import cairn.node.Access;
import cairn.node.CairnNode;
import cairn.node.collection.CollectionListener;
import cairn.testkit.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/// Fills a repo, half of it with garbage, and collects, with and without others that use it.
public final class Collect {
    private static final String HELP =
            """
            usage: bench/run.sh --collect [options]

            Fills a repo, half with garbage, and collects: how long until nothing dead is found,
            until the disk has it back, and what adds and reads in the same process feel of it.

              --dir FOLDER     Where the repo goes. Default: bench/target/collect.
              --mib N          How much goes in. Default: 4096.
              --stock A,B,...  mixed (files of the store half garbage), whole (every other file of
                               it), alternating (every other block), loose (small blocks that came
                               through the log). Default: mixed.
              --seconds N      How long others are timed without a collection. Default: 20.
            """;

    private final Path dir;
    private final long total;
    private final int seconds;

    private Collect(Path dir, long total, int seconds) {
        this.dir = dir;
        this.total = total;
        this.seconds = seconds;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        Deque<String> rest = new ArrayDeque<>(List.of(args));
        Path dir = Path.of("collect");
        long mib = 4096;
        int seconds = 20;
        List<String> stocks = List.of("mixed");
        while (!rest.isEmpty()) {
            String option = rest.pop();
            if (option.equals("--help") || rest.isEmpty()) {
                System.out.print(HELP);
                return;
            }
            String value = rest.pop();
            switch (option) {
                case "--dir" -> dir = Path.of(value).toAbsolutePath().normalize();
                case "--mib" -> mib = Long.parseLong(value);
                case "--stock" -> stocks = List.of(value.split(",", -1));
                case "--seconds" -> seconds = Integer.parseInt(value);
                default -> {
                    System.err.println("no such option: " + option);
                    System.exit(2);
                }
            }
        }
        System.out.println(
                "| stock | beside others | blocks that went | until nothing dead is found, s | until"
                        + " the disk has it, s | before, MB | after, MB | live, MB | told, MB | p99"
                        + " of adds without, ms | with, ms | p99 of reads without, ms | with, ms |");
        System.out.println("| --- | --- " + "| --: ".repeat(11) + "|");
        Collect collect = new Collect(dir, mib << 20, seconds);
        for (String name : stocks)
            for (boolean beside : List.of(false, true))
                System.out.println(collect.run(name, Stock.named(name, collect.total), beside));
    }

    private String run(String name, Stock stock, boolean beside)
            throws IOException, InterruptedException {
        Path repo = dir.resolve("repo-" + ProcessHandle.current().pid());
        Files.createDirectories(dir);
        try (CairnNode node = CairnNode.open(repo, Access.WRITE)) {
            System.err.println("filling a repo: " + name);
            List<Cid> kept = stock.fill(node);
            if (!beside) return collect(name, node, repo, () -> "| | | | |");
            Foreground others = new Foreground(node, kept);
            long begun = System.nanoTime();
            Thread.sleep(seconds * 1000L);
            long from = System.nanoTime();
            return collect(name, node, repo, () -> percentiles(others, begun, from));
        } finally {
            Folders.delete(repo);
        }
    }

    /// Ends others, if there are any, and says what they felt.
    @FunctionalInterface
    private interface Others {
        String cells() throws InterruptedException;
    }

    private static String percentiles(Foreground others, long begun, long from)
            throws InterruptedException {
        long to = System.nanoTime();
        others.end();
        // The first seconds are those of the compilers.
        long warm = begun + (from - begun) / 2;
        return String.format(
                Locale.ROOT,
                "| %.1f | %.1f | %.1f | %.1f |",
                others.adds(warm, from),
                others.adds(from, to),
                others.reads(warm, from),
                others.reads(from, to));
    }

    private static String collect(String name, CairnNode node, Path repo, Others others)
            throws IOException, InterruptedException {
        long before = Folders.bytes(repo);
        long begun = System.nanoTime();
        long[] last = {begun};
        GarbageCollection.Swept swept =
                node.collector()
                        .collect(
                                new CollectionListener() {
                                    @Override
                                    public void removed(Cid cid, int length) {
                                        last[0] = System.nanoTime();
                                    }
                                });
        long end = System.nanoTime();
        String cells = others.cells();
        long[] live = new long[1];
        long after = settledBytes(repo);
        node.blocks()
                .forEach(
                        (hash, size) -> {
                            live[0] += size;
                            return true;
                        });
        return String.format(
                Locale.ROOT,
                "| %s | %s | %d | %.2f | %.2f | %.0f | %.0f | %.0f | %.0f %s",
                name,
                cells.contains(".") ? "yes" : "no",
                swept.blocks(),
                (last[0] - begun) / 1e9,
                (end - begun) / 1e9,
                before / 1e6,
                after / 1e6,
                live[0] / 1e6,
                swept.freed() / 1e6,
                cells);
    }

    /// What the disk holds once the store has nothing more to do: what others added may be being
    /// merged, and is there twice meanwhile.
    private static long settledBytes(Path repo) throws IOException, InterruptedException {
        long bytes = Folders.bytes(repo);
        for (int i = 0; i < 60; i++) {
            Thread.sleep(1000);
            long now = Folders.bytes(repo);
            if (now == bytes) return now;
            bytes = now;
        }
        return bytes;
    }
}
