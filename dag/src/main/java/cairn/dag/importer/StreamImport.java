package cairn.dag.importer;

import cairn.dag.DagException;
import cairn.dag.LinkName;
import cairn.dag.tree.BrokenOffException;
import cairn.dag.tree.Metadata;
import cairn.dag.tree.TreeEntry;
import cairn.dag.tree.TreeOptions;
import cairn.dag.tree.TreeStream;
import cairn.dag.tree.TreeWalk;
import cairn.dag.work.OrderedWork;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Imports trees that come as a stream. Entries may come in any order within a tree, so folders are
/// kept open, up to what a walk of the disk may hold; beyond that all are finished but those that
/// the stream is inside of, and an entry that comes late for one of them is a bad one.
///
/// Belongs to the owner of the work.
final class StreamImport {
    /// What a folder that is open weighs beyond its entry and its path.
    private static final int FOLDER_BYTES = 400;

    private final TreeOptions tree;
    private final MetadataRules rules;
    private final FileImport files;
    private final NodeWriter writer;
    private final DirectoryLayout directories;
    private final OrderedWork work;
    private final Report report;

    /// The most trees of one import: what is known of each is held until all are on disk.
    static final int MAX_ROOTS = 100_000;

    /// What all that is held weighs.
    private long held;

    StreamImport(
            TreeOptions tree,
            MetadataRules rules,
            FileImport files,
            NodeWriter writer,
            DirectoryLayout directories,
            OrderedWork work,
            Report report) {
        this.tree = tree;
        this.rules = rules;
        this.files = files;
        this.writer = writer;
        this.directories = directories;
        this.work = work;
        this.report = report;
    }

    /// What [#each] calls at the end of a tree.
    @FunctionalInterface
    interface RootTaker {
        /// @param holder has the tree as its only entry, once the work so far is done
        void take(LinkName name, Folder holder) throws IOException, InterruptedException;
    }

    /// A folder that may still get entries.
    private static final class Open {
        final LinkName name;
        final Folder folder;
        final Map<LinkName, Open> below = new HashMap<>();
        Metadata metadata;
        boolean told;
        boolean empty = true;
        long weight;

        Open(LinkName name, Folder folder) {
            this.name = name;
            this.folder = folder;
            metadata = folder.metadata();
        }
    }

    /// Imports each tree of a stream.
    void each(TreeStream trees, RootTaker taker) throws IOException, InterruptedException {
        held = 0;
        Optional<Open> top = Optional.empty();
        LinkName root = LinkName.EMPTY;
        int roots = 0;
        for (var next = trees.next(); next.isPresent(); next = trees.next()) {
            if (next.get() instanceof TreeEntry.Unreadable bad) {
                if (bad.root() && top.isPresent()) {
                    finishRoot(top.get(), root, taker);
                    top = Optional.empty();
                }
                unreadable(bad);
                continue;
            }
            LinkName name = root(next.get());
            if (top.isEmpty() || !continues(top.get(), next.get())) {
                if (top.isPresent()) finishRoot(top.get(), root, taker);
                if (++roots > MAX_ROOTS)
                    throw new DagException(
                            "there are more than "
                                    + MAX_ROOTS
                                    + " files and folders side by side; put them into folders, or"
                                    + " add them in parts");
                top = Optional.of(new Open(LinkName.EMPTY, holder(Metadata.NONE)));
                root = name;
            }
            take(next.get(), top.get(), true);
        }
        if (top.isPresent()) finishRoot(top.get(), root, taker);
    }

    private static Folder holder(Metadata metadata) {
        return new Folder(LinkName.EMPTY, metadata);
    }

    private static LinkName root(TreeEntry entry) {
        List<LinkName> path = path(entry);
        return path.isEmpty() ? LinkName.EMPTY : path.getFirst();
    }

    /// Whether an entry belongs to the tree that is open.
    private static boolean continues(Open top, TreeEntry entry) {
        List<LinkName> path = path(entry);
        if (path.isEmpty() || !top.below.containsKey(path.getFirst())) return false;
        return path.size() > 1 || entry instanceof TreeEntry.Directory;
    }

    private static List<LinkName> path(TreeEntry entry) {
        return switch (entry) {
            case TreeEntry.File file -> file.path();
            case TreeEntry.Directory folder -> folder.path();
            case TreeEntry.Symlink link -> link.path();
            case TreeEntry.Unreadable _ -> List.of();
        };
    }

    private void finishRoot(Open top, LinkName name, RootTaker taker)
            throws IOException, InterruptedException {
        finishBelow(top, List.of(), true);
        held = 0;
        taker.take(name, top.folder);
    }

    /// Imports all trees of a stream as entries of one folder.
    void wrapped(TreeStream trees, Folder into) throws IOException, InterruptedException {
        held = 0;
        Open top = new Open(LinkName.EMPTY, into);
        for (var next = trees.next(); next.isPresent(); next = trees.next()) {
            if (next.get() instanceof TreeEntry.Unreadable bad) unreadable(bad);
            else take(next.get(), top, false);
        }
        finishBelow(top, List.of(), false);
    }

    private void unreadable(TreeEntry.Unreadable bad) throws IOException, InterruptedException {
        work.then(() -> report.bad(bad.source(), bad.reason()));
    }

    /// @param tops whether a folder in `top` is the root of a tree, which may be empty
    private void take(TreeEntry entry, Open top, boolean tops)
            throws IOException, InterruptedException {
        List<LinkName> path = path(entry);
        LinkName name = path.isEmpty() ? LinkName.EMPTY : path.getLast();
        List<LinkName> above = path.isEmpty() ? path : path.subList(0, path.size() - 1);
        switch (entry) {
            case TreeEntry.File(_, Metadata own, var content) -> {
                Folder into = enter(top, above, name).folder;
                try {
                    files.stream(
                            content,
                            rules.of(own, Imported.Kind.FILE),
                            node -> into.addStream(name, node, report));
                } catch (BrokenOffException e) {
                    unreadable(e.entry());
                }
            }
            case TreeEntry.Symlink(_, Metadata own, LinkName target) -> {
                Folder into = enter(top, above, name).folder;
                Metadata metadata = rules.of(own, Imported.Kind.SYMLINK);
                work.give(
                        target.size(),
                        () -> writer.symlink(target.bytes(), metadata),
                        node -> {
                            into.add(name, Imported.Kind.SYMLINK, node);
                            report.added(into.path(name), Imported.Kind.SYMLINK, node);
                        });
            }
            case TreeEntry.Directory(_, Metadata own) -> {
                Open folder = enter(top, path, LinkName.EMPTY);
                if (folder.told)
                    work.then(() -> report.bad(folder.folder.path(), "is there twice"));
                folder.told = true;
                folder.metadata = rules.of(own, Imported.Kind.DIRECTORY);
            }
            case TreeEntry.Unreadable bad -> unreadable(bad);
        }
        if (held <= TreeWalk.MAX_HELD_BYTES) return;
        finishBelow(top, path, tops);
        if (held > TreeWalk.MAX_HELD_BYTES)
            throw new DagException(
                    "there are too many entries in one folder, or on the way to it, to sort in"
                            + " memory; put them into several folders");
    }

    /// The folder of a path, which becomes one that isn't empty.
    ///
    /// @param entry that it will get; none for what is told of itself
    private Open enter(Open top, List<LinkName> path, LinkName entry) {
        Open at = top;
        for (LinkName name : path) {
            Open into = at;
            at = into.below.computeIfAbsent(name, _ -> open(into, name));
        }
        if (!entry.isEmpty() || at == top) weigh(at, entry.size());
        return at;
    }

    private Open open(Open into, LinkName name) {
        LinkName path = into.folder.path(name);
        Metadata metadata = rules.of(Metadata.NONE, Imported.Kind.DIRECTORY);
        Open folder = new Open(name, new Folder(path, metadata));
        weigh(into, name.size());
        folder.weight = (long) FOLDER_BYTES + path.size();
        held += folder.weight;
        return folder;
    }

    private void weigh(Open folder, int name) {
        folder.empty = false;
        folder.weight += TreeWalk.ENTRY_BYTES + name;
        held += TreeWalk.ENTRY_BYTES + name;
    }

    /// Finishes the folders in a folder, but for those on a path.
    private void finishBelow(Open above, List<LinkName> path, boolean tops)
            throws IOException, InterruptedException {
        for (Open folder : List.copyOf(above.below.values())) {
            boolean inside = !path.isEmpty() && path.getFirst().equals(folder.name);
            finishBelow(folder, inside ? path.subList(1, path.size()) : List.of(), false);
            if (inside) continue;
            above.below.remove(folder.name);
            held -= folder.weight;
            boolean left = folder.empty && !tops && !tree.emptyDirectories();
            if (!left) work.then(() -> finish(folder, above.folder));
        }
    }

    private void finish(Open folder, Folder into) throws IOException {
        try {
            folder.folder.sort();
            DirectoryLayout.Written written =
                    directories.write(folder.folder.links(), folder.metadata);
            into.add(folder.folder.finished(folder.name, written), report.isHeard());
        } catch (DagException e) {
            report.bad(folder.folder.path(), e.getMessage());
        }
    }
}
