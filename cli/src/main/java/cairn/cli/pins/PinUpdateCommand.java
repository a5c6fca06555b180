package cairn.cli.pins;

import cairn.cli.console.Command;
import cairn.cli.console.Invocation;
import cairn.cli.console.Paths;
import cairn.cli.console.Repos;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.dag.exporter.UnixFsReader;
import cairn.dag.path.DagPath;
import cairn.multiformats.Cid;
import cairn.node.CairnNode;
import cairn.node.json.Json;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/// Moves a recursive pin from one node to another.
public final class PinUpdateCommand implements Command {
    @Override
    public Usage usage() {
        return Usage.of("pin update", "Move a recursive pin to a new version of what it keeps")
                .atStore(Usage.Runs.VALUES)
                .fetches()
                .arguments("<from-path> <to-path>", 2, 2)
                .flag("--unpin", "Remove the old pin. Default: true.")
                .explain(
                        "Only what differs is looked at: what the new node has in common with the"
                                + " old one is known to be there. The pin keeps its name.")
                .example(
                        "cairn pin update OLD NEW", "pins a folder as it is now, instead of before")
                .example("cairn pin update --unpin=false OLD NEW", "pins both");
    }

    @Override
    public void run(Invocation call) throws IOException, UsageException {
        boolean unpin = call.flagIfGiven("--unpin").orElse(true);
        List<DagPath> paths = Paths.parse(call.arguments());
        try (CairnNode node = Repos.openExisting(call);
                UnixFsReader reader = node.reader()) {
            Cid from = reader.resolve(paths.get(0));
            Cid to = reader.resolve(paths.get(1));
            node.pins().update(from, to, unpin);
            String old = call.globals().text(from);
            String now = call.globals().text(to);
            if (call.globals().json())
                call.out()
                        .json(
                                new Json.Obj(
                                        Map.of(
                                                "Pins",
                                                new Json.Arr(
                                                        List.of(
                                                                new Json.Str(old),
                                                                new Json.Str(now))))));
            else call.out().line("updated " + old + " to " + now);
        }
    }
}
