package cairn.cli.dag;

import cairn.cli.console.Invocation;
import cairn.cli.console.RawText;
import cairn.cli.console.UsageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.List;

/// What a command reads: the files that its arguments name, one after another, or standard input,
/// where there are none and for `-`.
final class Inputs {
    private static final String STANDARD_INPUT = "-";

    private Inputs() {}

    /// What [#forEach] calls.
    @FunctionalInterface
    interface Reader {
        /// @param name for messages
        void read(InputStream in, String name) throws IOException, UsageException;
    }

    static void forEach(Invocation call, Reader reader) throws IOException, UsageException {
        List<String> names =
                call.arguments().isEmpty() ? List.of(STANDARD_INPUT) : call.arguments();
        for (String name : names)
            if (name.equals(STANDARD_INPUT)) {
                if (call.surroundings().inIsTerminal())
                    call.messages().say("cairn: reading from standard input; end it with Ctrl-D");
                reader.read(call.surroundings().in(), "standard input");
            } else
                try (InputStream in = Files.newInputStream(RawText.path(name))) {
                    reader.read(in, name);
                }
    }
}
