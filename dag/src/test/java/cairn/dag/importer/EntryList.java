package cairn.dag.importer;

import cairn.dag.LinkName;
import cairn.dag.PathBytes;
import cairn.dag.tree.FoundEntry;
import cairn.dag.tree.Metadata;
import cairn.dag.tree.TreeEntry;
import cairn.dag.tree.TreeVisitor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;

/// What a walk finds, as a sender would send it, in memory.
final class EntryList implements TreeVisitor {
    final List<TreeEntry> entries = new ArrayList<>();
    private final Deque<LinkName> names = new ArrayDeque<>();

    private List<LinkName> path(FoundEntry entry) {
        List<LinkName> path = new ArrayList<>(names);
        path.add(entry.name());
        return path;
    }

    private static Metadata metadata(FoundEntry entry) throws IOException {
        boolean link = entry.attributes().isSymbolicLink();
        return new Metadata(link ? OptionalInt.empty() : entry.mode(), entry.mtime());
    }

    @Override
    public void file(FoundEntry file) throws IOException {
        var content = new ByteArrayInputStream(Files.readAllBytes(file.path()));
        entries.add(new TreeEntry.File(path(file), metadata(file), content));
    }

    @Override
    public void symlink(FoundEntry link) throws IOException {
        LinkName target = PathBytes.of(Files.readSymbolicLink(link.path()));
        entries.add(new TreeEntry.Symlink(path(link), metadata(link), target));
    }

    @Override
    public void enter(FoundEntry folder) throws IOException {
        entries.add(new TreeEntry.Directory(path(folder), metadata(folder)));
        names.addLast(folder.name());
    }

    @Override
    public void leave() {
        names.removeLast();
    }

    @Override
    public void unreadable(Path path, String reason) {
        entries.add(new TreeEntry.Unreadable(PathBytes.of(path), reason, names.isEmpty()));
    }
}
