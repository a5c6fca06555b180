package cairn.cli.console;

import cairn.dag.path.DagPath;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/// The paths that a command is called with: its arguments, or where there are none the lines of
/// standard input, some at a time, so that there may be any number of them. Empty lines are passed
/// over. For one thread.
public final class TypedPaths {
    /// So many lines of standard input are held.
    public static final int BATCH = 4096;

    /// Far more than a path of 1024 names that file systems can hold.
    private static final int MAX_LINE_BYTES = 1 << 19;

    private final InputStream in;
    private List<DagPath> next;

    private TypedPaths(InputStream in, List<DagPath> next) {
        this.in = in;
        this.next = next;
    }

    /// The paths of a call, of which there is at least one.
    ///
    /// @throws UsageException when there is none
    public static TypedPaths of(Invocation call) throws IOException, UsageException {
        if (!call.arguments().isEmpty())
            return new TypedPaths(InputStream.nullInputStream(), Paths.parse(call.arguments()));
        if (call.surroundings().inIsTerminal())
            call.messages().say("cairn: reading paths from standard input; Ctrl-D ends them");
        TypedPaths paths =
                new TypedPaths(new BufferedInputStream(call.surroundings().in()), List.of());
        paths.read();
        if (paths.isAtEnd())
            throw new UsageException(
                    "argument <path>... is missing; usage: " + call.usage().synopsis());
        return paths;
    }

    /// Whether there are no more.
    public boolean isAtEnd() {
        return next.isEmpty();
    }

    /// The next ones: all arguments at once, or up to [#BATCH] lines.
    public List<DagPath> next() throws IOException {
        List<DagPath> batch = next;
        read();
        return batch;
    }

    private void read() throws IOException {
        List<DagPath> batch = new ArrayList<>();
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = 0; b >= 0 && batch.size() < BATCH; ) {
            b = in.read();
            if (b >= 0 && b != '\n') {
                if (line.size() == MAX_LINE_BYTES)
                    throw new CommandException(
                            "a line of standard input has more than "
                                    + MAX_LINE_BYTES
                                    + " bytes; it should be a path");
                line.write(b);
                continue;
            }
            String text = RawText.decode(line.toByteArray()).strip();
            if (!text.isEmpty()) batch.add(Paths.parse(text));
            line.reset();
        }
        next = batch;
    }
}
