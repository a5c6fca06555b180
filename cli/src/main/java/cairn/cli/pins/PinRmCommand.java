package cairn.cli.pins;

import cairn.blockstore.Pin;
import cairn.cli.console.Command;
import cairn.cli.console.CommandException;
import cairn.cli.console.Invocation;
import cairn.cli.console.Repos;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.dag.exporter.UnixFsReader;
import cairn.dag.path.DagPath;
import cairn.multiformats.Cid;
import cairn.node.CairnNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Removes pins.
public final class PinRmCommand implements Command {
    @Override
    public Usage usage() {
        return Usage.of("pin rm", "Remove pins")
                .atStore(Usage.Runs.VALUES)
                .reads(Usage.Input.LINES)
                .arguments("[<path>...]", 0, Integer.MAX_VALUE)
                .flag("-r --recursive", "Remove recursive pins too. Default: true.")
                .explain("The blocks stay where they are. Either all of the pins go, or none.")
                .explain(
                        "Without paths, they are read from standard input, one a line, and removed"
                                + " "
                                + TypedPaths.BATCH
                                + " at a time.")
                .example(
                        "cairn pin ls -q -n tmp | cairn pin rm",
                        "removes the pins with such names");
    }

    @Override
    public void run(Invocation call) throws IOException, UsageException {
        boolean recursive = call.flagIfGiven("--recursive").orElse(true);
        Pinned unpinned = new Pinned(call, cid -> "unpinned " + cid);
        TypedPaths paths = TypedPaths.of(call);
        try (CairnNode node = Repos.openExisting(call);
                UnixFsReader reader = node.reader()) {
            while (!paths.isAtEnd()) {
                List<Cid> cids = new ArrayList<>();
                for (DagPath path : paths.next()) cids.add(reader.resolve(path));
                for (Cid cid : cids)
                    if (!recursive && isRecursive(node.pins().get(cid)))
                        throw new CommandException(
                                call.globals().text(cid)
                                        + " is pinned recursively; without -r=false the pin goes");
                node.pins().remove(cids);
                unpinned.print(cids);
            }
            unpinned.end();
        }
    }

    private static boolean isRecursive(Optional<Pin> pin) {
        return pin.filter(p -> p.mode() == Pin.Mode.RECURSIVE).isPresent();
    }
}
