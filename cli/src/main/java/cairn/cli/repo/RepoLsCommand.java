package cairn.cli.repo;

import cairn.cli.console.Command;
import cairn.cli.console.Invocation;
import cairn.cli.console.Repos;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.multiformats.Cid;
import cairn.multiformats.Multicodec;
import cairn.node.Access;
import cairn.node.CairnNode;
import cairn.node.json.Json;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/// Lists all blocks.
public final class RepoLsCommand implements Command {
    @Override
    public Usage usage() {
        return Usage.of("repo ls", "List all blocks in the repo")
                .explain(
                        "Blocks are shown as raw CIDs of version 1, as the repo keeps them without"
                                + " a codec, in the order of their hashes.")
                .example("cairn repo ls | wc -l", "counts them; \"cairn repo stat\" knows it too");
    }

    @Override
    public void run(Invocation call) throws IOException, UsageException {
        try (CairnNode node = Repos.open(call, Access.READ)) {
            node.blocks()
                    .forEach(
                            (hash, size) -> {
                                print(call, Cid.v1(Multicodec.RAW, hash));
                                return true;
                            });
        }
    }

    private static void print(Invocation call, Cid cid) throws IOException {
        String text = call.globals().text(cid);
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
