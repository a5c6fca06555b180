package cairn.dag.importer;

import cairn.dag.work.OrderedWork;
import cairn.dag.DagException;
import cairn.dag.LinkName;
import cairn.dag.Mtime;
import cairn.dag.PathBytes;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Walks folders, depth first, entries in the order of their names' bytes, and gives out the work.
/// What it finds bad is reported in order, and the walk goes on. Belongs to the owner of the work.
final class TreeWalk {
    /// The deepest nesting of folders.
    static final int MAX_DEPTH = 1024;

    /// What the entries of the folders that the walk is inside of may weigh together: their names
    /// and, as they come, their links. About 500,000 entries.
    static final long MAX_HELD_BYTES = 56 << 20;

    /// What an entry weighs beyond its name.
    private static final int ENTRY_BYTES = 100;

    private static final LinkOption[] FOLLOW = {};
    private static final LinkOption[] NO_FOLLOW = {LinkOption.NOFOLLOW_LINKS};

    private final ImportOptions options;
    private final TreeOptions tree;
    private final LinkOption[] links;
    private final FileImport files;
    private final NodeWriter writer;
    private final DirectoryLayout directories;
    private final OrderedWork work;
    private final Report report;

    private long held;

    TreeWalk(
            ImportOptions options,
            TreeOptions tree,
            NodeWriter writer,
            OrderedWork work,
            FileImport files,
            Report report) {
        this.options = options;
        this.tree = tree;
        links = tree.dereferenceSymlinks() ? FOLLOW : NO_FOLLOW;
        this.files = files;
        this.writer = writer;
        directories = new DirectoryLayout(options, writer);
        this.work = work;
        this.report = report;
    }

    /// A folder that is walked.
    private static final class Open {
        final Path path;
        final LinkName name;
        final Object key;
        final Folder folder;
        final Folder parent;
        final LinkName[] names;
        final long weight;
        int next;

        Open(Path path, LinkName name, Object key, Folder folder, Folder parent, LinkName[] names) {
            this.path = path;
            this.name = name;
            this.key = key;
            this.folder = folder;
            this.parent = parent;
            this.names = names;
            weight = weight(names);
        }
    }

    /// Imports a path and all below it.
    ///
    /// @param into the folder that gets it as an entry
    /// @param top whether the path is the root of the import, which may be empty
    void walk(Path path, LinkName name, Folder into, boolean top)
            throws IOException, InterruptedException {
        Deque<Open> open = new ArrayDeque<>();
        visit(path, name, into, open, top);
        while (!open.isEmpty()) {
            Open folder = open.peek();
            if (folder.next == folder.names.length) {
                open.pop();
                held -= folder.weight;
                work.then(() -> finish(folder));
                continue;
            }
            LinkName entry = folder.names[folder.next];
            folder.names[folder.next++] = null;
            visit(PathBytes.resolve(folder.path, entry), entry, folder.folder, open, false);
        }
    }

    /// Imports a stream.
    void stream(ImportSource.OfStream source, Folder into)
            throws IOException, InterruptedException {
        Metadata metadata = new Metadata(fileMode(explicitMode()), options.mtime());
        files.stream(
                source.in(),
                metadata,
                node -> {
                    // In a directory, a stream without a name goes by its CID.
                    LinkName name = source.name();
                    into.add(
                            name.isEmpty() ? LinkName.of(node.cid().toString()) : name,
                            Imported.Kind.FILE,
                            node);
                    report.added(name, Imported.Kind.FILE, node);
                });
    }

    private void visit(Path path, LinkName name, Folder into, Deque<Open> open, boolean top)
            throws IOException, InterruptedException {
        BasicFileAttributes found;
        Metadata metadata;
        try {
            found = Files.readAttributes(path, BasicFileAttributes.class, links);
            metadata = metadata(path, found);
        } catch (IOException e) {
            bad(path, Outcome.reason(e));
            return;
        }
        if (found.isRegularFile()) {
            files.file(
                    path,
                    FileStamp.of(found),
                    metadata,
                    links,
                    outcome -> take(outcome, path, name, into, Imported.Kind.FILE));
        } else if (found.isDirectory()) {
            enter(
                    path,
                    name,
                    found.fileKey(),
                    new Folder(into.path(name), metadata),
                    into,
                    open,
                    top);
        } else if (found.isSymbolicLink()) {
            work.give(
                    0,
                    () -> symlink(path, metadata),
                    outcome -> take(outcome, path, name, into, Imported.Kind.SYMLINK));
        } else {
            bad(path, "neither a file, a folder nor a symbolic link");
        }
    }

    private void take(
            Outcome<Node> outcome, Path path, LinkName name, Folder into, Imported.Kind kind) {
        switch (outcome) {
            case Outcome.Done(Node node) -> {
                into.add(name, kind, node);
                report.added(into.path(name), kind, node);
            }
            case Outcome.Bad(String reason) -> report.bad(path, reason);
        }
    }

    private Outcome<Node> symlink(Path path, Metadata metadata) throws IOException {
        LinkName target;
        try {
            target = PathBytes.of(Files.readSymbolicLink(path));
        } catch (IOException e) {
            return Outcome.bad(e);
        }
        return new Outcome.Done<>(writer.symlink(target.bytes(), metadata));
    }

    private void enter(
            Path path,
            LinkName name,
            Object key,
            Folder folder,
            Folder into,
            Deque<Open> open,
            boolean top)
            throws IOException, InterruptedException {
        if (!tree.recursive()) {
            bad(path, "is a directory, use the '-r' flag to specify directories");
            return;
        }
        if (open.size() == MAX_DEPTH) {
            bad(path, "folders are nested deeper than " + MAX_DEPTH);
            return;
        }
        if (key != null && open.stream().anyMatch(above -> key.equals(above.key))) {
            bad(path, "symbolic links lead in a circle");
            return;
        }
        LinkName[] names;
        try {
            names = names(path);
        } catch (IOException e) {
            bad(path, Outcome.reason(e));
            return;
        }
        if (names.length == 0 && !tree.emptyDirectories() && !top) return;
        Open entered = new Open(path, name, key, folder, into, names);
        held += entered.weight;
        open.push(entered);
    }

    private LinkName[] names(Path folder) throws IOException {
        List<LinkName> names = new ArrayList<>();
        long room = MAX_HELD_BYTES - held;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                LinkName name = PathBytes.name(entry);
                boolean hidden = name.byteAt(0) == '.' && !tree.hidden();
                if (hidden || tree.ignore().matches(name)) continue;
                names.add(name);
                room -= weight(name);
                if (room < 0)
                    throw new IOException(
                            "has more than "
                                    + names.size()
                                    + " entries, too many to sort in memory; put them into several"
                                    + " folders");
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        LinkName[] sorted = names.toArray(LinkName[]::new);
        Arrays.sort(sorted);
        return sorted;
    }

    private static long weight(LinkName... names) {
        long bytes = 0;
        for (LinkName name : names) bytes += ENTRY_BYTES + name.size();
        return bytes;
    }

    private void finish(Open open) throws IOException {
        try {
            DirectoryLayout.Written written =
                    directories.write(open.folder.links(), open.folder.metadata());
            open.parent.add(open.folder.finished(open.name, written), report.isHeard());
        } catch (DagException e) {
            report.bad(open.path, e.getMessage());
        }
    }

    private void bad(Path path, String reason) throws IOException, InterruptedException {
        work.then(() -> report.bad(path, reason));
    }

    private Metadata metadata(Path path, BasicFileAttributes found) throws IOException {
        Optional<Mtime> mtime =
                options.preserveMtime()
                        ? Optional.of(Mtime.of(found.lastModifiedTime().toInstant()))
                        : options.mtime();
        if (found.isSymbolicLink()) return new Metadata(OptionalInt.empty(), mtime);
        OptionalInt mode =
                options.preserveMode()
                        ? OptionalInt.of(07777 & (int) Files.getAttribute(path, "unix:mode", links))
                        : explicitMode();
        return new Metadata(found.isDirectory() ? mode : fileMode(mode), mtime);
    }

    /// What the wrapping directory gets.
    Metadata wrapping() {
        return new Metadata(explicitMode(), options.mtime());
    }

    /// Kubo drops the set-id and sticky bits of a mode that is said, not those that are preserved.
    private OptionalInt explicitMode() {
        return options.mode().isPresent()
                ? OptionalInt.of(options.mode().getAsInt() & 0777)
                : OptionalInt.empty();
    }

    /// A file has no mode where a directory has mode 0.
    private static OptionalInt fileMode(OptionalInt mode) {
        return mode.isPresent() && mode.getAsInt() == 0 ? OptionalInt.empty() : mode;
    }

    /// Writes what holds sources as a directory.
    Folder.Finished wrap(Folder sources) throws IOException {
        sources.sort();
        return sources.finished(
                LinkName.EMPTY, directories.write(sources.links(), sources.metadata()));
    }
}
