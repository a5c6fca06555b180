package cairn.bench.compare;

import cairn.bench.compare.Case.Attempt;
import cairn.bench.compare.Case.Contestant;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// The cases of a repo's upkeep: archives, checks, and a great many blocks and pins.
///
/// The blocks are those of one file that is cut very small. Each of its leaves is pinned for the
/// cases that list pins.
final class StoreCases {
    private static final int LEAF_BYTES = 256;
    private static final String CHUNKER = "--chunker=size-" + LEAF_BYTES;

    private final Workplace place;
    private final Sizes sizes;
    private final List<Tool> tools;
    private final Map<Tool, Stock> stocked = new HashMap<>();
    private final Map<Tool, Stock> teeming = new HashMap<>();
    private final Map<Tool, Stock> pinned = new HashMap<>();
    private Path archive;

    /// A repo that holds one file.
    ///
    /// @param root the file's CID
    private record Stock(Path repo, String root) {}

    StoreCases(Workplace place, Sizes sizes, List<Tool> tools) {
        this.place = place;
        this.sizes = sizes;
        this.tools = List.copyOf(tools);
    }

    /// All of them, in the order of the table.
    List<Case> all() {
        String file = Sizes.text(sizes.file());
        String blocks = String.format("%,d", sizes.blocks());
        return List.of(
                each("verify", "`repo verify` of " + file, this::verify),
                each("export", "`dag export` of " + file + " > /dev/null", this::export),
                each("import", "`dag import` of " + file, this::importArchive),
                each("stat", "`repo stat` of " + blocks + " blocks", this::stat),
                each("pin-add", "`pin add` of a DAG of " + blocks + " blocks", this::pinAdd),
                each("pin-ls", "`pin ls` of " + blocks + " pins", tool -> pinLs(tool, c -> c)),
                each(
                        "pin-ls-first",
                        "`pin ls` of " + blocks + " pins, the first line",
                        tool -> pinLs(tool, Command::firstLine)));
    }

    @FunctionalInterface
    private interface ForTool {
        Attempt attempt(Tool tool);
    }

    private Case each(String name, String title, ForTool what) {
        return new Case(
                name,
                title,
                tools.stream().map(t -> new Contestant(t.name(), what.attempt(t))).toList());
    }

    private Attempt verify(Tool tool) {
        return _ -> timed(tool, stocked(tool), c -> c, "repo", "verify");
    }

    private Attempt export(Tool tool) {
        return _ -> timed(tool, stocked(tool), c -> c, "dag", "export", stocked(tool).root);
    }

    private Attempt importArchive(Tool tool) {
        return _ -> {
            Path from = archive();
            Path repo = place.fresh();
            tool.init(repo);
            Disk.warm(from);
            Disk.sync();
            Measured measured = tool.on(repo, "dag", "import", from.toString()).time();
            Disk.delete(repo);
            return measured;
        };
    }

    private Attempt stat(Tool tool) {
        return _ -> timed(tool, teeming(tool), c -> c, "repo", "stat");
    }

    private Attempt pinAdd(Tool tool) {
        return round -> {
            Stock stock = teeming(tool);
            if (round > 1) tool.on(stock.repo, "pin", "rm", stock.root).read();
            return timed(tool, stock, c -> c, "pin", "add", stock.root);
        };
    }

    private Attempt pinLs(Tool tool, UnaryOperator<Command> how) {
        return _ -> timed(tool, pinned(tool), how, "pin", "ls", "--type=recursive", "-s");
    }

    private static Measured timed(
            Tool tool, Stock stock, UnaryOperator<Command> how, String... words)
            throws IOException, InterruptedException {
        Disk.warm(stock.repo);
        Disk.sync();
        return how.apply(tool.on(stock.repo, words)).time();
    }

    /// A repo with the large file, pinned.
    private Stock stocked(Tool tool) throws IOException, InterruptedException {
        Stock stock = stocked.get(tool);
        if (stock == null) {
            stock = added(tool, place.inputs().file(sizes.file()));
            stocked.put(tool, stock);
        }
        return stock;
    }

    /// A repo with the file of many blocks, without a pin.
    private Stock teeming(Tool tool) throws IOException, InterruptedException {
        Stock stock = teeming.get(tool);
        if (stock == null) {
            stock = added(tool, many(), CHUNKER, "--pin=false");
            teeming.put(tool, stock);
        }
        return stock;
    }

    /// A repo with the same, each block of it pinned by itself.
    private Stock pinned(Tool tool) throws IOException, InterruptedException {
        Stock stock = pinned.get(tool);
        if (stock == null) {
            stock = teeming(tool);
            System.err.println("pinning " + sizes.blocks() + " blocks with " + tool.name());
            Path leaves = place.fresh();
            tool.on(stock.repo, "refs", "-r", "-u", stock.root).to(leaves).time();
            tool.on(stock.repo, "pin", "add").from(leaves).time();
            pinned.put(tool, stock);
        }
        return stock;
    }

    private Path many() throws IOException {
        return place.inputs().file((long) sizes.blocks() * LEAF_BYTES);
    }

    private Stock added(Tool tool, Path file, String... flags)
            throws IOException, InterruptedException {
        System.err.println("adding " + file.getFileName() + " with " + tool.name());
        Path repo = place.fresh();
        tool.init(repo);
        List<String> words = new ArrayList<>(List.of("add", "-Q"));
        words.addAll(List.of(flags));
        words.add(file.toString());
        return new Stock(repo, tool.on(repo, words).read());
    }

    /// The large file as the first tool exports it.
    private Path archive() throws IOException, InterruptedException {
        if (archive == null) {
            Tool tool = tools.getFirst();
            Stock stock = stocked(tool);
            Path made = place.fresh();
            tool.on(stock.repo, "dag", "export", stock.root).to(made).time();
            archive = made;
        }
        return archive;
    }
}
