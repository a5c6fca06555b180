package cairn.dag.importer;

import cairn.dag.tree.Metadata;
import cairn.dag.tree.FileStamp;
import cairn.dag.tree.FoundEntry;
import cairn.dag.tree.ReadFailures;
import cairn.dag.work.OrderedWork;
import cairn.dag.chunker.Cutter;
import cairn.dag.chunker.ChunkerSpec;
import cairn.dag.chunker.Chunker;
import cairn.dag.chunker.ByteInput;
import cairn.dag.importer.ImportOptions.Layout;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;

/// Imports the contents of files, as pieces of work:
/// - a small file is one piece: read, cut, hashed, written, laid out;
/// - a large file in chunks of one size is read by the workers, each a span of whole chunks;
/// - a large file in chunks by content, or a stream, is read and cut by the owner of the work, and
///   the workers hash and write.
///
/// Belongs to the owner of the work.
final class FileImport implements AutoCloseable {
    /// Files of at most so many bytes, or of one chunk, are one piece of work.
    static final int SMALL_FILE_BYTES = 1 << 20;

    /// About how many bytes one piece of a large file holds.
    private static final int SPAN_BYTES = 512 << 10;

    /// What a piece costs beyond its bytes.
    private static final int PIECE_BYTES = 4 << 10;

    /// What a leaf that waits to be laid out costs, beyond its bytes.
    private static final int LEAF_BYTES = 200;

    private final ImportOptions options;
    private final Cutter cutter;
    private final NodeWriter writer;
    private final OrderedWork work;
    private final LongConsumer progress;
    private final Set<FileChannel> openFiles = new HashSet<>();

    /// The beginning of a stream, which tells whether it is a short one; made with the first.
    private byte[] begun = {};

    /// @param progress hears how many bytes came in more
    FileImport(ImportOptions options, NodeWriter writer, OrderedWork work, LongConsumer progress) {
        this.options = options;
        cutter = Cutter.of(options.chunker());
        this.writer = writer;
        this.work = work;
        this.progress = progress;
    }

    /// Imports a regular file.
    ///
    /// @param file as it was before
    void file(FoundEntry file, Metadata metadata, OrderedWork.Taker<Outcome<Node>> taker)
            throws IOException, InterruptedException {
        FileStamp stamp = file.stamp();
        if (stamp.size() <= Math.max(SMALL_FILE_BYTES, options.chunker().maxChunk())) {
            work.give(
                    stamp.size() + PIECE_BYTES,
                    () -> small(file, metadata),
                    outcome -> {
                        if (outcome instanceof Outcome.Done(Node node))
                            progress.accept(node.fileSize());
                        taker.take(outcome);
                    });
            return;
        }
        FileChannel channel;
        try {
            channel = open(file);
        } catch (IOException e) {
            Outcome<Node> bad = Outcome.bad(e);
            work.then(() -> taker.take(bad));
            return;
        }
        openFiles.add(channel);
        Large large = new Large(FileLayout.of(options, writer));
        switch (options.chunker()) {
            case ChunkerSpec.Size(int size) -> spans(channel, stamp.size(), size, large);
            case ChunkerSpec.Rabin _, ChunkerSpec.Buzhash _ -> {
                try {
                    sequence(input(channel), metadata, large);
                } catch (BadRead e) {
                    Outcome<Node> bad = Outcome.bad(e.cause);
                    work.then(() -> large.bad(bad));
                }
            }
        }
        work.then(
                () -> {
                    openFiles.remove(channel);
                    channel.close();
                    taker.take(large.finish(metadata, file));
                });
    }

    /// Imports a stream to its end. One that is as short as a small file is one piece too.
    void stream(InputStream in, Metadata metadata, OrderedWork.Taker<Node> taker)
            throws IOException, InterruptedException {
        if (begun.length == 0)
            begun = new byte[Math.max(SMALL_FILE_BYTES, options.chunker().maxChunk()) + 1];
        int length = in.readNBytes(begun, 0, begun.length);
        if (length < begun.length) {
            byte[] bytes = Arrays.copyOf(begun, length);
            work.give(
                    length + PIECE_BYTES,
                    () -> whole(bytes, metadata),
                    node -> {
                        progress.accept(length);
                        taker.take(node);
                    });
            return;
        }
        Large large = new Large(FileLayout.of(options, writer));
        InputStream all = new SequenceInputStream(new ByteArrayInputStream(begun), in);
        sequence(all::read, metadata, large);
        work.then(() -> taker.take(large.layout.finish(metadata)));
    }

    private Outcome<Node> small(FoundEntry file, Metadata metadata) throws IOException {
        byte[] bytes;
        try {
            bytes = readAll(file);
        } catch (IOException e) {
            return Outcome.bad(e);
        }
        Node node = whole(bytes, metadata);
        return file.hasChanged()
                ? new Outcome.Bad<>(ReadFailures.CHANGED)
                : new Outcome.Done<>(node);
    }

    private Node whole(byte[] bytes, Metadata metadata) throws IOException {
        FileLayout layout = FileLayout.of(options, writer);
        for (int at = 0; at < bytes.length; ) {
            int length = cutter.cut(bytes, at, bytes.length - at);
            boolean only = length == bytes.length;
            byte[] chunk = only ? bytes : Arrays.copyOfRange(bytes, at, at + length);
            layout.add(leaf(chunk, only, metadata));
            at += length;
        }
        return layout.finish(metadata);
    }

    private Node leaf(byte[] chunk, boolean only, Metadata metadata) throws IOException {
        boolean root = only && options.layout() == Layout.BALANCED;
        return writer.leaf(chunk, root, root ? metadata : Metadata.NONE);
    }

    private static byte[] readAll(FoundEntry file) throws IOException {
        long size = file.attributes().size();
        try (FileChannel channel = open(file)) {
            if (size == 0) return readUnsized(channel);
            byte[] bytes = new byte[(int) size];
            int read = read(channel, 0, bytes);
            return read == bytes.length ? bytes : Arrays.copyOf(bytes, read);
        }
    }

    /// Reads a file of no size, which has bytes nevertheless where the system makes them up.
    private static byte[] readUnsized(FileChannel channel) throws IOException {
        byte[] part = new byte[512];
        int read = channel.read(ByteBuffer.wrap(part));
        if (read < 0) return new byte[0];
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        while (read >= 0) {
            all.write(part, 0, read);
            if (all.size() > SMALL_FILE_BYTES)
                throw new IOException("has no size, and more than " + SMALL_FILE_BYTES + " bytes");
            part = new byte[8192];
            read = channel.read(ByteBuffer.wrap(part));
        }
        return all.toByteArray();
    }

    private static FileChannel open(FoundEntry file) throws IOException {
        return FileChannel.open(file.path(), file.opening());
    }

    /// Reads until the array is full or the file ends.
    private static int read(FileChannel channel, long offset, byte[] into) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(into);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, offset + buffer.position()) < 0) break;
        }
        return buffer.position();
    }

    private void spans(FileChannel channel, long size, int chunkSize, Large large)
            throws IOException, InterruptedException {
        int span = Math.max(1, SPAN_BYTES / chunkSize) * chunkSize;
        for (long offset = 0; offset < size && !large.isBad(); offset += span) {
            long from = offset;
            int length = (int) Math.min(span, size - offset);
            work.give(
                    length + PIECE_BYTES + (length / chunkSize + 1L) * LEAF_BYTES,
                    () -> span(channel, from, length, chunkSize),
                    part -> large.take(part, length));
        }
    }

    private Outcome<List<Node>> span(FileChannel channel, long offset, int length, int chunkSize)
            throws IOException {
        List<Node> leaves = new ArrayList<>(length / chunkSize + 1);
        for (int at = 0; at < length; at += chunkSize) {
            byte[] chunk = new byte[Math.min(chunkSize, length - at)];
            int read;
            try {
                read = read(channel, offset + at, chunk);
            } catch (IOException e) {
                return Outcome.bad(e);
            }
            if (read < chunk.length) return new Outcome.Bad<>(ReadFailures.CHANGED);
            leaves.add(leaf(chunk, false, Metadata.NONE));
        }
        return new Outcome.Done<>(leaves);
    }

    /// A source that couldn't be read, told apart from a sink that couldn't be written.
    private static final class BadRead extends IOException {
        private static final long serialVersionUID = 1L;
        final IOException cause;

        BadRead(IOException cause) {
            super(cause);
            this.cause = cause;
        }
    }

    private static ByteInput input(FileChannel channel) {
        return (into, offset, length) -> {
            try {
                return channel.read(ByteBuffer.wrap(into, offset, length));
            } catch (IOException e) {
                throw new BadRead(e);
            }
        };
    }

    private void sequence(ByteInput in, Metadata metadata, Large large)
            throws IOException, InterruptedException {
        Chunker chunker = new Chunker(options.chunker(), in);
        byte[] first = chunker.next();
        if (first == null) return;
        byte[] next = chunker.next();
        boolean only = next == null;
        byte[] chunk = first;
        while (chunk != null) {
            List<byte[]> chunks = new ArrayList<>();
            int length = 0;
            while (chunk != null && (length == 0 || length + chunk.length <= SPAN_BYTES)) {
                chunks.add(chunk);
                length += chunk.length;
                chunk = next;
                next = next == null ? null : chunker.next();
            }
            int bytes = length;
            work.give(
                    bytes + PIECE_BYTES + (long) chunks.size() * LEAF_BYTES,
                    () -> leaves(chunks, only, metadata),
                    part -> large.take(part, bytes));
        }
    }

    private Outcome<List<Node>> leaves(List<byte[]> chunks, boolean only, Metadata metadata)
            throws IOException {
        List<Node> leaves = new ArrayList<>(chunks.size());
        for (byte[] chunk : chunks) leaves.add(leaf(chunk, only, metadata));
        return new Outcome.Done<>(leaves);
    }

    /// Closes the files that a stopped import left open.
    @Override
    public void close() throws IOException {
        for (FileChannel channel : openFiles) channel.close();
        openFiles.clear();
    }

    /// A file that is imported in several pieces. Belongs to the owner of the work.
    private final class Large {
        final FileLayout layout;
        private Outcome<Node> bad;

        Large(FileLayout layout) {
            this.layout = layout;
        }

        boolean isBad() {
            return bad != null;
        }

        void bad(Outcome<Node> outcome) {
            if (bad == null) bad = outcome;
        }

        void take(Outcome<List<Node>> part, long bytes) throws IOException {
            switch (part) {
                case Outcome.Done(var leaves) -> {
                    for (Node leaf : leaves) layout.add(leaf);
                    progress.accept(bytes);
                }
                case Outcome.Bad(var reason) -> bad(new Outcome.Bad<>(reason));
            }
        }

        Outcome<Node> finish(Metadata metadata, FoundEntry file) throws IOException {
            if (bad != null) return bad;
            if (file.hasChanged()) return new Outcome.Bad<>(ReadFailures.CHANGED);
            return new Outcome.Done<>(layout.finish(metadata));
        }
    }
}
