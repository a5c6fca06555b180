package cairn.dag.disk;

import cairn.dag.DagException;
import cairn.dag.exporter.Child;
import cairn.dag.exporter.ChildCursor;
import cairn.dag.exporter.UnixFsDirectory;
import cairn.dag.exporter.UnixFsFile;
import cairn.dag.exporter.UnixFsSymlink;
import cairn.multiformats.Block;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Optional;

/// Writes a directory and all below it: one thread walks and makes directories, others write files.
///
/// Everything is made exclusively: nothing that this run wrote is written again, and no symbolic
/// link is followed, whichever names the DAG holds twice.
final class DirectoryWriter {
    static final int MAX_DEPTH = 256;

    private record Level(OpenDirectory directory, ChildCursor children) {}

    private final FileWriter files;
    private final Symlinks symlinks;
    private final WriteListener listener;
    private final WriterPool pool;
    private final ArrayDeque<Level> levels = new ArrayDeque<>();

    DirectoryWriter(FileWriter files, Symlinks symlinks, WriteListener listener, WriterPool pool) {
        this.files = files;
        this.symlinks = symlinks;
        this.listener = listener;
        this.pool = pool;
    }

    /// Writes a directory, which may be there from an earlier try.
    void write(UnixFsDirectory root, Path path) throws IOException {
        try {
            EntryLimit limit = new EntryLimit(root);
            enter(root, path, Optional.empty(), true);
            while (!levels.isEmpty()) {
                Level level = levels.peek();
                Optional<Child> child = level.children.next();
                if (child.isPresent()) {
                    limit.add();
                    write(child.get(), level.directory);
                } else {
                    levels.pop().children.close();
                    level.directory.listed();
                }
            }
            pool.await();
        } finally {
            for (Level level : levels) level.children.close();
        }
    }

    private void enter(UnixFsDirectory node, Path path, Optional<OpenDirectory> parent, boolean old)
            throws IOException {
        if (levels.size() >= MAX_DEPTH)
            throw new DagException(
                    node.cid() + " is nested too deep: at most " + MAX_DEPTH + " directories");
        OpenDirectory directory = OpenDirectory.open(path, node, parent, old, listener);
        levels.push(new Level(directory, node.children(true)));
    }

    private void write(Child child, OpenDirectory in) throws IOException {
        Path path = in.child(child.entry().name());
        boolean old = in.takeLeft(path);
        try {
            switch (child.node()) {
                case UnixFsDirectory directory -> enter(directory, path, Optional.of(in), old);
                case UnixFsFile file -> submit(file, path, old, in);
                case UnixFsSymlink link -> write(link, path, old);
            }
        } catch (FileAlreadyExistsException e) {
            throw in.clash(path, e);
        }
    }

    private void submit(UnixFsFile file, Path path, boolean old, OpenDirectory in)
            throws IOException {
        in.begin();
        pool.submit(
                // The file holds its root node, whose links may declare no bytes.
                Math.clamp(Math.max(file.size(), file.cumulativeSize()), 0, Block.MAX_BYTES),
                () -> {
                    try {
                        if (old) files.resume(file, path);
                        else files.create(file, path);
                    } catch (FileAlreadyExistsException e) {
                        throw in.clash(path, e);
                    }
                    in.done();
                });
    }

    void write(UnixFsSymlink link, Path path, boolean old) throws IOException {
        if (!old) symlinks.create(path, link.target());
        else if (!Symlinks.isLinkTo(path, link.target()))
            throw new DiskException(DiskNames.shown(path) + " is in the way of a symbolic link");
        Metadata.apply(link, path);
        listener.entry(link.cid());
    }
}
