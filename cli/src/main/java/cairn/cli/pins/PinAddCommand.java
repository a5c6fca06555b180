package cairn.cli.pins;

import cairn.blockstore.Pin;
import cairn.cli.console.Command;
import cairn.cli.console.Invocation;
import cairn.cli.console.Repos;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.dag.exporter.UnixFsReader;
import cairn.dag.path.DagPath;
import cairn.dag.walk.DagWalk;
import cairn.multiformats.Cid;
import cairn.node.CairnNode;
import cairn.node.json.Json;
import cairn.node.pins.PinAddition;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Pins nodes.
public final class PinAddCommand implements Command {
    @Override
    public Usage usage() {
        return Usage.of("pin add", "Pin nodes, so that they stay")
                .atStore(Usage.Runs.VALUES)
                .fetches()
                .reads(Usage.Input.LINES)
                .arguments("[<path>...]", 0, Integer.MAX_VALUE)
                .flag("-r --recursive", "Pin all below it too. Default: true.")
                .text("-n --name", "name", "A name for the pins; \"pin ls --names\" shows it.")
                .flag("--progress", "Show how many blocks were found.")
                .explain(
                        "Every block that the pin keeps is looked for; when one is missing, nothing"
                                + " is pinned. A second pin with another name changes the name.")
                .explain(
                        "Without paths, they are read from standard input, one a line, and pinned"
                                + " "
                                + TypedPaths.BATCH
                                + " at a time: either all of these or none.")
                .example("cairn pin add --name=photos CID", "pins a folder under a name")
                .example("cairn pin add -r=false CID", "pins one block")
                .example("cairn pin add <cids.txt", "pins what a file lists");
    }

    @Override
    public void run(Invocation call) throws IOException, UsageException {
        boolean recursive = call.flagIfGiven("--recursive").orElse(true);
        Pin.Mode mode = recursive ? Pin.Mode.RECURSIVE : Pin.Mode.DIRECT;
        String name = PinName.checked(call.text("--name").orElse(""));
        Pinned pinned =
                new Pinned(
                        call, cid -> "pinned " + cid + (recursive ? " recursively" : " directly"));
        TypedPaths paths = TypedPaths.of(call);
        try (CairnNode node = Repos.openExisting(call);
                UnixFsReader reader = node.reader();
                PinAddition addition =
                        node.pins().adding(mode, name, new BlockCounter(call, pinned))) {
            long expected = 0;
            while (!paths.isAtEnd()) {
                List<Cid> cids = new ArrayList<>();
                for (DagPath path : paths.next()) cids.add(reader.resolve(path));
                if (recursive && call.messages().isTerminal()) {
                    for (Cid cid : cids) expected += DeclaredSize.of(cid, node.source());
                    call.messages().expect(expected);
                }
                addition.add(cids);
                pinned.print(cids);
            }
            pinned.end();
        }
    }

    /// Counts blocks as a walk finds them, and shows the count where `--progress` asks for it: in
    /// JSON a line twice a second, as Kubo has them.
    private static final class BlockCounter implements DagWalk.Visitor {
        private static final int STEP = 1000;
        private static final long LINE_NANOS = 500_000_000;

        private final Invocation call;
        private final Pinned pinned;
        private final boolean shown;
        private long count;
        private long told = System.nanoTime();

        BlockCounter(Invocation call, Pinned pinned) {
            this.call = call;
            this.pinned = pinned;
            shown = call.flag("--progress");
        }

        @Override
        public boolean visit(Cid cid) throws IOException {
            count++;
            if (!shown) return true;
            if (!call.globals().json()) {
                if (count % STEP == 0) call.messages().progress("found " + count + " blocks");
                return true;
            }
            long now = System.nanoTime();
            if (now - told < LINE_NANOS || pinned.isBegun()) return true;
            told = now;
            call.out().json(new Json.Obj(Map.of("Progress", Json.Num.of(count))));
            call.out().flush();
            return true;
        }
    }
}
