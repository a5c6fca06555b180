package cairn.cli.files;

import cairn.dag.LinkName;
import cairn.dag.PathBytes;
import cairn.dag.tree.FoundEntry;
import cairn.dag.tree.ImportSource;
import cairn.dag.tree.NamedSource;
import cairn.dag.tree.ReadFailures;
import cairn.dag.tree.TreeVisitor;
import cairn.dag.tree.TreeWalk;
import cairn.rpc.client.MultipartWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalInt;

/// Sends files and folders as the parts of an upload, in the order in which they would be added
/// here. What can't be read is told, and the rest is sent.
///
/// Used by the thread that sends.
final class TreeUpload implements TreeVisitor {
    /// Files of at most so many bytes are read before they are sent, so that nothing is sent of one
    /// that changes.
    private static final int SMALL_FILE_BYTES = 1 << 20;

    private static final int BUFFER_BYTES = 256 << 10;

    private final SentTrees trees;
    private final MultipartWriter parts;
    private final TreeWalk walk;

    /// The paths of the folders that the walk is inside of, the innermost first.
    private final Deque<LinkName> folders = new ArrayDeque<>();

    TreeUpload(SentTrees trees, MultipartWriter parts) {
        this.trees = trees;
        this.parts = parts;
        walk = new TreeWalk(trees.tree(), this);
    }

    /// Sends all.
    void send() throws IOException {
        try {
            for (NamedSource source : trees.sources()) send(source);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the upload was interrupted");
        }
    }

    private void send(NamedSource source) throws IOException, InterruptedException {
        switch (source.source()) {
            case ImportSource.OfStream(LinkName name, InputStream in) ->
                    parts.copy(plain(name, MultipartWriter.FILE), in);
            case ImportSource.OfPath(Path path) -> walk.walk(path, source.name(), !trees.wrap());
        }
    }

    @Override
    public void file(FoundEntry file) throws IOException {
        Optional<MultipartWriter.Head> head = head(file, MultipartWriter.FILE);
        if (head.isEmpty()) return;
        if (file.attributes().size() <= SMALL_FILE_BYTES) small(file, head.get());
        else large(file, head.get());
    }

    private void small(FoundEntry file, MultipartWriter.Head head) throws IOException {
        byte[] bytes;
        try (FileChannel channel = FileChannel.open(file.path(), file.opening());
                InputStream in = Channels.newInputStream(channel)) {
            bytes = in.readNBytes(SMALL_FILE_BYTES + 1);
            if (file.attributes().size() == 0 && bytes.length > SMALL_FILE_BYTES)
                throw new IOException("has no size, and more than " + SMALL_FILE_BYTES + " bytes");
        } catch (IOException e) {
            unreadable(file.path(), ReadFailures.reason(e));
            return;
        }
        if (file.hasChanged()) unreadable(file.path(), ReadFailures.CHANGED);
        else parts.write(head, bytes);
    }

    private void large(FoundEntry file, MultipartWriter.Head head) throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(file.path(), file.opening());
        } catch (IOException e) {
            unreadable(file.path(), ReadFailures.reason(e));
            return;
        }
        Optional<String> failure;
        try (channel) {
            failure = copy(channel, file.attributes().size(), parts.begin(head));
        }
        if (failure.isEmpty() && file.hasChanged()) failure = Optional.of(ReadFailures.CHANGED);
        if (failure.isPresent()) tell(file.path(), UploadTypes.BROKEN_OFF, failure.get());
    }

    /// Sends so many bytes as a file had when it was found: one that grows has no end.
    ///
    /// @return why the rest couldn't be read, if so
    private static Optional<String> copy(FileChannel channel, long size, OutputStream out)
            throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        for (long left = size; left > 0; ) {
            int read;
            try {
                int length = (int) Math.min(left, buffer.length);
                read = channel.read(ByteBuffer.wrap(buffer, 0, length));
            } catch (IOException e) {
                return Optional.of(ReadFailures.reason(e));
            }
            if (read < 0) return Optional.of(ReadFailures.CHANGED);
            out.write(buffer, 0, read);
            left -= read;
        }
        return Optional.empty();
    }

    @Override
    public void symlink(FoundEntry link) throws IOException {
        Optional<MultipartWriter.Head> head = head(link, UploadTypes.SYMLINK);
        if (head.isEmpty()) return;
        byte[] target;
        try {
            target = PathBytes.of(Files.readSymbolicLink(link.path())).bytes();
        } catch (IOException e) {
            unreadable(link.path(), ReadFailures.reason(e));
            return;
        }
        parts.write(head.get(), target);
    }

    @Override
    public void enter(FoundEntry folder) throws IOException {
        Optional<MultipartWriter.Head> head = head(folder, UploadTypes.FOLDER);
        if (head.isPresent()) parts.write(head.get(), new byte[0]);
        folders.push(path(folder));
    }

    @Override
    public void leave() {
        folders.pop();
    }

    @Override
    public void unreadable(Path path, String reason) throws IOException {
        tell(
                path,
                folders.isEmpty() ? UploadTypes.UNREADABLE_ROOT : UploadTypes.UNREADABLE,
                reason);
    }

    private void tell(Path path, String type, String reason) throws IOException {
        parts.write(plain(PathBytes.of(path), type), reason.getBytes(StandardCharsets.UTF_8));
    }

    private LinkName path(FoundEntry entry) {
        return folders.isEmpty() ? entry.name() : folders.element().joined(entry.name());
    }

    private static MultipartWriter.Head plain(LinkName path, String type) {
        return new MultipartWriter.Head(ByteBuffer.wrap(path.bytes()), type);
    }

    /// The head of an entry's part; none where its mode can't be read, which is told.
    private Optional<MultipartWriter.Head> head(FoundEntry entry, String type) throws IOException {
        tellTotal();
        OptionalInt mode = OptionalInt.empty();
        if (trees.mode() && !type.equals(UploadTypes.SYMLINK)) {
            try {
                mode = entry.mode();
            } catch (IOException e) {
                unreadable(entry.path(), ReadFailures.reason(e));
                return Optional.empty();
            }
        }
        Optional<Instant> mtime =
                trees.mtime()
                        ? Optional.of(entry.attributes().lastModifiedTime().toInstant())
                        : Optional.empty();
        ByteBuffer path = ByteBuffer.wrap(path(entry).bytes());
        return Optional.of(new MultipartWriter.Head(path, type, mode, mtime));
    }

    private void tellTotal() throws IOException {
        Optional<Long> total = trees.sizer().news();
        if (total.isPresent())
            parts.write(
                    plain(LinkName.EMPTY, UploadTypes.TOTAL),
                    Long.toString(total.get()).getBytes(StandardCharsets.US_ASCII));
    }
}
