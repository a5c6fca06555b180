package cairn.cli.pins;

import cairn.blockstore.Pin;
import cairn.cli.console.Command;
import cairn.cli.console.CommandException;
import cairn.cli.console.Escapes;
import cairn.cli.console.Invocation;
import cairn.cli.console.Repos;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.dag.MissingBlockException;
import cairn.multiformats.Cid;
import cairn.node.Access;
import cairn.node.CairnNode;
import cairn.node.json.Json;
import cairn.node.pins.PinCheckListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// Looks for what is missing below pins.
public final class PinVerifyCommand implements Command {
    @Override
    public Usage usage() {
        return Usage.of("pin verify", "Check that all that pins keep is there")
                .atStore(Usage.Runs.VALUES)
                .flag("--verbose", "Also tell the pins that are whole.")
                .flag("-q --quiet", "Print only the CIDs of broken pins.")
                .explain(
                        "Each node is read and its bytes are hashed; the leaves of files, blocks of"
                                + " the codec raw and others without links, are only looked up. Names"
                                + " the pins that are broken, and the blocks that are missing or"
                                + " damaged. Fails when there are any.")
                .example("cairn pin verify", "prints nothing when all is well");
    }

    @Override
    public void run(Invocation call) throws IOException, UsageException {
        if (call.flag("--verbose") && call.flag("--quiet"))
            throw new UsageException(
                    "the --verbose and --quiet options can not be used at the same time");
        try (CairnNode node = Repos.open(call, Access.READ)) {
            Printer printer = new Printer(call);
            node.pins().verify(printer);
            call.messages().clearProgress();
            if (printer.broken > 0)
                throw new CommandException(
                        printer.broken
                                + " of "
                                + printer.pins
                                + (printer.pins == 1 ? " pin is" : " pins are")
                                + " broken; add what is missing again");
        }
    }

    /// Prints pins and their bad blocks as they are found, in Kubo's forms.
    private static final class Printer implements PinCheckListener {
        private static final int STEP = 1000;

        private final Invocation call;
        private final boolean json;
        private final boolean quiet;
        private boolean begun;
        private long pins;
        private long broken;

        Printer(Invocation call) {
            this.call = call;
            json = call.globals().json();
            quiet = call.flag("--quiet");
        }

        @Override
        public void checked(long blocks) {
            if (call.messages().isTerminal() && blocks % STEP == 0)
                call.messages().progress("checked " + blocks + " blocks, " + pins + " pins");
        }

        @Override
        public void whole(Pin pin) throws IOException {
            pins++;
            if (!call.flag("--verbose")) return;
            call.messages().clearProgress();
            String cid = call.globals().text(pin.cid());
            if (!json) {
                call.out().line(cid + " ok");
                return;
            }
            Map<String, Json> members = new LinkedHashMap<>();
            members.put("Cid", new Json.Str(cid));
            members.put("Ok", new Json.Bool(true));
            call.out().json(new Json.Obj(members));
        }

        @Override
        public void bad(Pin pin, Cid cid, IOException reason) throws IOException {
            if (quiet) return;
            call.messages().clearProgress();
            String block = call.globals().text(cid);
            String why = reason(cid, reason);
            if (json) {
                Map<String, Json> members = new LinkedHashMap<>();
                members.put("Cid", new Json.Str(block));
                members.put("Err", new Json.Str(why));
                if (begun) write(",");
                else begin(pin);
                write(new Json.Obj(members).compact());
            } else {
                if (!begun) begin(pin);
                call.out().line("  " + block + ": " + Escapes.printable(why));
            }
            begun = true;
        }

        @Override
        public void broken(Pin pin) throws IOException {
            pins++;
            broken++;
            call.messages().clearProgress();
            if (!quiet && !begun) {
                begin(pin);
                if (!json) call.out().line("  by blocks that are named under pins before");
            }
            begun = false;
            if (quiet && json) call.out().json(new Json.Obj(Map.of("Cid", cid(pin))));
            else if (quiet) call.out().line(call.globals().text(pin.cid()));
            else if (json) call.out().line("]}");
        }

        private void begin(Pin pin) throws IOException {
            if (json) write("{\"Cid\":" + cid(pin).compact() + ",\"BadNodes\":[");
            else call.out().line(call.globals().text(pin.cid()) + " broken");
        }

        private Json cid(Pin pin) {
            return new Json.Str(call.globals().text(pin.cid()));
        }

        /// As Kubo says it of a block that isn't there.
        private String reason(Cid cid, IOException reason) {
            return reason instanceof MissingBlockException
                    ? MissingBlocks.text(call.globals().text(cid))
                    : String.valueOf(reason.getMessage());
        }

        private void write(String text) throws IOException {
            call.out().write(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
