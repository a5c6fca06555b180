package cairn.cli.cid;

import cairn.cli.console.Command;
import cairn.cli.console.Invocation;
import cairn.cli.console.Usage;
import cairn.multiformats.Multibase;
import cairn.node.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// Lists the multibases. It has two names.
public final class CidBasesCommand implements Command {
    /// As Kubo orders them: by prefix, the lower case before the upper one.
    private static final Comparator<Multibase> ORDER =
            Comparator.comparingInt((Multibase base) -> Character.toLowerCase(base.prefix()))
                    .thenComparing(Multibase::prefix, Comparator.reverseOrder());

    private final String name;

    /// @param name `cid bases` or `multibase list`
    public CidBasesCommand(String name) {
        this.name = name;
    }

    @Override
    public Usage usage() {
        return Usage.of(name, "List the multibases")
                .served(Usage.Runs.VALUES)
                .flag("--prefix", "With the character that each begins with.")
                .flag("--numeric", "With the number of that character.")
                .explain("A multibase is a way to write bytes as text.")
                .example("cairn " + name + " --prefix", "shows b beside base32");
    }

    @Override
    public void run(Invocation call) throws IOException {
        List<Multibase> bases = Arrays.stream(Multibase.values()).sorted(ORDER).toList();
        if (call.globals().json()) {
            List<Json> items = new ArrayList<>();
            for (Multibase base : bases) items.add(NamedCodes.json(base.prefix(), base.label()));
            call.out().json(new Json.Arr(items));
            return;
        }
        for (Multibase base : bases) call.out().line(line(base, call));
    }

    private static String line(Multibase base, Invocation call) {
        boolean visible = base != Multibase.IDENTITY;
        StringBuilder out = new StringBuilder();
        if (call.flag("--prefix")) out.append(visible ? Character.toString(base.prefix()) : " ");
        if (call.flag("--prefix") && call.flag("--numeric")) out.append(' ');
        if (call.flag("--numeric")) out.append(String.format("%7d", base.prefix()));
        if (!out.isEmpty()) out.append("  ");
        return out.append(base.label()).toString();
    }
}
