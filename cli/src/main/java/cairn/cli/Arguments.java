package cairn.cli;

import cairn.node.text.RawText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The words of the command line, as raw text.
///
/// The JVM puts U+FFFD for bytes that aren't UTF-8, which file names may hold. Linux tells the
/// bytes.
final class Arguments {
    private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");

    private Arguments() {}

    static List<String> words(String[] args) {
        List<String> decoded = List.of(args);
        if (decoded.stream().noneMatch(arg -> arg.indexOf('\ufffd') >= 0)) return decoded;
        try {
            return lastWords(Files.readAllBytes(COMMAND_LINE), args.length);
        } catch (IOException e) {
            return decoded; // not Linux: what the JVM made of it is all that can be had
        }
    }

    /// The last words of a line in which a NUL follows each word.
    static List<String> lastWords(byte[] line, int count) {
        List<String> words = new ArrayList<>();
        ByteArrayOutputStream word = new ByteArrayOutputStream();
        for (byte b : line) {
            if (b != 0) {
                word.write(b);
                continue;
            }
            words.add(RawText.decode(word.toByteArray()));
            word.reset();
        }
        return List.copyOf(words.subList(words.size() - count, words.size()));
    }
}
