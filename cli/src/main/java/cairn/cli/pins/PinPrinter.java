package cairn.cli.pins;

import cairn.cli.console.Escapes;
import cairn.cli.console.Invocation;
import cairn.cli.console.Output;
import cairn.multiformats.Cid;
import cairn.node.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Prints pins as they come, in Kubo's three forms: lines of text, lines of JSON, or one JSON
/// object of all.
final class PinPrinter {
    private final Invocation call;
    private final Output out;
    private final Optional<String> part;
    private final boolean names;
    private final boolean whole;
    private boolean begun;

    PinPrinter(Invocation call) {
        this.call = call;
        out = call.out();
        part = call.text("--name");
        names = call.flag("--names") || part.isPresent();
        whole = call.globals().json() && !call.flag("--stream");
    }

    /// Whether only pins with a name can be wanted.
    boolean needsName() {
        return part.filter(p -> !p.isEmpty()).isPresent();
    }

    void print(Cid cid, String type, String name) throws IOException {
        if (part.isPresent() && !name.contains(part.get())) return;
        String text = call.globals().text(cid);
        String shown = names ? name : "";
        if (whole) member(text, type, shown);
        else if (call.globals().json()) line(text, type, shown);
        else if (call.flag("--quiet")) out.line(text);
        else out.line(text + " " + type + (shown.isEmpty() ? "" : " " + Escapes.printable(shown)));
    }

    private void line(String cid, String type, String name) throws IOException {
        Map<String, Json> members = new LinkedHashMap<>();
        members.put("Cid", new Json.Str(cid));
        if (!name.isEmpty()) members.put("Name", new Json.Str(name));
        members.put("Type", new Json.Str(type));
        out.json(new Json.Obj(members));
    }

    private void member(String cid, String type, String name) throws IOException {
        Map<String, Json> members = new LinkedHashMap<>();
        members.put("Type", new Json.Str(type));
        members.put("Name", new Json.Str(name));
        write(begun ? "," : "{\"Keys\":{");
        begun = true;
        write(new Json.Str(cid).compact() + ":" + new Json.Obj(members).compact());
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    /// Ends the object of all.
    void end() throws IOException {
        if (whole) out.line(begun ? "}}" : "{\"Keys\":{}}");
    }
}
