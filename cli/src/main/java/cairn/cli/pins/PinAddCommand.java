package cairn.cli.pins;

import cairn.blockstore.Pin;
import cairn.cli.console.Command;
import cairn.cli.console.Invocation;
import cairn.cli.console.Paths;
import cairn.cli.console.Repos;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.dag.exporter.UnixFsReader;
import cairn.dag.path.DagPath;
import cairn.dag.walk.DagWalk;
import cairn.multiformats.Cid;
import cairn.node.CairnNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Pins nodes.
public final class PinAddCommand implements Command {
    @Override
    public Usage usage() {
        return Usage.of("pin add", "Pin nodes, so that they stay")
                .arguments("<path>...", 1, Integer.MAX_VALUE)
                .flag("-r --recursive", "Pin all below it too. Default: true.")
                .text("-n --name", "name", "A name for the pins; \"pin ls --names\" shows it.")
                .flag("--progress", "Show how many blocks were found.")
                .explain(
                        "Every block that the pin keeps is looked for; when one is missing, nothing"
                                + " is pinned. A second pin with another name changes the name.")
                .example("cairn pin add --name=photos CID", "pins a folder under a name")
                .example("cairn pin add -r=false CID", "pins one block");
    }

    @Override
    public void run(Invocation call) throws IOException, UsageException {
        boolean recursive = call.flagIfGiven("--recursive").orElse(true);
        Pin.Mode mode = recursive ? Pin.Mode.RECURSIVE : Pin.Mode.DIRECT;
        String name = PinName.checked(call.text("--name").orElse(""));
        List<DagPath> paths = Paths.parse(call.arguments());
        try (CairnNode node = Repos.openExisting(call);
                UnixFsReader reader = node.reader()) {
            List<Cid> pinned = new ArrayList<>();
            for (DagPath path : paths) pinned.add(reader.resolve(path));
            node.pins().add(pinned, mode, name, new BlockCounter(call));
            Pinned.print(
                    pinned,
                    cid ->
                            "pinned "
                                    + call.globals().text(cid)
                                    + (recursive ? " recursively" : " directly"),
                    call);
        }
    }

    /// Counts blocks as a walk finds them, and shows the count where `--progress` asks for it.
    private static final class BlockCounter implements DagWalk.Visitor {
        private static final int STEP = 1000;

        private final Invocation call;
        private final boolean shown;
        private long count;

        BlockCounter(Invocation call) {
            this.call = call;
            shown = call.flag("--progress");
        }

        @Override
        public boolean visit(Cid cid) {
            count++;
            if (shown && count % STEP == 0) call.messages().progress("found " + count + " blocks");
            return true;
        }
    }
}
