package cairn.dag.importer;

import cairn.dag.DagException;
import cairn.dag.LinkName;
import cairn.dag.PathBytes;
import cairn.dag.tree.FoundEntry;
import cairn.dag.tree.Metadata;
import cairn.dag.tree.ReadFailures;
import cairn.dag.tree.TreeOptions;
import cairn.dag.tree.TreeVisitor;
import cairn.dag.tree.TreeWalk;
import cairn.dag.work.OrderedWork;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/// Imports files and folders of the disk: gives out the work as a walk finds it. What is bad is
/// reported in order, and the walk goes on. Belongs to the owner of the work.
final class PathImport implements TreeVisitor {
    private final MetadataRules rules;
    private final FileImport files;
    private final NodeWriter writer;
    private final DirectoryLayout directories;
    private final OrderedWork work;
    private final Report report;
    private final TreeWalk walk;

    /// The folders that the walk is inside of, the innermost first.
    private final Deque<Open> open = new ArrayDeque<>();

    PathImport(
            TreeOptions tree,
            MetadataRules rules,
            FileImport files,
            NodeWriter writer,
            DirectoryLayout directories,
            OrderedWork work,
            Report report) {
        this.rules = rules;
        this.files = files;
        this.writer = writer;
        this.directories = directories;
        this.work = work;
        this.report = report;
        walk = new TreeWalk(tree, this);
    }

    private record Open(Path path, LinkName name, Folder folder) {}

    /// Imports a path and all below it.
    ///
    /// @param into the folder that gets it as an entry
    /// @param top whether the path is the root of the import, which may be empty
    void walk(Path path, LinkName name, Folder into, boolean top)
            throws IOException, InterruptedException {
        open.clear();
        open.push(new Open(path, LinkName.EMPTY, into));
        walk.walk(path, name, top);
    }

    /// Imports a stream.
    ///
    /// @param name empty when it has none
    void stream(LinkName name, InputStream in, Folder into)
            throws IOException, InterruptedException {
        files.stream(in, rules.stream(), node -> into.addStream(name, node, report));
    }

    @Override
    public void file(FoundEntry file) throws IOException, InterruptedException {
        Folder into = open.element().folder;
        Metadata metadata;
        try {
            metadata = rules.of(file, Imported.Kind.FILE);
        } catch (IOException e) {
            unreadable(file.path(), ReadFailures.reason(e));
            return;
        }
        files.file(file, metadata, outcome -> take(outcome, file, into, Imported.Kind.FILE));
    }

    @Override
    public void symlink(FoundEntry link) throws IOException, InterruptedException {
        Folder into = open.element().folder;
        Metadata metadata = rules.of(link, Imported.Kind.SYMLINK);
        work.give(
                0,
                () -> target(link, metadata),
                outcome -> take(outcome, link, into, Imported.Kind.SYMLINK));
    }

    private void take(Outcome<Node> outcome, FoundEntry entry, Folder into, Imported.Kind kind) {
        switch (outcome) {
            case Outcome.Done(Node node) -> {
                into.add(entry.name(), kind, node);
                report.added(into.path(entry.name()), kind, node);
            }
            case Outcome.Bad(String reason) -> report.bad(entry.path(), reason);
        }
    }

    private Outcome<Node> target(FoundEntry link, Metadata metadata) throws IOException {
        LinkName target;
        try {
            target = PathBytes.of(Files.readSymbolicLink(link.path()));
        } catch (IOException e) {
            return Outcome.bad(e);
        }
        return new Outcome.Done<>(writer.symlink(target.bytes(), metadata));
    }

    @Override
    public void enter(FoundEntry folder) throws IOException, InterruptedException {
        Metadata metadata = Metadata.NONE;
        try {
            metadata = rules.of(folder, Imported.Kind.DIRECTORY);
        } catch (IOException e) {
            unreadable(folder.path(), ReadFailures.reason(e));
        }
        LinkName path = open.element().folder.path(folder.name());
        open.push(new Open(folder.path(), folder.name(), new Folder(path, metadata)));
    }

    @Override
    public void leave() throws IOException, InterruptedException {
        Open left = open.pop();
        Folder into = open.element().folder;
        work.then(() -> finish(left, into));
    }

    private void finish(Open left, Folder into) throws IOException {
        try {
            DirectoryLayout.Written written =
                    directories.write(left.folder.links(), left.folder.metadata());
            into.add(left.folder.finished(left.name, written), report.isHeard());
        } catch (DagException e) {
            report.bad(left.path, e.getMessage());
        }
    }

    @Override
    public void unreadable(Path path, String reason) throws IOException, InterruptedException {
        work.then(() -> report.bad(path, reason));
    }
}
