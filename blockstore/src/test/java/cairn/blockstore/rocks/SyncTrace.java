package cairn.blockstore.rocks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What of a folder was on disk when, as a trace of system calls by `strace -f -y` tells.
///
/// A file is on disk when a sync of it began after its last write had ended, and a sync of its
/// folder after its name was made. The staging folder does not count: what is left there is
/// deleted.
final class SyncTrace {
    private static final Pattern LINE = Pattern.compile("(\\d+) +(.*)");
    private static final Pattern RESUMED = Pattern.compile("<\\.\\.\\. (\\w+) resumed>(.*)");
    private static final Pattern CALL = Pattern.compile("(\\w+)\\((.*)");
    private static final Pattern RESULT = Pattern.compile(".*= (-?\\d+).*?");
    private static final Pattern TARGET = Pattern.compile("\\d+<([^>]*)>.*");
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");

    /// The state of the folder's files at a point of the trace.
    ///
    /// @param step the number of the call
    /// @param files their names
    /// @param unsynced those of which the bytes or the name might not be on disk
    record Moment(int step, TreeSet<String> files, TreeSet<String> unsynced) {}

    /// The bytes of a file, which may have several names, or the names in a folder.
    private static final class Content {
        int changes;
        int synced;
    }

    /// A call that is not done yet, and how many changes its target had when it began.
    private record Begun(String call, int changes) {}

    private final String folder;
    private final Content names = new Content();
    private final Map<String, Content> files = new TreeMap<>();

    /// The change of the folder that made a name.
    private final Map<String, Integer> named = new HashMap<>();

    private final Map<String, List<Moment>> outputs = new HashMap<>();
    private final List<Moment> logWrites = new ArrayList<>();
    private int logSyncs;
    private int step;

    private SyncTrace(Path folder) {
        this.folder = folder.toString();
    }

    static SyncTrace read(Path trace, Path folder) throws IOException {
        SyncTrace state = new SyncTrace(folder);
        Map<String, Begun> begun = new HashMap<>();
        for (String line : Files.readAllLines(trace)) {
            Matcher parts = LINE.matcher(line);
            if (!parts.matches()) continue;
            String thread = parts.group(1);
            String rest = parts.group(2);
            Matcher resumed = RESUMED.matcher(rest);
            if (resumed.matches()) {
                Begun first = begun.remove(thread);
                if (first != null)
                    state.end(new Begun(first.call() + resumed.group(2), first.changes()));
            } else {
                String call = rest.replace(" <unfinished ...>", "");
                Begun now = state.begin(call);
                if (call.equals(rest)) state.end(now);
                else begun.put(thread, now);
            }
        }
        return state;
    }

    /// The moments at which a text was written to standard output.
    List<Moment> moments(String text) {
        return outputs.getOrDefault(text, List.of());
    }

    Moment lastLogWriteBefore(Moment later) {
        return logWrites.stream().filter(m -> m.step() < later.step()).toList().getLast();
    }

    int logSyncs() {
        return logSyncs;
    }

    private Begun begin(String call) {
        step++;
        Matcher parts = CALL.matcher(call);
        if (!parts.matches()) return new Begun(call, 0);
        String arguments = parts.group(2);
        if (isWrite(parts.group(1))) {
            if (arguments.startsWith("1<")) noteOutput(arguments);
            if (target(arguments).endsWith(".log")) logWrites.add(moment());
        }
        Content content = content(target(arguments));
        return new Begun(call, content == null ? 0 : content.changes);
    }

    private void noteOutput(String arguments) {
        Matcher text = QUOTED.matcher(arguments);
        if (!text.find()) return;
        String shown = text.group(1).replace("\\n", "");
        outputs.computeIfAbsent(shown, k -> new ArrayList<>()).add(moment());
    }

    private void end(Begun call) {
        Matcher parts = CALL.matcher(call.call());
        Matcher result = RESULT.matcher(call.call());
        if (!parts.matches() || !result.matches() || result.group(1).startsWith("-")) return;
        String name = parts.group(1);
        String arguments = parts.group(2);
        List<String> paths = QUOTED.matcher(arguments).results().map(m -> m.group(1)).toList();
        if (isWrite(name)) {
            Content content = content(target(arguments));
            if (content != null) content.changes++;
        } else if (name.equals("fsync") || name.equals("fdatasync")) {
            String target = target(arguments);
            if (target.endsWith(".log")) logSyncs++;
            Content content = content(target);
            if (content != null) content.synced = Math.max(content.synced, call.changes());
        } else if (name.equals("openat") && arguments.contains("O_CREAT")) {
            if (!files.containsKey(paths.getFirst())) name(paths.getFirst(), new Content());
        } else if (name.startsWith("rename")) {
            name(paths.get(1), files.remove(paths.get(0)));
        } else if (name.startsWith("link")) {
            name(paths.get(1), files.get(paths.get(0)));
        } else if (name.startsWith("unlink")) {
            files.remove(paths.getFirst());
        }
    }

    private static boolean isWrite(String call) {
        return call.contains("write");
    }

    private static String target(String arguments) {
        Matcher target = TARGET.matcher(arguments);
        return target.matches() ? target.group(1) : "";
    }

    private Content content(String path) {
        return path.equals(folder) ? names : files.get(path);
    }

    private void name(String path, Content content) {
        if (content == null || !path.startsWith(folder + "/")) return;
        files.put(path, content);
        if (isInFolder(path)) named.put(path, ++names.changes);
    }

    private boolean isInFolder(String path) {
        return path.lastIndexOf('/') == folder.length();
    }

    private Moment moment() {
        TreeSet<String> all = new TreeSet<>();
        TreeSet<String> unsynced = new TreeSet<>();
        files.forEach(
                (path, content) -> {
                    // The lock file is empty; its name need not survive.
                    if (!isInFolder(path) || path.endsWith("/LOCK")) return;
                    all.add(path);
                    if (content.changes > content.synced || named.get(path) > names.synced)
                        unsynced.add(path);
                });
        return new Moment(step, all, unsynced);
    }
}
