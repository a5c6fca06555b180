package cairn.cli.repo;

import cairn.blockstore.Pin;
import cairn.blockstore.rocks.Verification;
import cairn.cli.console.ByteSizes;
import cairn.cli.console.Command;
import cairn.cli.console.CommandException;
import cairn.cli.console.Escapes;
import cairn.cli.console.Invocation;
import cairn.cli.console.Repos;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.multiformats.Cid;
import cairn.node.Access;
import cairn.node.CairnNode;
import cairn.node.Verifier;
import cairn.node.json.Json;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Checks all blocks, and that pins have what they need.
public final class RepoVerifyCommand implements Command {
    @Override
    public Usage usage() {
        return Usage.of("repo verify", "Check all blocks, and that pins have what they need")
                .atStore(Usage.Runs.VALUES)
                .flag("--drop", "Remove blocks that are damaged.")
                .flag("--heal", "Not yet: would get damaged blocks from the network again.")
                .text("--heal-timeout", "time", "Taken for Kubo's sake, as --heal is.")
                .explain(
                        "Reads and hashes every block, in the order in which they lie on the disk,"
                                + " and then walks over all pins. Names the blocks that are damaged or"
                                + " gone, the files that can't be read, and the pins that aren't whole"
                                + " for it.")
                .explain(
                        "Changes nothing without --drop, and can run while others write. To mend a"
                                + " block, add or import what it was part of again, which replaces it."
                                + " The exit code is 1 when something is damaged, or couldn't be"
                                + " dropped.")
                .example("cairn repo verify", "checks everything")
                .example(
                        "cairn repo verify --drop",
                        "forgets what is damaged, and says what pins" + " aren't whole now");
    }

    @Override
    public void run(Invocation call) throws IOException, UsageException {
        if (call.flag("--heal"))
            throw new CommandException(
                    "--heal needs the network, which isn't there yet; --drop removes what is"
                            + " damaged, and adding the content again mends it");
        boolean drop = call.flag("--drop");
        try (CairnNode node = drop ? Repos.openExisting(call) : Repos.open(call, Access.READ)) {
            Printer printer = new Printer(call);
            Verifier.Report report = node.verifier().run(drop, printer);
            printer.end(report, drop);
        }
    }

    /// Says that a pin isn't whole.
    static String text(Invocation call, Pin pin, Optional<Cid> lacks) {
        String name = pin.name().isEmpty() ? "" : " \"" + Escapes.printable(pin.name()) + "\"";
        return "pin "
                + call.globals().text(pin.cid())
                + name
                + " isn't whole: it needs "
                + lacks.map(cid -> call.globals().text(cid)).orElse("what an earlier one does");
    }

    /// Prints what is found, in Kubo's forms.
    private static final class Printer implements Verifier.Listener {
        private static final int STEP = 1000;
        private static final long PROGRESS_NANOS = 100_000_000;

        private final Invocation call;
        private long told;

        Printer(Invocation call) {
            this.call = call;
        }

        @Override
        public void read(long blocks, long bytes) throws IOException {
            if (call.globals().json() && blocks % STEP == 0) emit("", blocks);
            if (isTime())
                call.messages().progress(blocks + " blocks processed, " + ByteSizes.text(bytes));
        }

        @Override
        public void walked(long pins) {
            if (isTime()) call.messages().progress(pins + " pins processed");
        }

        private boolean isTime() {
            if (!call.messages().isTerminal()) return false;
            long now = System.nanoTime();
            if (now - told < PROGRESS_NANOS) return false;
            told = now;
            return true;
        }

        @Override
        public void unreadable(String file, String reason) throws IOException {
            print(
                    "file "
                            + file
                            + " can't be read: "
                            + Escapes.printable(reason)
                            + "; \"cairn repo repair\" replaces it");
        }

        @Override
        public void damaged(Cid cid, Verification.Fault fault, boolean removed) throws IOException {
            print(
                    "block "
                            + call.globals().text(cid)
                            + " was corrupt ("
                            + Escapes.printable(fault.reason())
                            + ")"
                            + (removed ? ", removed" : ""));
        }

        @Override
        public void broken(Pin pin, Optional<Cid> lacks) throws IOException {
            print(text(call, pin, lacks));
        }

        void end(Verifier.Report report, boolean drop) throws IOException {
            call.messages().clearProgress();
            Verification.Result blocks = report.blocks();
            if (call.globals().json()) emit("", blocks.blocks());
            if (blocks.unchecked() > 0)
                call.messages()
                        .say(
                                "cairn: "
                                        + blocks.unchecked()
                                        + " blocks have a hash function that isn't known, and"
                                        + " weren't checked");
            if (report.isWhole()) {
                print("verify complete, all blocks validated.");
                return;
            }
            if (blocks.miscounted() != 0)
                print(
                        "the number of blocks that is kept is wrong by "
                                + Math.abs(blocks.miscounted())
                                + "; \"cairn repo repair\" counts them anew");
            String summary =
                    "verify complete, "
                            + blocks.damaged()
                            + " blocks corrupt"
                            + (report.removed() > 0 ? ", " + report.removed() + " removed" : "")
                            + (report.broken() > 0
                                    ? ", " + report.broken() + " pins not whole"
                                    : "");
            if (!drop || report.removed() < blocks.damaged() || blocks.miscounted() != 0)
                throw new CommandException(summary);
            print(summary);
        }

        private void print(String text) throws IOException {
            call.messages().clearProgress();
            if (call.globals().json()) emit(text, 0);
            else call.out().line(text);
        }

        private void emit(String message, long progress) throws IOException {
            Map<String, Json> members = new LinkedHashMap<>();
            members.put("Msg", new Json.Str(message));
            members.put("Progress", Json.Num.of(progress));
            call.out().json(new Json.Obj(members));
        }
    }
}
