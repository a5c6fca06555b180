package cairn.cli.pins;

import cairn.cli.console.Invocation;
import cairn.cli.console.Paths;
import cairn.cli.console.StandardInput;
import cairn.cli.console.UsageException;
import cairn.dag.path.DagPath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The paths that a command is called with: its arguments, or where there are none the lines of
/// standard input, some at a time, so that there may be any number of them. Empty lines are passed
/// over. For one thread.
public final class TypedPaths {
    /// So many lines of standard input are held.
    public static final int BATCH = 4096;

    private final Optional<StandardInput> lines;
    private List<DagPath> next;

    private TypedPaths(Optional<StandardInput> lines, List<DagPath> next) {
        this.lines = lines;
        this.next = next;
    }

    /// The paths of a call, of which there is at least one.
    ///
    /// @throws UsageException when there is none
    static TypedPaths of(Invocation call) throws IOException, UsageException {
        if (!call.arguments().isEmpty())
            return new TypedPaths(Optional.empty(), Paths.parse(call.arguments()));
        TypedPaths paths = new TypedPaths(Optional.of(StandardInput.lines(call)), List.of());
        paths.next();
        if (paths.isAtEnd())
            throw new UsageException(
                    "neither arguments nor lines on standard input; usage: "
                            + call.usage().synopsis());
        return paths;
    }

    /// Whether there are no more.
    boolean isAtEnd() {
        return next.isEmpty();
    }

    /// The next ones: all arguments at once, or up to [#BATCH] lines.
    List<DagPath> next() throws IOException {
        List<DagPath> batch = next;
        next = new ArrayList<>();
        if (lines.isEmpty()) return batch;
        while (next.size() < BATCH) {
            Optional<String> line = lines.get().next();
            if (line.isEmpty()) break;
            if (!line.get().isEmpty()) next.add(Paths.parse(line.get()));
        }
        return batch;
    }
}
