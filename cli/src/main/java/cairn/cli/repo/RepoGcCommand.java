package cairn.cli.repo;

import cairn.blockstore.rocks.GarbageCollection;
import cairn.cli.console.Command;
import cairn.cli.console.Invocation;
import cairn.cli.console.Repos;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.multiformats.Cid;
import cairn.node.CairnNode;
import cairn.node.collection.CollectionListener;
import cairn.node.collection.Root;
import cairn.node.json.Json;
import java.io.IOException;
import java.util.Map;

/// Deletes the blocks that no pin keeps.
public final class RepoGcCommand implements Command {
    @Override
    public Usage usage() {
        return Usage.of("repo gc", "Delete the blocks that no pin keeps")
                .atStore(Usage.Runs.VALUES)
                .flag("-q --quiet", "Show only the CIDs of what is removed.")
                .flag("--silent", "Show nothing.")
                .flag("--stream-errors", "Taken for Kubo's sake: errors are always shown at once.")
                .flag("--dry-run", "Show what would be removed, and remove nothing.")
                .explain(
                        "Blocks are shown as raw CIDs of version 1, as the repo keeps them without"
                                + " a codec. When a block below a pin is missing or can't be read,"
                                + " nothing is removed.")
                .example("cairn repo gc", "makes room")
                .example("cairn repo gc --dry-run -q", "lists what no pin keeps");
    }

    @Override
    public void run(Invocation call) throws IOException, UsageException {
        boolean dry = call.flag("--dry-run");
        try (CairnNode node = Repos.openExisting(call)) {
            Printer printer = new Printer(call);
            GarbageCollection.Swept swept =
                    dry ? node.collector().preview(printer) : node.collector().collect(printer);
            call.messages().clearProgress();
            if (!call.flag("--silent") && !call.flag("--quiet") && !call.globals().json())
                call.messages().say(text(swept, dry));
        }
    }

    private static String text(GarbageCollection.Swept swept, boolean dry) {
        String blocks =
                swept.blocks()
                        + (swept.blocks() == 1 ? " block of " : " blocks of ")
                        + swept.bytes()
                        + " bytes";
        return dry
                ? blocks + " would go"
                : blocks
                        + " went"
                        + (swept.freed() > 0
                                ? "; the disk has " + swept.freed() + " bytes more"
                                : "; the disk has no more room than before");
    }

    /// Prints what goes, in Kubo's forms.
    private static final class Printer implements CollectionListener {
        private static final int STEP = 1000;

        private final Invocation call;

        Printer(Invocation call) {
            this.call = call;
        }

        @Override
        public void marked(long blocks) {
            if (call.messages().isTerminal() && !call.flag("--silent") && blocks % STEP == 0)
                call.messages().progress("found " + blocks + " blocks to keep");
        }

        @Override
        public void odd(Root root, Cid cid, String reason) {
            call.messages()
                    .say(
                            "cairn: kept "
                                    + call.globals().text(cid)
                                    + " below "
                                    + call.globals().text(root.cid())
                                    + ", but not what it may link to: "
                                    + reason);
        }

        @Override
        public void removed(Cid cid, int length) throws IOException {
            if (call.flag("--silent")) return;
            String text = call.globals().text(cid);
            if (call.globals().json())
                call.out().json(new Json.Obj(Map.of("Key", call.globals().link(cid))));
            else if (call.flag("--quiet")) call.out().line(text);
            else call.out().line((call.flag("--dry-run") ? "would remove " : "removed ") + text);
        }
    }
}
