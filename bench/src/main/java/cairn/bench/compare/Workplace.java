package cairn.bench.compare;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// A workplace is the folder in which commands run: the inputs, which stay, and what one comparison
/// writes, which is deleted on [#close].
///
/// Used by one thread.
final class Workplace implements AutoCloseable {
    private static final String RUN = "run-";

    private final Inputs inputs;
    private final Path scratch;
    private final Map<Tool, Path> repos = new HashMap<>();
    private final Map<Tool, Map<Path, String>> added = new HashMap<>();
    private final Map<Path, String> roots = new HashMap<>();
    private int made;

    Workplace(Path dir) throws IOException {
        inputs = new Inputs(dir.resolve("inputs"));
        scratch = dir.resolve(RUN + ProcessHandle.current().pid());
        Files.createDirectories(scratch);
        deleteLeftovers(dir);
    }

    /// Deletes what a run left that was stopped.
    private static void deleteLeftovers(Path dir) throws IOException {
        try (DirectoryStream<Path> runs = Files.newDirectoryStream(dir, RUN + "*")) {
            for (Path run : runs) {
                long pid = Long.parseLong(run.getFileName().toString().substring(RUN.length()));
                if (ProcessHandle.of(pid).isEmpty()) Disk.delete(run);
            }
        }
    }

    Inputs inputs() {
        return inputs;
    }

    /// The path of a file or folder that isn't there yet.
    Path fresh() {
        return scratch.resolve(String.valueOf(made++));
    }

    /// A repo of the tool's that all reading cases share.
    Path repo(Tool tool) throws IOException, InterruptedException {
        Path repo = repos.get(tool);
        if (repo == null) {
            repo = fresh();
            tool.init(repo);
            repos.put(tool, repo);
        }
        return repo;
    }

    /// Adds an input to the tool's repo for reading, unless it is there.
    ///
    /// @return its CID
    String added(Tool tool, Path input) throws IOException, InterruptedException {
        Map<Path, String> there = added.computeIfAbsent(tool, _ -> new HashMap<>());
        String cid = there.get(input);
        if (cid == null) {
            cid = add(tool, input);
            there.put(input, cid);
        }
        return cid;
    }

    private String add(Tool tool, Path input) throws IOException, InterruptedException {
        System.err.println("adding " + input.getFileName() + " with " + tool.name());
        String cid = tool.on(repo(tool), "add", "-Q", "-r", input.toString()).read();
        check(input, cid);
        return cid;
    }

    /// Checks that a CID is the one that other tools gave to the same input.
    private void check(Path input, String cid) throws IOException {
        String before = roots.putIfAbsent(input, cid);
        if (before != null && !before.equals(cid))
            throw new IOException(input + " is " + cid + " to one tool, " + before + " to another");
    }

    @Override
    public void close() throws IOException {
        Disk.delete(scratch);
    }
}
