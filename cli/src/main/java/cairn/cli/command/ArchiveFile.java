package cairn.cli.command;

import cairn.cli.console.CommandException;
import cairn.dag.LinkName;
import cairn.dag.disk.TarWriter;
import cairn.dag.disk.WholeFile;
import cairn.dag.disk.WriteListener;
import cairn.dag.exporter.UnixFsFile;
import cairn.dag.exporter.UnixFsNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/// An archive or a compressed file on disk, written as a [WholeFile].
///
/// @param level of gzip, 1 to 9; -1 for gzip's own choice
record ArchiveFile(Path path, boolean compressed, int level) {
    private static final int BUFFER_BYTES = 64 << 10;

    void write(UnixFsNode root, boolean archive, LinkName name, WriteListener listener)
            throws IOException {
        if (!archive && !(root instanceof UnixFsFile))
            throw new CommandException("a symbolic link can't be compressed; add -a");
        new WholeFile(root, path)
                .write(
                        compressed,
                        file -> {
                            OutputStream named = new Named(file, path);
                            try (OutputStream out = compressed ? new Gzip(named, level) : named) {
                                if (root instanceof UnixFsFile f && !archive)
                                    f.writeTo(Channels.newChannel(out));
                                else new TarWriter(listener).write(root, name, out);
                            }
                        });
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
