package cairn.dag.tree;

import cairn.dag.LinkName;
import cairn.dag.PathBytes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// A source under the name that it goes by; a stream may have none.
public record NamedSource(LinkName name, ImportSource source) {
    /// Some sources in the order of their names, each path once.
    ///
    /// @param tree says what symbolic links stand for
    /// @throws IOException when two different sources have one name
    public static List<NamedSource> sorted(List<ImportSource> sources, TreeOptions tree)
            throws IOException {
        List<NamedSource> named = new ArrayList<>();
        for (ImportSource source : sources) named.add(of(source, tree));
        named.sort(Comparator.comparing(NamedSource::name));
        for (int i = 1; i < named.size(); ) {
            NamedSource before = named.get(i - 1);
            NamedSource here = named.get(i);
            if (!here.name.equals(before.name) || here.name.isEmpty()) {
                i++;
            } else if (here.source.equals(before.source)) {
                named.remove(i);
            } else {
                throw new IOException(
                        "the name "
                                + here.name.quoted()
                                + " is that of two different sources: "
                                + text(before.source)
                                + " and "
                                + text(here.source));
            }
        }
        return named;
    }

    private static NamedSource of(ImportSource source, TreeOptions tree) {
        return switch (source) {
            case ImportSource.OfStream(LinkName name, _) -> new NamedSource(name, source);
            case ImportSource.OfPath(Path given) -> {
                Path path = given.normalize();
                Path last = path.getFileName();
                boolean nameless =
                        last == null || last.toString().isEmpty() || last.toString().equals("..");
                if (nameless || tree.dereferenceArguments() || tree.dereferenceSymlinks())
                    path = real(path);
                yield new NamedSource(PathBytes.name(path), ImportSource.path(path));
            }
        };
    }

    /// The path without links; the path itself where there is nothing, which a walk will find.
    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path;
        }
    }

    private static String text(ImportSource source) {
        return switch (source) {
            case ImportSource.OfStream _ -> "a stream";
            case ImportSource.OfPath(Path path) -> PathBytes.of(path).quoted();
        };
    }
}
