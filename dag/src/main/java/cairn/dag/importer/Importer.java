package cairn.dag.importer;

import cairn.dag.tree.Metadata;
import cairn.dag.tree.ImportSource;
import cairn.dag.tree.TreeOptions;
import cairn.dag.work.OrderedWork;
import cairn.dag.BlockSink;
import cairn.dag.LinkName;
import cairn.dag.PbLink;
import cairn.multiformats.Hashes;
import cairn.multiformats.UnknownHashException;
import cairn.dag.tree.NamedSource;
import cairn.dag.tree.TreeStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.ArrayList;
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
    private final MetadataRules metadata;
    private final DirectoryLayout directories;
    private final PathImport paths;
    private final StreamImport streams;
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
        metadata = new MetadataRules(options);
        directories = new DirectoryLayout(options, writer);
        paths = new PathImport(tree, metadata, files, writer, directories, work, report);
        streams = new StreamImport(tree, metadata, files, writer, directories, work, report);
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
        List<NamedSource> named = NamedSource.sorted(sources, tree);
        List<Imported> roots = new ArrayList<>();
        return run(
                () -> {
                    for (NamedSource source : named) {
                        Folder holder = new Folder(LinkName.EMPTY, Metadata.NONE);
                        add(source, holder, true);
                        work.then(() -> finish(source.name(), holder, roots));
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
        List<NamedSource> named = NamedSource.sorted(sources, tree);
        return run(
                () -> {
                    Folder holder = new Folder(LinkName.EMPTY, metadata.wrapping());
                    for (NamedSource source : named) add(source, holder, false);
                    return wrapped(holder);
                });
    }

    /// Imports each of some trees, in the order in which they come.
    ///
    /// @return their roots, in this order
    public List<Imported> importEach(TreeStream trees) throws IOException, InterruptedException {
        List<Imported> roots = new ArrayList<>();
        return run(
                () -> {
                    streams.each(
                            trees, (name, holder) -> work.then(() -> finish(name, holder, roots)));
                    work.drain();
                    report.check();
                    return roots;
                });
    }

    /// Imports some trees as entries of one directory.
    ///
    /// @return the directory
    public Imported importWrapped(TreeStream trees) throws IOException, InterruptedException {
        return run(
                () -> {
                    Folder holder = new Folder(LinkName.EMPTY, metadata.wrapping());
                    streams.wrapped(trees, holder);
                    return wrapped(holder);
                });
    }

    private Imported wrapped(Folder holder) throws IOException, InterruptedException {
        work.drain();
        report.check();
        holder.sort();
        Folder.Finished directory =
                holder.finished(
                        LinkName.EMPTY, directories.write(holder.links(), holder.metadata()));
        report.added(directory, LinkName.EMPTY);
        return new Imported(
                LinkName.EMPTY,
                Imported.Kind.DIRECTORY,
                directory.node().cid(),
                directory.node().size());
    }

    private void add(NamedSource named, Folder holder, boolean top)
            throws IOException, InterruptedException {
        switch (named.source()) {
            case ImportSource.OfStream(LinkName name, InputStream in) ->
                    paths.stream(name, in, holder);
            case ImportSource.OfPath(Path path) -> paths.walk(path, named.name(), holder, top);
        }
    }

    private void finish(LinkName name, Folder holder, List<Imported> roots) {
        if (holder.links().isEmpty() || report.isBad()) return;
        for (Folder.Finished folder : holder.folders()) report.added(folder, folder.name());
        PbLink root = holder.links().getFirst();
        roots.add(new Imported(name, holder.lastKind(), root.cid(), root.tsize()));
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
