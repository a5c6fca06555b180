package cairn.dag.disk;

import cairn.dag.exporter.Child;
import cairn.dag.exporter.UnixFsDirectory;
import cairn.dag.exporter.UnixFsFile;
import cairn.dag.exporter.UnixFsSymlink;
import cairn.multiformats.Block;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.Optional;

/// Writes a directory and all below it: one thread walks and makes directories, others write files.
///
/// Everything is made exclusively: nothing that this run wrote is written again, and no symbolic
/// link is followed, whichever names the DAG holds twice.
final class DirectoryWriter {
    private final FileWriter files;
    private final Symlinks symlinks;
    private final WriteListener listener;
    private final WriterPool pool;

    DirectoryWriter(FileWriter files, Symlinks symlinks, WriteListener listener, WriterPool pool) {
        this.files = files;
        this.symlinks = symlinks;
        this.listener = listener;
        this.pool = pool;
    }

    /// Writes a directory, which may be there from an earlier try.
    void write(UnixFsDirectory root, Path path) throws IOException {
        try (DirectoryStack<OpenDirectory> open = new DirectoryStack<>(root)) {
            enter(root, path, Optional.empty(), true, open);
            while (!open.isEmpty()) {
                Optional<Child> child = open.next();
                if (child.isPresent()) write(child.get(), open);
                else open.pop().listed();
            }
            pool.await();
        }
    }

    private void enter(
            UnixFsDirectory node,
            Path path,
            Optional<OpenDirectory> parent,
            boolean old,
            DirectoryStack<OpenDirectory> open)
            throws IOException {
        open.check(node);
        open.push(node, OpenDirectory.open(path, node, parent, old, listener));
    }

    private void write(Child child, DirectoryStack<OpenDirectory> open) throws IOException {
        OpenDirectory in = open.top();
        Path path = in.child(child.entry().name());
        boolean old = in.takeLeft(path);
        try {
            switch (child.node()) {
                case UnixFsDirectory directory ->
                        enter(directory, path, Optional.of(in), old, open);
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
            throw new DiskException(
                    DiskNames.shown(path)
                            + " is in the way of a symbolic link; remove it and try again");
        DiskMetadata.apply(link, path);
        listener.entry(link.cid());
    }
}
