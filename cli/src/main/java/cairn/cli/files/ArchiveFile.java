package cairn.cli.files;

import cairn.cli.console.CommandException;
import cairn.dag.LinkName;
import cairn.dag.disk.TarWriter;
import cairn.dag.disk.WholeFile;
import cairn.dag.disk.WriteListener;
import cairn.dag.exporter.UnixFsDirectory;
import cairn.dag.exporter.UnixFsFile;
import cairn.dag.exporter.UnixFsNode;
import cairn.dag.exporter.UnixFsSymlink;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/// An archive or a compressed file on disk, written as a [WholeFile].
///
/// @param level of gzip, 1 to 9; -1 for gzip's own choice
public record ArchiveFile(Path path, boolean compressed, int level) {
    private static final int BUFFER_BYTES = 64 << 10;

    void write(UnixFsNode root, boolean archive, LinkName name, WriteListener listener)
            throws IOException {
        new WholeFile(root, path)
                .write(
                        compressed,
                        file -> {
                            OutputStream named = new Named(file, path);
                            try (OutputStream out = compressed ? new Gzip(named, level) : named) {
                                if (archive) new TarWriter(listener).write(root, name, out);
                                else writeBare(root, out);
                            }
                        });
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

    /// A stream to a file, whose errors name the file. The file stays open.
    private static final class Named extends OutputStream {
        private final OutputStream file;
        private final Path path;

        Named(OutputStream file, Path path) {
            this.file = file;
            this.path = path;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                file.write(bytes, offset, length);
            } catch (IOException e) {
                throw new CommandException("can't write " + path + ": " + e.getMessage(), e);
            }
        }
    }

    /// A gzip stream of a chosen level.
    private static final class Gzip extends GZIPOutputStream {
        Gzip(OutputStream out, int level) throws IOException {
            super(out, BUFFER_BYTES);
            def.setLevel(level);
        }
    }
}
