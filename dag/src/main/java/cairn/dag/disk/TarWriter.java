package cairn.dag.disk;

import cairn.dag.DagException;
import cairn.dag.LinkName;
import cairn.dag.Mtime;
import cairn.dag.exporter.Child;
import cairn.dag.exporter.FileBytes;
import cairn.dag.exporter.PartCursor;
import cairn.dag.exporter.UnixFsDirectory;
import cairn.dag.exporter.UnixFsFile;
import cairn.dag.exporter.UnixFsNode;
import cairn.dag.exporter.UnixFsSymlink;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Writes a node and all below it as a TAR archive. The same DAG always gives the same bytes:
/// owners are 0, and so is the time where the DAG holds none.
///
/// A name that would lead out of the archive's root, or that a directory holds twice, is a
/// [DagException]: who unpacks the archive may write through the first of the two.
public final class TarWriter {
    private static final int FILE_MODE = 0644;
    private static final int DIRECTORY_MODE = 0755;
    private static final int LINK_MODE = 0777;
    private static final int PERMISSIONS = 0777;

    /// The longest path in an archive, in bytes: what Linux takes.
    private static final int MAX_PATH = 4096;

    /// @param names those that it has had, where nothing else tells two of a name
    private record Open(LinkName path, UnixFsDirectory node, Set<LinkName> names) {}

    private final WriteListener listener;

    public TarWriter(WriteListener listener) {
        this.listener = listener;
    }

    /// Writes a whole archive and leaves the stream open.
    ///
    /// @param name of the root in the archive: one name, no path
    public void write(UnixFsNode node, LinkName name, OutputStream out) throws IOException {
        byte[] buffer = new byte[64 << 10];
        try (DirectoryStack<Open> open = new DirectoryStack<>(node)) {
            enter(node, checked(name, node), out, buffer, open);
            while (!open.isEmpty()) {
                Optional<Child> next = open.next();
                if (next.isEmpty()) {
                    listener.entry(open.pop().node.cid());
                } else {
                    LinkName path = path(open.top(), next.get().entry().name());
                    enter(next.get().node(), path, out, buffer, open);
                }
            }
        }
        out.write(new byte[2 * TarHeader.BLOCK]);
        out.flush();
    }

    private static LinkName path(Open in, LinkName name) throws DagException {
        checked(name, in.node);
        if (!in.node.isSharded() && !in.names.add(name))
            throw new DagException(
                    "directory " + in.node.cid() + " holds the name " + name.quoted() + " twice");
        LinkName path = in.path.joined(name);
        if (path.size() > MAX_PATH)
            throw new DagException(
                    in.node.cid() + ": a path of " + path.size() + " bytes; at most " + MAX_PATH);
        return path;
    }

    private static LinkName checked(LinkName name, UnixFsNode of) throws DagException {
        Optional<String> fault = DiskNames.fault(name);
        if (fault.isPresent())
            throw new DagException(
                    of.cid()
                            + ": the name "
                            + name.quoted()
                            + " can't go into an archive: "
                            + fault.get());
        return name;
    }

    private void enter(
            UnixFsNode node,
            LinkName path,
            OutputStream out,
            byte[] buffer,
            DirectoryStack<Open> open)
            throws IOException {
        switch (node) {
            case UnixFsDirectory directory -> {
                open.check(directory);
                out.write(
                        head(
                                path,
                                TarHeader.Type.DIRECTORY,
                                DIRECTORY_MODE,
                                0,
                                node,
                                LinkName.EMPTY));
                open.push(directory, new Open(path, directory, new HashSet<>()));
            }
            case UnixFsFile file -> {
                out.write(
                        head(
                                path,
                                TarHeader.Type.FILE,
                                FILE_MODE,
                                file.size(),
                                node,
                                LinkName.EMPTY));
                writeBytes(file, out, buffer);
                listener.entry(node.cid());
            }
            case UnixFsSymlink link -> {
                out.write(head(path, TarHeader.Type.SYMLINK, LINK_MODE, 0, node, link.target()));
                listener.entry(node.cid());
            }
        }
    }

    private void writeBytes(UnixFsFile file, OutputStream out, byte[] buffer) throws IOException {
        try (PartCursor parts = file.parts(0, file.size())) {
            for (Optional<FileBytes> part = parts.next(); part.isPresent(); part = parts.next()) {
                ByteBuffer bytes = part.get().bytes();
                listener.bytes(bytes.remaining());
                while (bytes.hasRemaining()) {
                    int length = Math.min(buffer.length, bytes.remaining());
                    bytes.get(buffer, 0, length);
                    out.write(buffer, 0, length);
                }
            }
        }
        out.write(new byte[TarHeader.padding(file.size())]);
    }

    private static byte[] head(
            LinkName path,
            TarHeader.Type type,
            int defaultMode,
            long size,
            UnixFsNode node,
            LinkName target) {
        long seconds = node.mtime().map(Mtime::seconds).orElse(0L);
        int mode = node.mode().orElse(defaultMode) & PERMISSIONS;
        return new TarHeader(path, type, mode, size, seconds, target).encode();
    }
}
