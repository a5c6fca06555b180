package cairn.cli.dag;

import cairn.cli.console.ByteSizes;
import cairn.cli.console.Command;
import cairn.cli.console.CommandException;
import cairn.cli.console.Invocation;
import cairn.cli.console.Paths;
import cairn.cli.console.Repos;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.dag.codec.Resolution;
import cairn.dag.path.DagPath;
import cairn.multiformats.Cid;
import cairn.node.Access;
import cairn.node.CairnNode;
import cairn.node.DagSizes;
import cairn.node.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Tells how many blocks DAGs have, and how many bytes.
public final class DagStatCommand implements Command {
    @Override
    public Usage usage() {
        return Usage.of("dag stat", "Tell the size of DAGs, and what they share")
                .atStore(Usage.Runs.VALUES)
                .fetches()
                .arguments("<root>...", 1, Integer.MAX_VALUE)
                .flag("-p --progress", "Show progress. Default: when on a terminal.")
                .explain(
                        "A block counts once in each DAG. The summary is about all of them together:"
                                + " what they share is what they would take more, each by itself.")
                .example("cairn dag stat CID", "tells a DAG's blocks and bytes")
                .example("cairn dag stat OLD NEW", "tells how much two versions share");
    }

    @Override
    public void run(Invocation call) throws IOException, UsageException {
        List<DagPath> paths = Paths.parse(call.arguments());
        try (CairnNode node = Repos.open(call, Access.READ)) {
            List<Cid> roots = new ArrayList<>();
            for (DagPath path : paths) {
                Resolution root = node.resolver().resolve(path);
                if (!root.rest().isEmpty())
                    throw new CommandException(
                            path + " leads into a node; only whole DAGs have a size");
                roots.add(root.cid());
            }
            DagSizes sizes = node.sizes(roots, new Shown(call));
            call.messages().clearProgress();
            if (call.globals().json()) call.out().json(json(sizes, call));
            else print(sizes, call);
        }
    }

    /// Shows progress every so many blocks.
    private record Shown(Invocation call, boolean wanted) implements DagSizes.Progress {
        private static final int STEP = 1000;

        Shown(Invocation call) {
            this(call, call.flagIfGiven("--progress").orElse(call.messages().isTerminal()));
        }

        @Override
        public void found(long blocks, long bytes) {
            if (wanted && blocks % STEP == 0)
                call.messages().progress(blocks + " blocks, " + ByteSizes.humanized(bytes));
        }
    }

    private static Json json(DagSizes sizes, Invocation call) {
        List<Json> dags = new ArrayList<>();
        for (DagSizes.Size dag : sizes.dags()) {
            Map<String, Json> members = new LinkedHashMap<>();
            members.put("Cid", new Json.Str(call.globals().text(dag.root())));
            putUnlessZero(members, "Size", dag.bytes());
            putUnlessZero(members, "NumBlocks", dag.blocks());
            dags.add(new Json.Obj(members));
        }
        Map<String, Json> members = new LinkedHashMap<>();
        putUnlessZero(members, "UniqueBlocks", sizes.distinct());
        putUnlessZero(members, "TotalSize", sizes.bytes());
        putUnlessZero(members, "SharedSize", sizes.redundantBytes() - sizes.bytes());
        members.put("Ratio", new Json.Num(shortest(ratio(sizes))));
        members.put("DagStats", new Json.Arr(dags));
        return new Json.Obj(members);
    }

    private static void putUnlessZero(Map<String, Json> members, String name, long number) {
        if (number != 0) members.put(name, Json.Num.of(number));
    }

    private static float ratio(DagSizes sizes) {
        return sizes.bytes() == 0 ? 1 : (float) sizes.redundantBytes() / (float) sizes.bytes();
    }

    private static String shortest(float ratio) {
        return ratio == Math.rint(ratio) ? String.valueOf((long) ratio) : Float.toString(ratio);
    }

    private static void print(DagSizes sizes, Invocation call) throws IOException {
        String first = call.globals().text(sizes.dags().getFirst().root());
        String row = "%-" + first.length() + "s\t%-15s\t%s";
        call.out().line("");
        call.out().line(String.format(Locale.ROOT, row, "CID", "Blocks", "Size"));
        for (DagSizes.Size dag : sizes.dags())
            call.out()
                    .line(
                            call.globals().text(dag.root())
                                    + String.format(
                                            Locale.ROOT, "\t%-15s\t%s", dag.blocks(), dag.bytes()));
        long shared = sizes.redundantBytes() - sizes.bytes();
        call.out().line("");
        call.out().line("Summary");
        call.out().line("Total Size: " + withUnit(sizes.bytes()));
        call.out().line("Unique Blocks: " + sizes.distinct());
        call.out().line("Shared Size: " + withUnit(shared));
        call.out().line(String.format(Locale.ROOT, "Ratio: %f", ratio(sizes)));
        call.out().line("");
        call.out().line("");
    }

    private static String withUnit(long bytes) {
        return bytes + " (" + ByteSizes.humanized(bytes) + ")";
    }
}
