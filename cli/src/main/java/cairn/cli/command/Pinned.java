package cairn.cli.command;

import cairn.blockstore.Pin;
import cairn.cli.console.Invocation;
import cairn.cli.console.RawText;
import cairn.cli.console.UsageException;
import cairn.multiformats.Cid;
import cairn.node.json.Json;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Pins that a command changes: their names, and what is told of them.
final class Pinned {
    private Pinned() {}

    /// @throws UsageException when a name that was typed is too long for a pin
    static String checkName(String name) throws UsageException {
        int bytes = RawText.encode(name).length;
        if (bytes > Pin.MAX_NAME_BYTES)
            throw new UsageException(
                    "a pin's name has at most "
                            + Pin.MAX_NAME_BYTES
                            + " bytes; this one has "
                            + bytes);
        return name;
    }

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
