package cairn.cli.dag;

import cairn.cli.console.CommandException;
import cairn.cli.console.Escapes;
import cairn.cli.console.Invocation;
import cairn.cli.console.Meter;
import cairn.cli.console.Repos;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.cli.daemon.FileCommand;
import cairn.cli.daemon.Inputs;
import cairn.cli.daemon.Outgoing;
import cairn.dag.car.CarContents;
import cairn.dag.car.CarException;
import cairn.dag.car.RootReport;
import cairn.multiformats.Cid;
import cairn.node.Access;
import cairn.node.CairnNode;
import cairn.node.CarImport;
import cairn.node.json.Json;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Takes archives of blocks in.
public final class DagImportCommand implements FileCommand {
    /// The most missing blocks that a message names.
    private static final int NAMED = 3;

    @Override
    public Usage usage() {
        return Usage.of("dag import", "Import archives of blocks (CAR)")
                .arguments("[<file>...]", 0, Integer.MAX_VALUE)
                .atStore(Usage.Runs.VALUES)
                .reads(Usage.Input.FILES)
                .flag("--pin-roots", "Pin the roots that the archives name. Default: true.")
                .flag("--local-only", "Take parts of DAGs. Implies --pin-roots=false.")
                .flag("--silent", "Print nothing.")
                .flag("--stats", "Tell how many blocks there were.")
                .flag(
                        "--fast-provide-root --fast-provide-dag --fast-provide-wait",
                        "Accepted, and without effect until there is a network.")
                .flag("--allow-big-block", "Not possible: a block has at most 2 MiB.")
                .explain(
                        "Takes CARv1 and CARv2, from files, or from standard input, where there is"
                                + " no file or it is called -. Every block is hashed. All blocks are"
                                + " taken; those that aren't below a root are not pinned.")
                .explain(
                        "A root is pinned when all below it is here, whether it came from one of the"
                                + " archives or was here before. Else the message tells what is"
                                + " missing. When an archive is damaged, nothing is pinned.")
                .example("cairn dag import photos.car", "imports an archive, and pins its root")
                .example(
                        "cairn dag import --stats part1.car part2.car",
                        "imports a DAG that is spread over two archives");
    }

    @Override
    public void run(Invocation call) throws IOException, UsageException {
        boolean pin = pins(call);
        try (CairnNode node = Repos.open(call, Access.WRITE);
                CarImport archives = node.importArchives()) {
            Taken taken = new Taken();
            Meter meter = Meter.whenWatched(call);
            Inputs.forEach(call, (in, name) -> taken.add(read(in, name, archives, meter)));
            archives.commit();
            call.messages().clearProgress();
            List<CarImport.CheckedRoot> roots = pin ? archives.pin(taken.roots) : List.of();
            if (!call.flag("--silent")) print(roots, taken, call);
            fail(roots, call);
        }
    }

    @Override
    public Outgoing outgoing(Invocation call) throws UsageException {
        boolean _ = pins(call);
        return Inputs.outgoing(call);
    }

    private static boolean pins(Invocation call) throws UsageException {
        boolean localOnly = call.flag("--local-only");
        if (localOnly && call.flag("--pin-roots"))
            throw new UsageException(
                    "--local-only implies --pin-roots=false and cannot be combined with"
                            + " --pin-roots=true; please drop one of them");
        return !localOnly && call.flagIfGiven("--pin-roots").orElse(true);
    }

    /// What all archives brought.
    private static final class Taken {
        private final List<Cid> roots = new ArrayList<>();
        private long blocks;
        private long bytes;

        void add(CarContents contents) {
            roots.addAll(contents.roots());
            blocks += contents.blocks();
            bytes += contents.bytes();
        }
    }

    private static CarContents read(
            ReadableByteChannel in, String name, CarImport archives, Meter meter)
            throws IOException {
        try {
            return archives.read(meter.over(in));
        } catch (CarException e) {
            throw new CommandException(
                    "import of "
                            + Escapes.printable(name)
                            + " failed, so nothing was pinned: "
                            + e.getMessage(),
                    e);
        }
    }

    private static void print(List<CarImport.CheckedRoot> roots, Taken taken, Invocation call)
            throws IOException {
        for (CarImport.CheckedRoot root : roots) {
            if (call.globals().json()) call.out().json(json(root, call));
            else if (root.report().isWhole())
                call.out().line("Pinned root\t" + call.globals().text(root.cid()) + "\tsuccess");
        }
        if (!call.flag("--stats")) return;
        if (!call.globals().json()) {
            call.out().line("Imported " + taken.blocks + " blocks (" + taken.bytes + " bytes)");
            return;
        }
        Map<String, Json> stats = new LinkedHashMap<>();
        stats.put("BlockCount", Json.Num.of(taken.blocks));
        stats.put("BlockBytesCount", Json.Num.of(taken.bytes));
        call.out().json(new Json.Obj(Map.of("Stats", new Json.Obj(stats))));
    }

    private static Json json(CarImport.CheckedRoot root, Invocation call) {
        Map<String, Json> members = new LinkedHashMap<>();
        members.put("Cid", call.globals().link(root.cid()));
        members.put("PinErrorMsg", new Json.Str(lack(root.report(), call)));
        return new Json.Obj(Map.of("Root", new Json.Obj(members)));
    }

    /// Ends with a line for each root that wasn't pinned.
    private static void fail(List<CarImport.CheckedRoot> roots, Invocation call)
            throws CommandException {
        List<String> lines = new ArrayList<>();
        for (CarImport.CheckedRoot root : roots)
            if (!root.report().isWhole())
                lines.add(
                        "pinning root \""
                                + call.globals().text(root.cid())
                                + "\" FAILED: "
                                + lack(root.report(), call));
        if (!lines.isEmpty()) throw new CommandException(String.join("\n", lines));
    }

    /// What keeps a root from being pinned; nothing where it is whole.
    private static String lack(RootReport report, Invocation call) {
        if (!report.faults().isEmpty()) return report.faults().getFirst().why();
        if (report.missing() == 0) return "";
        List<String> named =
                report.firstMissing().stream().limit(NAMED).map(call.globals()::text).toList();
        long more = report.missing() - named.size();
        return (report.missing() == 1
                        ? "a block is missing: "
                        : report.missing() + " blocks are missing: ")
                + String.join(", ", named)
                + (more > 0 ? " and " + more + " more" : "");
    }
}
