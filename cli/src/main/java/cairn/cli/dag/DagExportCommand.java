package cairn.cli.dag;

import cairn.cli.console.Command;
import cairn.cli.console.Invocation;
import cairn.cli.console.Meter;
import cairn.cli.console.Paths;
import cairn.cli.console.Repos;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.dag.car.CarExporter;
import cairn.dag.car.ExportOptions;
import cairn.dag.car.Exported;
import cairn.dag.path.DagPath;
import cairn.multiformats.Cid;
import cairn.node.Access;
import cairn.node.CairnNode;
import java.io.IOException;
import java.util.List;

/// Writes a DAG to standard output, as an archive.
public final class DagExportCommand implements Command {
    @Override
    public Usage usage() {
        return Usage.of("dag export", "Write a DAG as an archive of blocks (CAR)")
                .atStore(Usage.Runs.BYTES)
                .fetches()
                .arguments("<root>", 1, 1)
                .flag("-p --progress", "Show progress. Default: when only it goes to a terminal.")
                .flag("--local-only", "Leave out blocks that aren't here, with all below them.")
                .explain(
                        "Writes CARv1 to standard output: each block once, depth first, before what"
                                + " it links to. The same DAG always gives the same bytes. When the"
                                + " command fails, what it wrote is cut short.")
                .example("cairn dag export CID > photos.car", "archives a folder in a file")
                .example(
                        "cairn dag export CID | ssh host cairn dag import",
                        "brings a folder to another repo");
    }

    @Override
    public void run(Invocation call) throws IOException, UsageException {
        DagPath path = Paths.parse(call.arguments().getFirst());
        try (CairnNode node = Repos.open(call, Access.READ)) {
            Cid root = node.resolver().resolve(path).cid();
            if (!call.flag("--local-only")) node.expect(root);
            Meter meter = Meter.of(call);
            meter.comesFrom(node::sources);
            ExportOptions options = new ExportOptions(false, call.flag("--local-only"));
            Exported exported =
                    new CarExporter(
                                    options.localOnly() ? node.local() : node.source(),
                                    options,
                                    node::visited)
                            .export(List.of(root), meter.over(call.out()));
            if (exported.missing() > 0)
                call.messages()
                        .say("cairn: left out what isn't here: blocks " + exported.missing());
        }
    }
}
