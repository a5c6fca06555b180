package cairn.cli.listing;

import cairn.cli.console.Invocation;
import cairn.dag.Mtime;
import cairn.node.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `ls` as JSON, in the shapes of Kubo's RPC: one object of all, or with `--stream` one a line for
/// each entry. Written as entries come.
final class JsonListing implements Listing {
    /// What Go prints for a time that isn't set.
    private static final String NO_TIME = "0001-01-01T00:00:00Z";

    private final Invocation call;
    private final boolean stream;
    private String argument = "";
    private boolean anyDirectory;
    private boolean anyEntry;

    JsonListing(Invocation call) {
        this.call = call;
        stream = call.flag("--stream");
    }

    @Override
    public void begin(String listed) throws IOException {
        argument = listed;
        anyEntry = false;
        if (stream) return;
        write(anyDirectory ? "," : "{\"Objects\":[");
        write("{\"Hash\":" + new Json.Str(listed).compact() + ",\"Links\":[");
        anyDirectory = true;
    }

    @Override
    public void print(Listed entry) throws IOException {
        if (stream) {
            Map<String, Json> object = new LinkedHashMap<>();
            object.put("Hash", new Json.Str(argument));
            object.put("Links", new Json.Arr(List.of(link(entry))));
            call.out()
                    .json(
                            new Json.Obj(
                                    Map.of(
                                            "Objects",
                                            new Json.Arr(List.of(new Json.Obj(object))))));
            return;
        }
        write((anyEntry ? "," : "") + link(entry).compact());
        anyEntry = true;
    }

    private Json link(Listed entry) {
        Map<String, Json> link = new LinkedHashMap<>();
        link.put("Name", new Json.Str(entry.name()));
        link.put("Hash", new Json.Str(call.globals().text(entry.cid())));
        link.put("Size", Json.Num.of(entry.size()));
        link.put("Type", Json.Num.of(entry.type().number()));
        link.put("Target", new Json.Str(entry.target()));
        link.put("Mode", Json.Num.of(goMode(entry)));
        link.put(
                "ModTime",
                new Json.Str(
                        entry.mtime()
                                .map(Mtime::toInstant)
                                .map(Instant::toString)
                                .orElse(NO_TIME)));
        return new Json.Obj(link);
    }

    /// The bits of Go's `os.FileMode`: permissions as POSIX has them, all else elsewhere. Source:
    /// Go, `io/fs`.
    private static long goMode(Listed entry) {
        int posix = entry.mode().orElse(0);
        if (posix == 0) return 0;
        int special = ((posix & 06000) << 12) | ((posix & 01000) << 11);
        return Integer.toUnsignedLong((posix & 0777) | special | entry.type().goMode());
    }

    @Override
    public void endDirectory() throws IOException {
        if (!stream) write("]}");
    }

    @Override
    public void end() throws IOException {
        if (!stream) call.out().line("]}");
    }

    private void write(String text) throws IOException {
        call.out().write(text.getBytes(StandardCharsets.UTF_8));
    }
}
