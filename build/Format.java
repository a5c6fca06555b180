import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.JavaFormatterOptions.Style;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/// Checks (`check DIR`) or rewrites (`fix DIR`) every Java source below DIR in one format.
public final class Format {
    private Format() {}

    public static void main(String[] args) throws Exception {
        boolean fix = args[0].equals("fix");
        Path root = Path.of(args[1]);
        var formatter = new Formatter(JavaFormatterOptions.builder().style(Style.AOSP).build());
        List<Path> unformatted = new ArrayList<>();
        for (Path source : sources(root)) {
            String text = Files.readString(source);
            String formatted =
                    formatter.formatSource(RemoveUnusedImports.removeUnusedImports(text));
            if (formatted.equals(text)) continue;
            unformatted.add(root.relativize(source));
            if (fix) Files.writeString(source, formatted);
        }
        if (unformatted.isEmpty()) return;
        System.out.println((fix ? "formatted: " : "not formatted: ") + unformatted);
        if (!fix) {
            System.out.println("run: mvn -N validate -Dformat.mode=fix");
            System.exit(1);
        }
    }

    private static List<Path> sources(Path root) throws IOException {
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(
                root,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes a) {
                        String name = String.valueOf(dir.getFileName());
                        boolean skipped =
                                name.equals("target")
                                        || name.equals("node_modules")
                                        || (name.startsWith(".") && !dir.equals(root));
                        return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes a) {
                        if (file.toString().endsWith(".java")) found.add(file);
                        return FileVisitResult.CONTINUE;
                    }
                });
        return found;
    }
}
