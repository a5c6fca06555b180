package cairn.cli.pins;

import cairn.cli.console.Invocation;
import cairn.multiformats.Cid;
import cairn.node.json.Json;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// What is told of pins that a command changes.
final class Pinned {
    private Pinned() {}

    static void print(List<Cid> cids, Function<Cid, String> line, Invocation call)
            throws IOException {
        if (!call.globals().json()) {
            for (Cid cid : cids) call.out().line(line.apply(cid));
            return;
        }
        List<Json> texts =
                cids.stream().<Json>map(cid -> new Json.Str(call.globals().text(cid))).toList();
        call.out().json(new Json.Obj(Map.of("Pins", new Json.Arr(texts))));
    }
}
