package cairn.cli.command;

import cairn.cli.console.CommandException;
import cairn.dag.LinkName;
import cairn.dag.disk.TarWriter;
import cairn.dag.disk.WriteListener;
import cairn.dag.exporter.UnixFsFile;
import cairn.dag.exporter.UnixFsNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.GZIPOutputStream;

/// An archive or a compressed file on disk. It is written under a name aside and takes its own when
/// it is whole.
///
/// @param level of gzip, 1 to 9; -1 for gzip's own choice
record ArchiveFile(Path path, boolean compressed, int level) {
    private static final int BUFFER_BYTES = 64 << 10;

    void write(UnixFsNode root, boolean archive, LinkName name, WriteListener listener)
            throws IOException {
        Path absolute = path.toAbsolutePath();
        Path folder = absolute.getParent();
        if (folder == null || !Files.isDirectory(folder))
            throw new CommandException("can't write " + path + ": there is no folder " + folder);
        Path aside = Files.createTempFile(folder, ".cairn-get-", ".part");
        boolean whole = false;
        try {
            try (OutputStream file = new Named(Files.newOutputStream(aside), path);
                    OutputStream out = compressed ? new Gzip(file, level) : file) {
                if (archive) new TarWriter(listener).write(root, name, out);
                else if (root instanceof UnixFsFile f) f.writeTo(Channels.newChannel(out));
                else throw new CommandException("a symbolic link can't be compressed; add -a");
            }
            Files.move(aside, absolute, StandardCopyOption.ATOMIC_MOVE);
            whole = true;
        } finally {
            if (!whole) Files.deleteIfExists(aside);
        }
    }

    /// A stream to a file, whose errors name the file.
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

        @Override
        public void close() throws IOException {
            file.close();
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
