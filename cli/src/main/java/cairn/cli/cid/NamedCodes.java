package cairn.cli.cid;

import cairn.cli.console.Invocation;
import cairn.multiformats.Multicodec;
import cairn.node.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Prints numbers and their names: a line each, or as JSON all in one array.
final class NamedCodes {
    private NamedCodes() {}

    static void print(List<Multicodec> codes, Invocation call) throws IOException {
        List<Json> items = new ArrayList<>();
        for (Multicodec code : codes) {
            if (call.globals().json()) items.add(json(code.code(), code.toString()));
            else if (call.flag("--numeric"))
                call.out().line(String.format("%5d  %s", code.code(), code));
            else call.out().line(code.toString());
        }
        if (call.globals().json()) call.out().json(new Json.Arr(items));
    }

    static Json json(long code, String name) {
        Map<String, Json> members = new LinkedHashMap<>();
        members.put("Code", Json.Num.of(code));
        members.put("Name", new Json.Str(name));
        return new Json.Obj(members);
    }
}
