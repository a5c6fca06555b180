package cairn.cli.pins;

import cairn.blockstore.Pin;
import cairn.cli.console.Command;
import cairn.cli.console.CommandException;
import cairn.cli.console.Escapes;
import cairn.cli.console.Invocation;
import cairn.cli.console.Paths;
import cairn.cli.console.Repos;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.dag.exporter.UnixFsReader;
import cairn.multiformats.Cid;
import cairn.node.Access;
import cairn.node.CairnNode;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Lists pins.
public final class PinLsCommand implements Command {
    private static final List<String> TYPES = List.of("direct", "indirect", "recursive", "all");

    @Override
    public Usage usage() {
        return Usage.of("pin ls", "List pins")
                .arguments("[<path>...]", 0, Integer.MAX_VALUE)
                .text(
                        "-t --type",
                        "type",
                        "direct, recursive, indirect (below a recursive one) or all. Default: all.")
                .flag("-q --quiet", "Print only CIDs.")
                .text("-n --name", "part", "Only pins with this in their name. Implies --names.")
                .flag("-s --stream", "With --enc=json, one line for each pin.")
                .flag("--names", "Print names too.")
                .explain(
                        "With paths, says of each how it is pinned, and fails when one isn't. What is"
                                + " pinned indirectly takes a walk over all that is pinned.")
                .example("cairn pin ls -t recursive --names", "lists what was pinned, with names");
    }

    @Override
    public void run(Invocation call) throws IOException, UsageException {
        String type = call.text("--type").orElse("all");
        if (!TYPES.contains(type))
            throw new UsageException(
                    "invalid type '"
                            + Escapes.printable(type)
                            + "', must be one of {direct, indirect, recursive, all}");
        try (CairnNode node = Repos.open(call, Access.READ)) {
            PinPrinter printer = new PinPrinter(call);
            if (call.arguments().isEmpty()) list(node, type, printer);
            else listArguments(call, node, type, printer);
            printer.end();
        }
    }

    private static void list(CairnNode node, String type, PinPrinter printer) throws IOException {
        for (Pin.Mode mode : List.of(Pin.Mode.RECURSIVE, Pin.Mode.DIRECT))
            if (isWanted(type, word(mode)))
                node.pins()
                        .forEach(
                                pin -> {
                                    if (pin.mode() == mode)
                                        printer.print(pin.cid(), word(mode), pin.name());
                                    return true;
                                });
        if (isWanted(type, "indirect") && !printer.needsName())
            node.pins()
                    .forEachIndirect(
                            cid -> {
                                printer.print(cid, "indirect", "");
                                return true;
                            });
    }

    private static void listArguments(
            Invocation call, CairnNode node, String type, PinPrinter printer) throws IOException {
        try (UnixFsReader reader = node.reader()) {
            for (String argument : call.arguments()) {
                Cid cid = reader.resolve(Paths.parse(argument));
                Optional<Pin> pin =
                        node.pins().get(cid).filter(p -> isWanted(type, word(p.mode())));
                if (pin.isPresent()) {
                    printer.print(cid, word(pin.get().mode()), pin.get().name());
                    continue;
                }
                Optional<Pin> keeper =
                        isWanted(type, "indirect") ? node.pins().keeperOf(cid) : Optional.empty();
                if (keeper.isEmpty())
                    throw new CommandException(
                            "path '"
                                    + Escapes.printable(argument)
                                    + "' is not pinned"
                                    + (type.equals("all") ? "" : " as " + type));
                printer.print(
                        cid, "indirect through " + call.globals().text(keeper.get().cid()), "");
            }
        }
    }

    private static boolean isWanted(String type, String mode) {
        return type.equals("all") || type.equals(mode);
    }

    private static String word(Pin.Mode mode) {
        return mode.name().toLowerCase(Locale.ROOT);
    }
}
