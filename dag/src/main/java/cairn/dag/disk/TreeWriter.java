package cairn.dag.disk;

import cairn.dag.LinkName;
import cairn.dag.exporter.UnixFsDirectory;
import cairn.dag.exporter.UnixFsFile;
import cairn.dag.exporter.UnixFsNode;
import cairn.dag.exporter.UnixFsSymlink;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// Writes a file, a directory with all below it, or a symbolic link to a disk.
///
/// All of it is first written aside, next to the target, under a name that target and CID fix; then
/// brought to the disk itself, then renamed. A run that is cut off, however, leaves nothing but
/// what is aside. The next run checks that and goes on from there. One run at a time may write a
/// CID to a target; another one fails at once.
///
/// Whatever the DAG holds, nothing is written outside of the target, no symbolic link is followed,
/// and a name that the disk doesn't take, or takes for another one's, is a [DiskException].
public final class TreeWriter {
    private final Recheck recheck;
    private final WriteListener listener;
    private final int threads;
    private final boolean synced;

    /// A writer on as many threads as there are processors, at least two.
    ///
    /// @param recheck how what an earlier try left is checked
    public TreeWriter(Recheck recheck, WriteListener listener) {
        this(recheck, listener, Math.max(2, Runtime.getRuntime().availableProcessors()), true);
    }

    /// @param threads that write files
    /// @param synced whether all is on the disk itself before the target has its name; without, a
    ///   crash of the machine may leave a target with empty files in it
    public TreeWriter(Recheck recheck, WriteListener listener, int threads, boolean synced) {
        this.recheck = recheck;
        this.listener = listener;
        this.threads = threads;
        this.synced = synced;
    }

    /// Writes a node.
    ///
    /// A target that exists is treated as Kubo's `get` does: a file or symbolic link replaces a
    /// file or symbolic link, and goes into a directory under its own name; a directory goes into a
    /// directory, where its files replace those of the same name and all else stays; when a folder
    /// there is read-only for the user, nothing goes there.
    ///
    /// @param name the node's own, for a target that is a directory
    /// @return where it went
    /// @throws DiskException when the node declares more bytes than the disk has free (then nothing
    ///   was written), when the disk doesn't take a name, when something is in the way, or when
    ///   another run writes the same there
    public Path write(UnixFsNode node, Path target, LinkName name) throws IOException {
        Placement place = Placement.of(node, target.toAbsolutePath().normalize(), name);
        place.check(node);
        try (AsideLock _ = AsideLock.take(place.lock(), place.target())) {
            write(node, place);
        }
        return place.target();
    }

    private void write(UnixFsNode node, Placement place) throws IOException {
        FreeSpace.check(node, place.aside());
        // A file is synced alone, a tree with its whole file system where that can be done.
        Optional<PosixCalls> calls =
                node instanceof UnixFsFile ? Optional.empty() : PosixCalls.find();
        FileWriter files = new FileWriter(recheck, listener, synced && calls.isEmpty());
        try (WriterPool pool = new WriterPool(threads)) {
            writeAside(node, place, files, calls, pool);
        }
        if (synced && calls.isPresent()) calls.get().syncFileSystem(place.aside().getParent());
        place.finish();
        if (synced) place.syncFolder();
    }

    private void writeAside(
            UnixFsNode node,
            Placement place,
            FileWriter files,
            Optional<PosixCalls> calls,
            WriterPool pool)
            throws IOException {
        Path aside = place.aside();
        boolean old = place.isBegun();
        if (old) listener.resumes();
        DirectoryWriter entries = new DirectoryWriter(files, new Symlinks(calls), listener, pool);
        switch (node) {
            case UnixFsDirectory directory -> entries.write(directory, aside);
            case UnixFsFile file -> {
                if (old) files.resume(file, aside);
                else files.create(file, aside);
            }
            case UnixFsSymlink link -> entries.write(link, aside, old);
        }
    }
}
