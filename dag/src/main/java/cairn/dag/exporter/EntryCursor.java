package cairn.dag.exporter;

import java.io.IOException;
import java.util.Optional;

/// The entries of a directory, one after the other. For one thread; closing it gives up what was
/// fetched ahead.
public sealed interface EntryCursor extends AutoCloseable
        permits UnixFsDirectory.LinkCursor, ShardCursor {
    /// The next entry; empty at the end. When a call fails, all further ones fail the same way.
    Optional<DirectoryEntry> next() throws IOException;

    /// The bytes of the directory's nodes that are held now, as blocks; decoded they take several
    /// times as much.
    long heldBytes();

    /// The links of those nodes.
    int heldLinks();

    @Override
    void close();
}
