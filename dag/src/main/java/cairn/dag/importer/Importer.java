package cairn.dag.importer;

import cairn.dag.BlockSink;
import cairn.multiformats.Hashes;
import cairn.multiformats.UnknownHashException;
import java.io.IOException;
import java.util.List;

/// Turns files, folders and streams into blocks in a sink, and says their CIDs.
///
/// Walking, reading, chunking, hashing and writing overlap on all cores. Used by one thread at a
/// time; [#close] may come from any thread, stops an import that runs, and returns when no thread
/// of it is left. An interrupt of the importing thread stops it too.
///
/// Errors: what is wrong with single entries is gathered and thrown at the end, as
/// [ImportFailedException]; an [IOException] of the sink or of a stream stops the import at once.
public final class Importer implements AutoCloseable {
    /// An importer for any number of sources.
    ///
    /// @param hashes has the function that the options ask for
    /// @throws UnknownHashException when it hasn't
    public Importer(
            ImportOptions options,
            TreeOptions tree,
            Hashes hashes,
            BlockSink sink,
            ImportListener listener)
            throws UnknownHashException {
        hashes.find(options.hash()).orElseThrow(() -> new UnknownHashException(options.hash()));
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
        throw new IOException("import of " + sources.size() + " sources");
    }

    /// Imports some sources as entries of one directory.
    ///
    /// @return the directory
    /// @throws IOException when two different paths have one name
    public Imported importWrapped(List<ImportSource> sources)
            throws IOException, InterruptedException {
        throw new IOException("import of " + sources.size() + " sources");
    }

    @Override
    public void close() {}
}
