package cairn.cli.blocks;

import cairn.cli.console.Invocation;
import cairn.cli.console.Paths;
import cairn.dag.MissingBlockException;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.node.CairnNode;
import cairn.node.json.Json;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/// Reads and describes single blocks.
final class Blocks {
    private Blocks() {}

    static Block read(String path, CairnNode node) throws IOException {
        Cid cid = node.resolver().resolve(Paths.parse(path)).cid();
        return node.source().get(cid).orElseThrow(() -> new MissingBlockException(cid));
    }

    static Json describe(Cid cid, int size, Invocation call) {
        Map<String, Json> members = new LinkedHashMap<>();
        members.put("Key", new Json.Str(call.globals().text(cid)));
        members.put("Size", Json.Num.of(size));
        return new Json.Obj(members);
    }
}
