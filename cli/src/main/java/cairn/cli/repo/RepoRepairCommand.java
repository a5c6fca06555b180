package cairn.cli.repo;

import cairn.blockstore.Pin;
import cairn.blockstore.upkeep.Repair;
import cairn.cli.console.Command;
import cairn.cli.console.CommandException;
import cairn.cli.console.Escapes;
import cairn.cli.console.Invocation;
import cairn.cli.console.Repos;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.multiformats.Cid;
import cairn.multiformats.Multicodec;
import cairn.multiformats.Multihash;
import cairn.node.Access;
import cairn.node.CairnNode;
import cairn.node.Verifier;
import cairn.node.repo.Repaired;
import cairn.node.text.RawText;
import java.io.IOException;
import java.util.Optional;

/// Makes a whole repo of what can be read of a damaged one.
public final class RepoRepairCommand implements Command {
    @Override
    public Usage usage() {
        return Usage.of("repo repair", "Save all that can be read of a damaged repo")
                .explain(
                        "For a repo that can't be opened, or whose files are damaged, cut off or"
                                + " gone. Makes the index anew from the blocks, takes all blocks and"
                                + " pins that can be read, and says what is lost and which pins"
                                + " aren't whole for it.")
                .explain(
                        "Nothing is deleted: the damaged store is kept in a folder beside the new"
                                + " one, and shares what is whole with it. Remove it when all is well."
                                + " Blocks that were removed lately may be back; \"cairn repo gc\""
                                + " takes those that no pin keeps. If a repair is broken off, call it"
                                + " again.")
                .example("cairn repo repair", "saves what can be saved")
                .example("cairn repo verify", "then hashes all of it");
    }

    @Override
    public void run(Invocation call) throws IOException, UsageException {
        Printer printer = new Printer(call);
        Repaired repaired = Repos.options(call).repair(Repos.path(call), printer);
        call.messages().clearProgress();
        Repair.Report report = repaired.report();
        for (var damage : report.damages().entrySet())
            call.out()
                    .line(
                            "damaged: "
                                    + Escapes.printable(damage.getKey())
                                    + ": "
                                    + Escapes.printable(damage.getValue()));
        if (repaired.damaged().isEmpty()) {
            call.out()
                    .line(
                            "nothing is damaged: all "
                                    + report.blocks()
                                    + " blocks and "
                                    + report.pins()
                                    + " pins are there; the repo was left as it is");
            return;
        }
        call.out().line("saved " + report.blocks() + " blocks and " + report.pins() + " pins");
        if (report.lost() < 0)
            call.out()
                    .line(
                            "the old index can't be read, so blocks that are lost and that no pin"
                                    + " needs can't be named");
        call.out().line("the damaged store is in " + RawText.of(repaired.damaged().get()));
        long broken;
        try (CairnNode node = Repos.open(call, Access.READ)) {
            broken = node.verifier().pins(printer);
        }
        if (report.lost() > 0 || broken > 0)
            throw new CommandException(
                    "repair complete, "
                            + Math.max(0, report.lost())
                            + " blocks lost, "
                            + broken
                            + " pins not whole"
                            + (report.exact() ? "" : ", and some pins may be missing"));
        if (!report.exact())
            throw new CommandException(
                    "repair complete, but some pins may be missing, or back that had been removed."
                            + " Look at \"cairn pin ls\" and pin what is missing before \"cairn repo"
                            + " gc\", which deletes what no pin keeps");
        call.out().line("repair complete");
    }

    /// Prints what is lost.
    private static final class Printer implements Repair.Listener, Verifier.Listener {
        private final Invocation call;

        Printer(Invocation call) {
            this.call = call;
        }

        @Override
        public void looked(long tables, long of) {
            if (call.messages().isTerminal())
                call.messages().progress("looked at " + tables + " of " + of + " tables");
        }

        @Override
        public void lost(Multihash hash) throws IOException {
            call.messages().clearProgress();
            Cid cid = Cid.v1(Multicodec.RAW, hash);
            call.out().line("lost block " + call.globals().text(cid));
        }

        @Override
        public void broken(Pin pin, Optional<Cid> lacks) throws IOException {
            call.out().line(RepoVerifyCommand.text(call, pin, lacks));
        }
    }
}
