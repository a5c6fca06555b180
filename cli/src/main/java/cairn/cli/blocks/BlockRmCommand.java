package cairn.cli.blocks;

import cairn.blockstore.Pin;
import cairn.cli.console.Command;
import cairn.cli.console.CommandException;
import cairn.cli.console.Invocation;
import cairn.cli.console.Paths;
import cairn.cli.console.Repos;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.dag.path.DagPath;
import cairn.multiformats.Cid;
import cairn.node.collection.BlockRemover;
import cairn.node.collection.BlockRemover.Outcome;
import cairn.node.CairnNode;
import cairn.node.collection.Root;
import cairn.node.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Removes single blocks.
public final class BlockRmCommand implements Command {
    @Override
    public Usage usage() {
        return Usage.of("block rm", "Remove blocks that no pin keeps")
                .atStore(Usage.Runs.VALUES)
                .arguments("<cid>...", 1, Integer.MAX_VALUE)
                .flag("-f --force", "It is no error when a block isn't there.")
                .flag("-q --quiet", "Print only what couldn't be removed.")
                .explain(
                        "A block stays when it is pinned, or below a pin, which takes a walk over"
                                + " all that is pinned, once for all blocks. The others go; when one"
                                + " stays, the exit code is 1.")
                .example("cairn block rm CID", "removes a block");
    }

    @Override
    public void run(Invocation call) throws IOException, UsageException {
        List<DagPath> paths = Paths.parse(call.arguments());
        try (CairnNode node = Repos.openExisting(call)) {
            List<Cid> cids = new ArrayList<>();
            for (DagPath path : paths) cids.add(node.resolver().resolve(path).cid());
            Printer printer = new Printer(call);
            node.remover().remove(cids, printer);
            if (printer.stayed) throw new CommandException("some blocks not removed");
        }
    }

    private static final class Printer implements BlockRemover.Listener {
        private final Invocation call;
        private boolean stayed;

        Printer(Invocation call) {
            this.call = call;
        }

        @Override
        public void told(Cid cid, Outcome outcome) throws IOException {
            Optional<String> reason = reason(cid, outcome);
            String text = call.globals().text(cid);
            stayed |= reason.isPresent();
            if (reason.isEmpty() && call.flag("--quiet")) return;
            if (call.globals().json()) {
                Map<String, Json> members = new LinkedHashMap<>();
                members.put("Hash", new Json.Str(text));
                reason.ifPresent(r -> members.put("Error", new Json.Str(r)));
                call.out().json(new Json.Obj(members));
            } else if (reason.isEmpty()) call.out().line("removed " + text);
            else call.messages().say("cannot remove " + text + ": " + reason.get());
        }

        /// Why a block couldn't be removed, in Kubo's words.
        private Optional<String> reason(Cid cid, Outcome outcome) {
            return switch (outcome) {
                case Outcome.Removed() -> Optional.empty();
                case Outcome.Absent() ->
                        call.flag("--force")
                                ? Optional.empty()
                                : Optional.of("ipld: could not find " + cid);
                case Outcome.Pinned(Pin.Mode mode) ->
                        Optional.of("pinned: " + mode.name().toLowerCase(Locale.ROOT));
                case Outcome.Kept(Root root) -> Optional.of("pinned via " + root.cid());
                case Outcome.InUse() ->
                        Optional.of("something that is being added or pinned needs it");
            };
        }
    }
}
