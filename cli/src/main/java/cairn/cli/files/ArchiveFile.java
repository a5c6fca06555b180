package cairn.cli.files;

import cairn.cli.console.CommandException;
import cairn.dag.LinkName;
import cairn.dag.disk.WholeFile;
import cairn.dag.disk.WriteListener;
import cairn.dag.exporter.UnixFsNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/// An archive or a compressed file on disk, written as a [WholeFile].
record ArchiveFile(Path path, ArchiveStream stream) {
    void write(UnixFsNode root, boolean archive, LinkName name, WriteListener listener)
            throws IOException {
        new WholeFile(root, path)
                .write(
                        stream.compressed(),
                        file -> stream.write(root, archive, name, new Named(file, path), listener));
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
}
