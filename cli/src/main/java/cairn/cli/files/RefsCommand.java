package cairn.cli.files;

import cairn.cli.console.Command;
import cairn.cli.console.Escapes;
import cairn.cli.console.Globals;
import cairn.cli.console.Invocation;
import cairn.cli.console.Paths;
import cairn.cli.console.Repos;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.dag.path.DagPath;
import cairn.dag.walk.Edge;
import cairn.dag.walk.Refs;
import cairn.dag.walk.RefsOptions;
import cairn.multiformats.Cid;
import cairn.node.Access;
import cairn.node.CairnNode;
import cairn.node.json.Json;
import cairn.node.text.RawText;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/// Lists the links of nodes.
public final class RefsCommand implements Command {
    private static final String PLAIN = "<dst>";

    @Override
    public Usage usage() {
        return Usage.of("refs", "List the links of nodes")
                .atStore(Usage.Runs.VALUES)
                .fetches()
                .arguments("<path>...", 1, Integer.MAX_VALUE)
                .text(
                        "--format",
                        "format",
                        "What to print of a link, with <src>, <dst> and"
                                + " <linkname> in it. Default: <dst>.")
                .flag("-e --edges", "Print links as <src> -> <dst>.")
                .flag("-u --unique", "Print each CID once.")
                .flag("-r --recursive", "Also the links of what is linked to.")
                .number("--max-depth", "levels", "How deep to go with -r. Default: -1, no limit.")
                .example("cairn refs -r -u CID", "lists every block below a root");
    }

    @Override
    public void run(Invocation call) throws IOException, UsageException {
        boolean edges = call.flag("--edges");
        String format = call.text("--format").filter(f -> !f.isEmpty()).orElse(PLAIN);
        if (edges && !format.equals(PLAIN))
            throw new UsageException("--format and --edges exclude each other");
        if (edges) format = "<src> -> <dst>";
        String shown = format;
        int depth =
                call.flag("--recursive")
                        ? (int)
                                Math.max(
                                        -1,
                                        call.number(
                                                        "--max-depth",
                                                        Integer.MIN_VALUE,
                                                        Integer.MAX_VALUE)
                                                .orElse(-1))
                        : 1;
        var paths = Paths.parse(call.arguments());
        try (CairnNode node = Repos.open(call, Access.READ)) {
            Refs refs =
                    new Refs(
                            node.source(),
                            new RefsOptions(depth, call.flag("--unique")),
                            node.visited());
            for (DagPath path : paths) {
                Cid root = node.resolver().resolve(path).cid();
                if (depth < 0) node.expect(root);
                refs.forEach(
                        root,
                        edge -> {
                            print(edge, shown, call);
                            return true;
                        });
            }
        }
    }

    private static void print(Edge edge, String format, Invocation call) throws IOException {
        Globals globals = call.globals();
        String name = RawText.decode(edge.name().bytes());
        String text =
                format.replace("<src>", globals.text(edge.source()))
                        .replace("<dst>", globals.text(edge.destination()))
                        .replace("<linkname>", globals.json() ? name : Escapes.printable(name));
        print(text, call);
    }

    /// Prints a line, in Kubo's form where JSON is asked for.
    static void print(String text, Invocation call) throws IOException {
        if (!call.globals().json()) {
            call.out().line(text);
            return;
        }
        Map<String, Json> members = new LinkedHashMap<>();
        members.put("Ref", new Json.Str(text));
        members.put("Err", new Json.Str(""));
        call.out().json(new Json.Obj(members));
    }
}
