package cairn.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// A sample input is what one import reads, in a written form that makes it again:
/// - `file CONTENT`: a file `f`, of mode 0644 and [TreeWriter#MTIME]
/// - `stdin CONTENT`: nothing on disk; the bytes come on standard input
/// - `tree NAME`: a folder `NAME`, a [SampleTree]
///
/// CONTENT as in [Content].
public sealed interface SampleInput {

    record OfFile(Content content) implements SampleInput {}

    record OfStdin(Content content) implements SampleInput {}

    record OfTree(SampleTree tree) implements SampleInput {}

    /// The name of the file that an input of the form `file` makes.
    String FILE = "f";

    /// Reads the written form.
    static SampleInput parse(String text) {
        String[] words = text.split(" ", 2);
        if (words.length != 2) throw new IllegalArgumentException("no such input: " + text);
        return switch (words[0]) {
            case "file" -> new OfFile(Content.parse(words[1]));
            case "stdin" -> new OfStdin(Content.parse(words[1]));
            case "tree" -> new OfTree(SampleTree.named(words[1]));
            default -> throw new IllegalArgumentException("no such input: " + text);
        };
    }

    /// How many bytes of content the input has, when it is one file; 0 for a tree.
    default long size() {
        return switch (this) {
            case OfFile(var content) -> content.size();
            case OfStdin(var content) -> content.size();
            case OfTree(var tree) -> 0;
        };
    }

    /// Makes the input in a folder that exists.
    default void create(Path folder) throws IOException {
        switch (this) {
            case OfFile(var content) -> {
                try (var tree = new TreeWriter(folder)) {
                    tree.file(FILE, content);
                }
            }
            case OfStdin(var content) -> {}
            case OfTree(var tree) -> tree.create(folder);
        }
    }

    /// Inputs on disk, each made once, when it is first asked for, in a folder of its own.
    final class Shelf {
        private final Path root;
        private final Map<SampleInput, Path> made = new HashMap<>();

        public Shelf(Path root) {
            this.root = root;
        }

        /// The folder that holds the input, to be an import's working directory.
        public Path folderOf(SampleInput input) throws IOException {
            Path folder = made.get(input);
            if (folder == null) {
                folder = Files.createDirectories(root.resolve("input-" + made.size()));
                input.create(folder);
                made.put(input, folder);
            }
            return folder;
        }
    }
}
