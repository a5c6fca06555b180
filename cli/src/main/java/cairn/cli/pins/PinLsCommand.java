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
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Lists pins.
public final class PinLsCommand implements Command {
    private static final List<String> TYPES = List.of("direct", "indirect", "recursive", "all");

    @Override
    public Usage usage() {
        return Usage.of("pin ls", "List pins")
                .atStore(Usage.Runs.VALUES)
                .arguments("[<path>...]", 0, Integer.MAX_VALUE)
                .text(
                        "-t --type",
                        "type",
                        "direct, recursive, indirect (below a recursive one) or all. Default: all.")
                .flag("-q --quiet", "Print only CIDs.")
                .text("-n --name", "part", "Only pins with this in their name. Implies --names.")
                .flag(
                        "-s --stream",
                        "With --enc=json, one line for each pin; with paths, tell those before one"
                                + " that isn't pinned.")
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

    /// With `--stream`, those before one that isn't pinned are told; else all or none.
    private static void listArguments(
            Invocation call, CairnNode node, String type, PinPrinter printer) throws IOException {
        Map<Cid, String> arguments = new LinkedHashMap<>();
        try (UnixFsReader reader = node.reader()) {
            for (String argument : call.arguments())
                arguments.putIfAbsent(reader.resolve(Paths.parse(argument)), argument);
        }
        Map<Cid, Pin> own = new HashMap<>();
        for (Cid cid : arguments.keySet())
            node.pins()
                    .get(cid)
                    .filter(pin -> isWanted(type, word(pin.mode())))
                    .ifPresent(pin -> own.put(cid, pin));
        Set<Cid> others = new HashSet<>(arguments.keySet());
        others.removeAll(own.keySet());
        Map<Cid, Pin> keepers =
                isWanted(type, "indirect") ? node.pins().keepersOf(others) : Map.of();
        others.removeAll(keepers.keySet());
        if (!call.flag("--stream"))
            for (Cid cid : arguments.keySet())
                if (others.contains(cid)) throw notPinned(arguments.get(cid), type);
        for (Cid cid : arguments.keySet()) {
            if (others.contains(cid)) throw notPinned(arguments.get(cid), type);
            Pin pin = own.get(cid);
            if (pin != null) printer.print(cid, word(pin.mode()), pin.name());
            else
                printer.print(
                        cid, "indirect through " + call.globals().text(keepers.get(cid).cid()), "");
        }
    }

    private static CommandException notPinned(String argument, String type) {
        return new CommandException(
                "path '"
                        + Escapes.printable(argument)
                        + "' is not pinned"
                        + (type.equals("all") ? "" : " as " + type));
    }

    private static boolean isWanted(String type, String mode) {
        return type.equals("all") || type.equals(mode);
    }

    private static String word(Pin.Mode mode) {
        return mode.name().toLowerCase(Locale.ROOT);
    }
}
