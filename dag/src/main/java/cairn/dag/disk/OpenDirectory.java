package cairn.dag.disk;

import cairn.dag.LinkName;
import cairn.dag.exporter.UnixFsDirectory;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/// A directory that is being written. Its mode and time are set when all below it is done, for
/// writing there changes the one and may need more than the other.
///
/// What an earlier try left in it is told from what this one wrote by [#takeLeft], which gives a
/// name out once; only the walking thread calls it.
final class OpenDirectory {
    private final Path path;
    private final UnixFsDirectory node;
    private final Optional<OpenDirectory> parent;
    private final WriteListener listener;
    private final Set<Path> left = new HashSet<>();

    /// The entries that are not done, and one more while entries may come.
    private final AtomicInteger undone = new AtomicInteger(1);

    private OpenDirectory(
            Path path,
            UnixFsDirectory node,
            Optional<OpenDirectory> parent,
            WriteListener listener) {
        this.path = path;
        this.node = node;
        this.parent = parent;
        this.listener = listener;
    }

    /// Makes the directory, or takes up the one that an earlier try left.
    ///
    /// @param old whether one may be there
    static OpenDirectory open(
            Path path,
            UnixFsDirectory node,
            Optional<OpenDirectory> parent,
            boolean old,
            WriteListener listener)
            throws IOException {
        OpenDirectory directory = new OpenDirectory(path, node, parent, listener);
        if (old && Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                throw new DiskException(
                        DiskNames.shown(path)
                                + " is in the way of a directory; remove it and try again");
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
                for (Path entry : entries) directory.left.add(entry.getFileName());
            } catch (java.nio.file.DirectoryIteratorException e) {
                throw e.getCause();
            }
        } else {
            Files.createDirectory(path);
        }
        parent.ifPresent(OpenDirectory::begin);
        return directory;
    }

    Path path() {
        return path;
    }

    /// The path of an entry.
    Path child(LinkName name) throws DiskException {
        return DiskNames.child(path, name);
    }

    /// Whether an earlier try left something of this name, which this try has not come upon yet.
    boolean takeLeft(Path child) {
        return !left.isEmpty() && left.remove(child.getFileName());
    }

    /// One more entry is under way.
    void begin() {
        undone.incrementAndGet();
    }

    /// All entries have come.
    ///
    /// @throws DiskException when there is something that no entry named
    void listed() throws IOException {
        if (!left.isEmpty())
            throw new DiskException(
                    DiskNames.shown(path.resolve(left.iterator().next()))
                            + " was left there by something else: the directory "
                            + node.cid()
                            + " has no such entry. Remove it and try again");
        done();
    }

    /// An entry is done; so is the directory with the last one, and then its own parent is told.
    void done() throws IOException {
        if (undone.decrementAndGet() > 0) return;
        DiskMetadata.apply(node, path);
        listener.entry(node.cid());
        if (parent.isPresent()) parent.get().done();
    }

    /// What to say when an exclusive creation found something there.
    DiskException clash(Path child, FileAlreadyExistsException e) {
        return new DiskException(
                DiskNames.shown(child)
                        + " can't be written: directory "
                        + node.cid()
                        + " has another entry of this name, or of one that this disk takes for the"
                        + " same",
                e);
    }
}
