package cairn.cli.console;

import cairn.node.text.RawText;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// What comes in on standard input, where arguments may come from too: one a line.
public final class StandardInput {
    /// Longer than any word that makes sense on a line: what is past it is left out, so that a line
    /// without an end takes no memory.
    private static final int MAX_LINE_BYTES = 16 << 10;

    private final InputStream in;

    private StandardInput(InputStream in) {
        this.in = in;
    }

    /// The bytes. A person at a terminal is told that they are awaited.
    public static InputStream open(Invocation call) {
        await(call);
        return call.surroundings().in();
    }

    /// Tells a person at a terminal that the bytes are awaited.
    public static void await(Invocation call) {
        if (call.surroundings().inIsTerminal())
            call.messages().say("cairn: reading from standard input; end it with Ctrl-D");
    }

    /// The lines.
    public static StandardInput lines(Invocation call) {
        return new StandardInput(new BufferedInputStream(open(call)));
    }

    /// The next line as raw text, without white space at its ends; empty after the last.
    public Optional<String> next() throws IOException {
        int b = in.read();
        if (b < 0) return Optional.empty();
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (; b >= 0 && b != '\n'; b = in.read()) if (line.size() < MAX_LINE_BYTES) line.write(b);
        return Optional.of(RawText.decode(line.toByteArray()).strip());
    }

    /// Does something with each argument of a call; where it has none, with each line.
    ///
    /// @throws UsageException when there are no lines either
    public static void forEachArgument(Invocation call, Use use)
            throws IOException, UsageException {
        for (String argument : call.arguments()) use.accept(argument);
        if (!call.arguments().isEmpty()) return;
        StandardInput lines = lines(call);
        Optional<String> line = lines.next();
        if (line.isEmpty())
            throw new UsageException(
                    "neither arguments nor lines on standard input; usage: "
                            + call.usage().synopsis());
        for (; line.isPresent(); line = lines.next()) use.accept(line.get());
    }

    /// What is done with an argument.
    @FunctionalInterface
    public interface Use {
        void accept(String argument) throws IOException;
    }
}
