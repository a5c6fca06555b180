package cairn.cli.dag;

import cairn.cli.console.Invocation;
import cairn.cli.console.RawText;
import cairn.cli.console.StandardInput;
import cairn.cli.console.UsageException;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
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
        void read(ReadableByteChannel in, String name) throws IOException, UsageException;
    }

    static void forEach(Invocation call, Reader reader) throws IOException, UsageException {
        List<String> names =
                call.arguments().isEmpty() ? List.of(STANDARD_INPUT) : call.arguments();
        for (String name : names)
            if (name.equals(STANDARD_INPUT))
                reader.read(Channels.newChannel(StandardInput.open(call)), "standard input");
            else
                try (FileChannel in = open(name)) {
                    reader.read(in, name);
                }
    }

    private static FileChannel open(String name) throws IOException {
        if (name.isEmpty()) throw new NoSuchFileException("\"\"");
        Path path = RawText.path(name);
        if (Files.isDirectory(path)) throw new FileSystemException(name, null, "it is a folder");
        return FileChannel.open(path);
    }
}
