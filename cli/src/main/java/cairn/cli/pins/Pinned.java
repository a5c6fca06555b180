package cairn.cli.pins;

import cairn.cli.console.Invocation;
import cairn.multiformats.Cid;
import cairn.node.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;

/// Tells of the pins that a command changes: a line for each, or one JSON object of all, written as
/// they come.
final class Pinned {
    private final Invocation call;
    private final UnaryOperator<String> line;
    private boolean begun;

    /// @param line of a CID's text
    Pinned(Invocation call, UnaryOperator<String> line) {
        this.call = call;
        this.line = line;
    }

    void print(List<Cid> cids) throws IOException {
        for (Cid cid : cids) {
            String text = call.globals().text(cid);
            if (call.globals().json()) member(text);
            else call.out().line(line.apply(text));
        }
    }

    private void member(String text) throws IOException {
        String before = begun ? "," : "{\"Pins\":[";
        begun = true;
        String json = before + new Json.Str(text).compact();
        call.out().write(json.getBytes(StandardCharsets.UTF_8));
    }

    /// Whether some of the object is written.
    boolean isBegun() {
        return begun;
    }

    /// Ends the object.
    void end() throws IOException {
        if (call.globals().json()) call.out().line(begun ? "]}" : "{\"Pins\":[]}");
    }
}
