package cairn.cli.files;

import cairn.dag.LinkName;
import cairn.dag.disk.TarWriter;
import cairn.dag.disk.WriteListener;
import cairn.dag.exporter.UnixFsDirectory;
import cairn.dag.exporter.UnixFsFile;
import cairn.dag.exporter.UnixFsNode;
import cairn.dag.exporter.UnixFsSymlink;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.util.zip.GZIPOutputStream;

/// An archive, or one file or link alone, as a stream of bytes that may be compressed.
///
/// @param level of gzip, 1 to 9; -1 for gzip's own choice
record ArchiveStream(boolean compressed, int level) {
    private static final int BUFFER_BYTES = 64 << 10;

    /// Writes a node to a stream, which stays open. Where it fails, what was written has no end.
    ///
    /// @param archive whether as a TAR archive; else the node is no folder
    void write(
            UnixFsNode root,
            boolean archive,
            LinkName name,
            OutputStream out,
            WriteListener listener)
            throws IOException {
        if (!compressed) {
            writePlain(root, archive, name, out, listener);
            return;
        }
        try (Gzip gzip = new Gzip(out, level)) {
            writePlain(root, archive, name, gzip, listener);
            gzip.finish();
        }
    }

    private static void writePlain(
            UnixFsNode root,
            boolean archive,
            LinkName name,
            OutputStream out,
            WriteListener listener)
            throws IOException {
        if (archive) new TarWriter(listener).write(root, name, out);
        else writeBare(root, out);
    }

    /// Writes what `cat` prints: a file's bytes, or where a symbolic link points to.
    private static void writeBare(UnixFsNode root, OutputStream out) throws IOException {
        switch (root) {
            case UnixFsFile file -> file.writeTo(Channels.newChannel(out));
            case UnixFsSymlink link -> out.write(link.target().bytes());
            case UnixFsDirectory directory ->
                    throw new IllegalStateException(directory.cid() + " is a folder");
        }
    }

    /// A gzip stream of a chosen level, which is whole only when it is finished.
    private static final class Gzip extends GZIPOutputStream {
        Gzip(OutputStream out, int level) throws IOException {
            super(out, BUFFER_BYTES);
            def.setLevel(level);
        }

        @Override
        public void close() {
            def.end();
        }
    }
}
