package cairn.cli.files;

import cairn.cli.console.Escapes;
import cairn.cli.console.Invocation;
import cairn.cli.console.Meter;
import cairn.dag.importer.ImportListener;
import cairn.dag.importer.Imported;
import cairn.node.json.Json;
import cairn.node.text.RawText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Prints what `add` has added.
///
/// A root's line says that the root is on disk, so it waits for [#acknowledge]. So do the lines
/// after it, which keeps their order, until there are [#HELD]: then all but those of roots are
/// printed.
final class AddPrinter implements ImportListener {
    private static final int HELD = 10_000;

    /// How far apart JSON lines of progress are, as Kubo has them.
    private static final long PROGRESS_BYTES = 256 << 10;

    private final Invocation call;
    private final Meter meter;
    private final boolean lines;
    private final boolean progressLines;
    private final String progressName;
    private long progressTold;
    private final List<Imported> held = new ArrayList<>();
    private boolean onlyRootsHeld;

    /// @param progressName what JSON lines of progress name: the only source, or nothing
    AddPrinter(Invocation call, Meter meter, String progressName) {
        this.call = call;
        this.meter = meter;
        this.progressName = progressName;
        progressLines = call.globals().json() && call.flag("--progress") && !call.flag("--silent");
        lines = !call.flag("--silent") && !call.flag("--quieter");
    }

    @Override
    public void progress(long bytes) {
        meter.reach(bytes);
        if (!progressLines || bytes - progressTold < PROGRESS_BYTES) return;
        progressTold = bytes;
        Map<String, Json> members = new LinkedHashMap<>();
        members.put("Name", new Json.Str(progressName));
        members.put("Bytes", Json.Num.of(bytes));
        try {
            call.out().json(new Json.Obj(members));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean hearsAdded() {
        return lines;
    }

    @Override
    public void added(Imported entry) {
        try {
            if (isRoot(entry) || (!onlyRootsHeld && !held.isEmpty())) held.add(entry);
            else print(entry);
            if (!onlyRootsHeld && held.size() >= HELD) releaseBelowRoots();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// All is on disk.
    void acknowledge(Imported last) throws IOException {
        release();
        if (call.flag("--quieter") && !call.flag("--silent")) {
            if (call.globals().json()) print(last);
            else call.out().line(call.globals().text(last.cid()));
        }
    }

    private boolean isRoot(Imported entry) {
        if (call.flag("--wrap-with-directory")) return entry.path().isEmpty();
        return RawText.decode(entry.path().bytes()).indexOf('/') < 0;
    }

    private void releaseBelowRoots() throws IOException {
        onlyRootsHeld = true;
        for (Imported entry : held) if (!isRoot(entry)) print(entry);
        held.removeIf(entry -> !isRoot(entry));
    }

    private void release() throws IOException {
        for (Imported entry : held) print(entry);
        held.clear();
    }

    private void print(Imported entry) throws IOException {
        String cid = call.globals().text(entry.cid());
        if (!call.globals().json() && call.flag("--quiet")) {
            call.out().line(cid);
            return;
        }
        String path = RawText.decode(entry.path().bytes());
        boolean nameless = path.isEmpty() && entry.kind() == Imported.Kind.FILE;
        String name = nameless ? cid : path;
        if (!call.globals().json()) {
            call.messages().clearProgress();
            call.out().line("added " + cid + " " + Escapes.printable(name));
            return;
        }
        Map<String, Json> members = new LinkedHashMap<>();
        members.put("Name", new Json.Str(name));
        members.put("Hash", new Json.Str(cid));
        members.put("Size", new Json.Str(Long.toString(entry.size())));
        call.out().json(new Json.Obj(members));
    }
}
