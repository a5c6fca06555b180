package cairn.cli.dag;

import cairn.cli.console.Command;
import cairn.cli.console.CommandException;
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
import java.util.Map;

/// Tells the shortest path to what a path leads to.
public final class ResolveCommand implements Command {
    @Override
    public Usage usage() {
        return Usage.of("resolve", "Tell the CID that a path leads to")
                .atStore(Usage.Runs.VALUES)
                .fetches()
                .arguments("<path>", 1, 1)
                .flag("-r --recursive", "Go on until there is no name left. Default: true.")
                .number("--dhtrc --dht-record-count", "n", "For names: no effect yet.")
                .text("--dhtt --dht-timeout", "time", "For names: no effect yet.")
                .explain(
                        "Paths below /ipfs can be resolved. Names (/ipns) need a network, which"
                                + " there is none of yet.")
                .example("cairn resolve /ipfs/CID/photos/1.jpg", "prints /ipfs/ and a photo's CID");
    }

    @Override
    public void run(Invocation call) throws IOException, UsageException {
        String text = call.arguments().getFirst();
        if (text.startsWith("/ipns/") || text.regionMatches(true, 0, "ipns://", 0, 7))
            throw new CommandException(
                    "names (/ipns) can't be resolved yet: there is no network; give a path below"
                            + " /ipfs");
        DagPath path = Paths.parse(text);
        try (CairnNode node = Repos.open(call, Access.READ)) {
            Resolution found = node.resolver().resolve(path);
            String root = "/ipfs/" + call.globals().text(found.cid());
            if (call.globals().json())
                call.out().json(new Json.Obj(Map.of("Path", new Json.Str(root + Rest.raw(found)))));
            else call.out().line(root + Rest.printable(found));
        }
    }
}
