package cairn.cli.command;

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
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Removes pins.
public final class PinRmCommand implements Command {
    @Override
    public Usage usage() {
        return Usage.of("pin rm", "Remove pins")
                .arguments("<path>...", 1, Integer.MAX_VALUE)
                .flag("-r --recursive", "Accepted for Kubo's sake: a pin is removed as it is.")
                .explain("The blocks stay where they are. Either all of the pins go, or none.");
    }

    @Override
    public void run(Invocation call) throws IOException, UsageException {
        List<DagPath> paths = Paths.parse(call.arguments());
        try (CairnNode node = Repos.openExisting(call);
                UnixFsReader reader = node.reader()) {
            List<Cid> cids = new ArrayList<>();
            for (DagPath path : paths) cids.add(reader.resolve(path));
            node.pins().remove(cids);
            Pinned.print(cids, cid -> "unpinned " + call.globals().text(cid), call);
        }
    }
}
