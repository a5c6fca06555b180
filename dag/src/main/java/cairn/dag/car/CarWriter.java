package cairn.dag.car;

import cairn.dag.BlockSink;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.multiformats.Varint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.List;

/// Writes an archive of version 1: the same roots and blocks give the same bytes. Source:
/// ipld/specs, CARv1. It doesn't close what it writes to, and is complete after [#finish].
///
/// Blocks are written as they come, the same one twice as well. A channel that takes its time slows
/// down whoever puts.
public final class CarWriter implements BlockSink {
    private static final int BUFFER_BYTES = 256 << 10;

    // Guarded by `this`.
    private final WritableByteChannel out;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    private long written;

    /// Writes the header.
    ///
    /// @param out a channel that blocks
    /// @throws IllegalArgumentException when the roots don't fit into a header of 1 MiB
    public CarWriter(WritableByteChannel out, List<Cid> roots) throws IOException {
        this.out = out;
        byte[] header = new CarHeader(1, roots).encode();
        if (header.length > CarHeader.MAX_BYTES)
            throw new IllegalArgumentException(
                    roots.size()
                            + " roots make a header of "
                            + header.length
                            + " bytes; at most "
                            + CarHeader.MAX_BYTES);
        Varint.write(header.length, buffer);
        append(header);
    }

    /// Appends a block.
    @Override
    public synchronized void put(Block block) throws IOException {
        Cid cid = block.cid();
        if (buffer.remaining() < Varint.MAX_BYTES + Cid.MAX_BYTES) flush();
        Varint.write((long) cid.size() + block.size(), buffer);
        cid.writeTo(buffer);
        append(block.bytes());
    }

    /// Hands over what is buffered.
    public synchronized void finish() throws IOException {
        flush();
    }

    /// How many bytes the archive has up to now.
    public synchronized long bytes() {
        return written + buffer.position();
    }

    private void append(byte[] bytes) throws IOException {
        if (bytes.length > buffer.remaining()) flush();
        if (bytes.length > buffer.remaining()) write(ByteBuffer.wrap(bytes));
        else buffer.put(bytes);
    }

    private void flush() throws IOException {
        write(buffer.flip());
        buffer.clear();
    }

    private void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            int count = out.write(bytes);
            if (count == 0) throw new IOException("a channel that doesn't block can't be written");
            written += count;
        }
    }
}
