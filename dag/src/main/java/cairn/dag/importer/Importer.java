package cairn.dag.importer;

import cairn.dag.work.OrderedWork;
import cairn.dag.BlockSink;
import cairn.dag.LinkName;
import cairn.dag.PathBytes;
import cairn.dag.PbLink;
import cairn.multiformats.Hashes;
import cairn.multiformats.UnknownHashException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Turns files, folders and streams into blocks in a sink, and says their CIDs.
///
/// Walking, reading, chunking, hashing and writing overlap on all cores. Used by one thread at a
/// time; [#close] may come from any thread, stops an import that runs, and returns when no thread
/// of the importer is left. An interrupt of the importing thread stops the import too.
///
/// Errors: what is wrong with single entries is gathered and thrown at the end, as
/// [ImportFailedException]; an [IOException] of the sink or of a stream stops the import at once,
/// and the importer is of no more use then.
public final class Importer implements AutoCloseable {
    private final TreeOptions tree;
    private final OrderedWork work = new OrderedWork();
    private final FileImport files;
    private final TreeWalk walk;
    private final Report report;

    /// An importer for any number of sources.
    ///
    /// @param hashes has the function that the options ask for
    /// @throws UnknownHashException when it hasn't, or peers refuse what the function names
    public Importer(
            ImportOptions options,
            TreeOptions tree,
            Hashes hashes,
            BlockSink sink,
            ImportListener listener)
            throws UnknownHashException {
        this.tree = tree;
        report = new Report(listener);
        NodeWriter writer = new NodeWriter(options, hashes.forNewBlocks(options.hash()), sink);
        files = new FileImport(options, writer, work, report::progress);
        walk = new TreeWalk(options, tree, writer, work, files, report);
    }

    /// Imports one source.
    ///
    /// @return its root
    public Imported importOne(ImportSource source) throws IOException, InterruptedException {
        return importEach(List.of(source)).getFirst();
    }

    /// Imports each of some sources, in the order of their names. A path given twice is imported
    /// once.
    ///
    /// @return their roots, in this order
    /// @throws IOException when two different paths have one name
    public List<Imported> importEach(List<ImportSource> sources)
            throws IOException, InterruptedException {
        List<Named> named = named(sources);
        List<Imported> roots = new ArrayList<>();
        return run(
                () -> {
                    for (Named source : named) {
                        Folder holder = new Folder(LinkName.EMPTY, Metadata.NONE);
                        add(source, holder, true);
                        work.then(() -> finish(source, holder, roots));
                    }
                    work.drain();
                    report.check();
                    return roots;
                });
    }

    /// Imports some sources as entries of one directory.
    ///
    /// @return the directory
    /// @throws IOException when two different paths have one name
    public Imported importWrapped(List<ImportSource> sources)
            throws IOException, InterruptedException {
        List<Named> named = named(sources);
        return run(
                () -> {
                    Folder holder = new Folder(LinkName.EMPTY, walk.wrapping());
                    for (Named source : named) add(source, holder, false);
                    work.drain();
                    report.check();
                    Folder.Finished directory = walk.wrap(holder);
                    report.added(directory, LinkName.EMPTY);
                    return new Imported(
                            LinkName.EMPTY,
                            Imported.Kind.DIRECTORY,
                            directory.node().cid(),
                            directory.node().size());
                });
    }

    /// A source under the name that it goes by; a stream may have none.
    private record Named(LinkName name, ImportSource source) {}

    private List<Named> named(List<ImportSource> sources) throws IOException {
        List<Named> named = new ArrayList<>();
        for (ImportSource source : sources) named.add(named(source));
        named.sort(Comparator.comparing(Named::name));
        for (int i = 1; i < named.size(); ) {
            Named before = named.get(i - 1);
            Named here = named.get(i);
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

    private Named named(ImportSource source) {
        return switch (source) {
            case ImportSource.OfStream(LinkName name, _) -> new Named(name, source);
            case ImportSource.OfPath(Path given) -> {
                Path path = given.normalize();
                Path last = path.getFileName();
                boolean nameless =
                        last == null || last.toString().isEmpty() || last.toString().equals("..");
                if (nameless || tree.dereferenceArguments() || tree.dereferenceSymlinks())
                    path = real(path);
                yield new Named(PathBytes.name(path), ImportSource.path(path));
            }
        };
    }

    /// The path without links; the path itself where there is nothing, which the walk will find.
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

    private void add(Named named, Folder holder, boolean top)
            throws IOException, InterruptedException {
        switch (named.source) {
            case ImportSource.OfStream stream -> walk.stream(stream, holder);
            case ImportSource.OfPath(Path path) -> walk.walk(path, named.name, holder, top);
        }
    }

    private void finish(Named source, Folder holder, List<Imported> roots) {
        if (holder.links().isEmpty() || report.isBad()) return;
        for (Folder.Finished folder : holder.folders()) report.added(folder, folder.name());
        PbLink root = holder.links().getFirst();
        roots.add(new Imported(source.name, holder.lastKind(), root.cid(), root.tsize()));
    }

    @FunctionalInterface
    private interface Run<T> {
        T run() throws IOException, InterruptedException;
    }

    private <T> T run(Run<T> run) throws IOException, InterruptedException {
        try {
            return run.run();
        } catch (ClosedByInterruptException e) {
            Thread.interrupted();
            InterruptedException stopped = new InterruptedException();
            stopped.initCause(e);
            throw stopped;
        } finally {
            files.close();
        }
    }

    @Override
    public void close() {
        work.close();
    }
}
