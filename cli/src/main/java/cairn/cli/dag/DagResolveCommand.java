package cairn.cli.dag;

import cairn.cli.console.Command;
import cairn.cli.console.Invocation;
import cairn.cli.console.Paths;
import cairn.cli.console.Repos;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.dag.codec.Resolution;
import cairn.dag.path.DagPath;
import cairn.node.Access;
import cairn.node.CairnNode;
import cairn.node.json.Json;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/// Tells the last node on a path, and the way within it.
public final class DagResolveCommand implements Command {
    @Override
    public Usage usage() {
        return Usage.of("dag resolve", "Tell which node a path leads to")
                .atStore(Usage.Runs.VALUES)
                .fetches()
                .arguments("<path>", 1, 1)
                .explain(
                        "Links on the path are followed; what is left of the path after the last of"
                                + " them is printed behind the CID.")
                .example("cairn dag resolve CID/next/title", "prints the next node's CID/title");
    }

    @Override
    public void run(Invocation call) throws IOException, UsageException {
        DagPath path = Paths.parse(call.arguments().getFirst());
        try (CairnNode node = Repos.open(call, Access.READ)) {
            Resolution found = node.resolver().resolve(path);
            if (!call.globals().json()) {
                call.out().line(call.globals().text(found.cid()) + Rest.printable(found));
                return;
            }
            Map<String, Json> members = new LinkedHashMap<>();
            members.put("Cid", call.globals().link(found.cid()));
            members.put("RemPath", new Json.Str(Rest.raw(found)));
            call.out().json(new Json.Obj(members));
        }
    }
}
