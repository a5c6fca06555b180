package cairn.dag.exporter;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;

/// A file: bytes in a tree of blocks.
///
/// Its size is what its root declares. Every block is held against what its parent declares of it
/// before a byte of it is given out: a DAG whose sizes don't add up ends in a
/// [cairn.dag.DagException] that names the block, never in a file of another length.
///
/// Each stream reads ahead for itself. Safe for use by many threads at once; the streams are not.
public final class UnixFsFile extends UnixFsNode {
    private final BlockFetcher fetcher;
    private final FilePart root;

    UnixFsFile(BlockFetcher fetcher, NodeInfo info, FilePart root) {
        super(info);
        this.fetcher = fetcher;
        this.root = root;
    }

    /// The file's length in bytes, as its root declares it; for a raw block that was not read, as
    /// the directory declares it.
    public long size() {
        return root.size();
    }

    /// Writes the whole file.
    public void writeTo(WritableByteChannel out) throws IOException {
        writeTo(out, 0, size());
    }

    /// Writes a range of the file: what there is of it between `offset` and the file's end.
    ///
    /// @throws IllegalArgumentException when a number is negative
    public void writeTo(WritableByteChannel out, long offset, long length) throws IOException {
        try (PartCursor parts = parts(offset, length)) {
            for (var part = parts.next(); part.isPresent(); part = parts.next()) {
                var bytes = part.get().bytes();
                while (bytes.hasRemaining()) out.write(bytes);
            }
        }
    }

    /// A stream of the file's bytes.
    public InputStream openStream() {
        return Channels.newInputStream(open());
    }

    /// The file as a read-only channel with a position.
    public SeekableByteChannel open() {
        return new FileReadChannel(this);
    }

    /// The file's bytes from `offset` on, at most `length` of them, block by block.
    public PartCursor parts(long offset, long length) {
        return parts(offset, length, KnownBytes.NONE);
    }

    /// The file's bytes but those that the caller has: raw leaves that are known are not read.
    public PartCursor unknownParts(KnownBytes known) {
        return parts(0, size(), known);
    }

    private PartCursor parts(long offset, long length, KnownBytes known) {
        if (offset < 0 || length < 0)
            throw new IllegalArgumentException("a range from " + offset + " of " + length);
        long start = Math.min(offset, size());
        return new PartCursor(
                fetcher, root, start, start + Math.min(length, size() - start), known);
    }

    @Override
    public long cumulativeSize() {
        return info.blockSize() == 0 ? size() : super.cumulativeSize();
    }
}
