package cairn.bench.compare;

import cairn.bench.compare.Case.Attempt;
import cairn.bench.compare.Case.Contestant;
import cairn.testkit.Keystream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// The cases in which tools are compared.
///
/// Before each run what it reads is in the page cache and all that was written before is on disk
/// (`sync`). A large file that a run wrote is deleted after it; many small ones stay to the end,
/// because ext4 makes files several times slower for minutes after as many were deleted.
final class Cases {
    private static final int SMALL_BYTES = 2048;

    private final Workplace place;
    private final Sizes sizes;
    private final List<Tool> tools;

    Cases(Workplace place, Sizes sizes, List<Tool> tools) {
        this.place = place;
        this.sizes = sizes;
        this.tools = List.copyOf(tools);
    }

    /// All of them, in the order of the table. None has made its data yet.
    List<Case> all() {
        String file = Sizes.text(sizes.file());
        String tree = String.format("%,d", sizes.tree());
        Input small = () -> place.inputs().file(SMALL_BYTES);
        Input one = () -> place.inputs().file(sizes.file());
        Input many = () -> place.inputs().tree(sizes.tree());
        Input listed = () -> place.inputs().flat(sizes.listed());
        return List.of(
                each("version", "`version`", this::version),
                each("add-small", "`add` of 2 KB", this::addSmall),
                each("cat-small", "`cat` of 2 KB", tool -> cat(tool, small, c -> c)),
                new Case(
                        "add-file",
                        "`add` of " + file,
                        with(tool -> add(tool, one), copy(one, c -> c))),
                new Case(
                        "add-tree",
                        "`add -r` of " + tree + " x 1 KiB in 100 folders",
                        with(tool -> add(tool, many), copy(many, c -> c))),
                each("cat", "`cat` of " + file + " > /dev/null", tool -> cat(tool, one, c -> c)),
                each(
                        "cat-pipe",
                        "`cat` of " + file + " through a pipe to `cat`",
                        tool -> cat(tool, one, Command::piped)),
                new Case(
                        "get-file",
                        "`get` of " + file,
                        with(tool -> get(tool, one, c -> c), copy(one, c -> c))),
                new Case(
                        "get-file-sync",
                        "`get` of " + file + ", then `sync`",
                        with(tool -> get(tool, one, Command::synced), copy(one, Command::synced))),
                new Case(
                        "get-tree",
                        "`get` of the " + tree,
                        with(tool -> get(tool, many, c -> c), copy(many, c -> c))),
                new Case(
                        "get-tree-sync",
                        "`get` of the " + tree + ", then `sync`",
                        with(
                                tool -> get(tool, many, Command::synced),
                                copy(many, Command::synced))),
                each(
                        "ls",
                        "`ls` of " + String.format("%,d", sizes.listed()) + " entries, sharded",
                        tool -> list(tool, listed)));
    }

    /// What a case reads; made when it is first asked for.
    @FunctionalInterface
    private interface Input {
        Path path() throws IOException;
    }

    @FunctionalInterface
    private interface ForTool {
        Attempt attempt(Tool tool);
    }

    private Case each(String name, String title, ForTool what) {
        return new Case(name, title, contestants(what));
    }

    private List<Contestant> with(ForTool what, Attempt copy) {
        List<Contestant> all = new ArrayList<>(contestants(what));
        all.add(new Contestant("cp -r", copy));
        return all;
    }

    private List<Contestant> contestants(ForTool what) {
        return tools.stream().map(t -> new Contestant(t.name(), what.attempt(t))).toList();
    }

    private Attempt version(Tool tool) {
        return _ -> tool.on(place.repo(tool), "version").time();
    }

    /// Content that the repo hasn't, at each round.
    private Attempt addSmall(Tool tool) {
        return round -> {
            Path file = place.fresh();
            Files.write(file, Keystream.chacha20("small " + round).bytes(0, SMALL_BYTES));
            Path repo = place.repo(tool);
            Disk.sync();
            Measured measured = tool.on(repo, "add", "-Q", file.toString()).time();
            Files.delete(file);
            return measured;
        };
    }

    private Attempt add(Tool tool, Input input) {
        return _ -> {
            Path from = input.path();
            Path repo = place.fresh();
            tool.init(repo);
            Disk.warm(from);
            Disk.sync();
            Measured measured = tool.on(repo, "add", "-Q", "-r", from.toString()).time();
            discard(repo, input);
            return measured;
        };
    }

    private Attempt cat(Tool tool, Input input, UnaryOperator<Command> how) {
        return reading(tool, input, (repo, cid) -> how.apply(tool.on(repo, "cat", cid)).time());
    }

    private Attempt list(Tool tool, Input input) {
        return reading(tool, input, (repo, cid) -> tool.on(repo, "ls", cid).time());
    }

    /// The first result is compared with what was added.
    private Attempt get(Tool tool, Input input, UnaryOperator<Command> how) {
        return new Attempt() {
            private boolean checked;

            @Override
            public Measured run(int round) throws IOException, InterruptedException {
                return reading(tool, input, this::get).run(round);
            }

            private Measured get(Path repo, String cid) throws IOException, InterruptedException {
                Path out = place.fresh();
                Measured measured =
                        how.apply(tool.on(repo, "get", "-o", out.toString(), cid)).time();
                if (!checked)
                    Command.of("diff", "-r", input.path().toString(), out.toString()).read();
                checked = true;
                discard(out, input);
                return measured;
            }
        };
    }

    @FunctionalInterface
    private interface Reading {
        Measured run(Path repo, String cid) throws IOException, InterruptedException;
    }

    private Attempt reading(Tool tool, Input input, Reading what) {
        return _ -> {
            Path repo = place.repo(tool);
            String cid = place.added(tool, input.path());
            Disk.warm(repo);
            Disk.sync();
            return what.run(repo, cid);
        };
    }

    private Attempt copy(Input input, UnaryOperator<Command> how) {
        return _ -> {
            Path from = input.path();
            Path out = place.fresh();
            Disk.warm(from);
            Disk.sync();
            Measured measured =
                    how.apply(Command.of("cp", "-r", from.toString(), out.toString())).time();
            discard(out, input);
            return measured;
        };
    }

    private static void discard(Path written, Input input) throws IOException {
        if (Files.isRegularFile(input.path())) Disk.delete(written);
    }
}
