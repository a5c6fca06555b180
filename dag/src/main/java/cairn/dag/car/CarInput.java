package cairn.dag.car;

import cairn.multiformats.MalformedException;
import cairn.multiformats.Varint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/// The bytes of an archive from some offset on, buffered, with an end that nothing reads past. For
/// one thread.
final class CarInput {
    /// How much a reader of the whole buffers.
    static final int STREAM_BYTES = 256 << 10;

    /// How much a reader of a single section buffers; longer than any CID.
    static final int SECTION_BYTES = 4 << 10;

    private final ReadableByteChannel in;
    private final ByteBuffer buffer;

    /// The offset of the first byte that wasn't read into the buffer.
    private long ahead;

    private long end = Long.MAX_VALUE;

    /// @param offset where in the archive the channel stands
    CarInput(ReadableByteChannel in, long offset, int bufferBytes) {
        this.in = in;
        this.ahead = offset;
        this.buffer = ByteBuffer.allocate(bufferBytes).limit(0);
    }

    /// The offset of the next byte.
    long offset() {
        return ahead - buffer.remaining();
    }

    /// How many bytes are left before the end; [Long#MAX_VALUE] or nearly so as long as none is
    /// set.
    long left() {
        return end - offset();
    }

    /// Sets the offset of the end.
    void endAt(long offset) {
        end = offset;
    }

    /// Whether the end is reached: the one that was set, or, where none was, the channel's.
    boolean atEnd() throws IOException {
        return left() <= 0 || (end == Long.MAX_VALUE && fill(1) == 0);
    }

    /// Reads a varint.
    ///
    /// @param what it is, for the message
    /// @throws CarException when it is cut short, too long, or not in its shortest form
    long varint(String what) throws IOException {
        long start = offset();
        ByteBuffer bytes = ByteBuffer.allocate(Varint.MAX_BYTES);
        boolean more = true;
        while (more && bytes.hasRemaining() && left() > 0 && fill(1) > 0) {
            byte next = buffer.get();
            bytes.put(next);
            more = next < 0;
        }
        try {
            return Varint.read(bytes.flip());
        } catch (MalformedException e) {
            throw new CarException(start, what + ": " + e.getMessage(), e);
        }
    }

    /// The next bytes, which stay unread: as many as asked for. They are valid until the next call.
    ///
    /// @param bytes at most the buffer's size
    /// @throws CarException when there are fewer
    ByteBuffer peek(int bytes, String what) throws IOException {
        check(bytes, what);
        if (fill(bytes) < bytes) throw cutShort(bytes, buffer.remaining(), what);
        return buffer.slice(buffer.position(), bytes);
    }

    /// Reads so many bytes.
    ///
    /// @param bytes a number that was checked against a limit: an array of it is made
    /// @throws CarException when there are fewer
    byte[] bytes(int bytes, String what) throws IOException {
        check(bytes, what);
        byte[] all = new byte[bytes];
        int buffered = Math.min(bytes, buffer.remaining());
        buffer.get(all, 0, buffered);
        ByteBuffer rest = ByteBuffer.wrap(all, buffered, bytes - buffered);
        while (rest.hasRemaining()) {
            int count = read(rest);
            if (count < 0) throw cutShort(bytes, bytes - rest.remaining(), what);
            ahead += count;
        }
        return all;
    }

    /// Passes over bytes.
    ///
    /// @throws CarException when there are fewer
    void skip(long bytes, String what) throws IOException {
        check(bytes, what);
        long left = bytes;
        while (left > 0) {
            int step = (int) Math.min(left, buffer.remaining());
            buffer.position(buffer.position() + step);
            left -= step;
            if (left > 0 && in instanceof FileBytes file) {
                file.skip(left);
                ahead += left;
                return;
            }
            if (left > 0 && fill(1) == 0) throw cutShort(bytes, bytes - left, what);
        }
    }

    private void check(long bytes, String what) throws CarException {
        if (bytes > left()) throw cutShort(bytes, Math.max(0, left()), what);
    }

    private CarException cutShort(long wanted, long there, String what) {
        return new CarException(
                offset(), what + " is cut short: " + there + " of " + wanted + " bytes are there");
    }

    /// Reads until the buffer holds so many bytes or the channel has no more.
    ///
    /// @return how many it holds
    private int fill(int bytes) throws IOException {
        if (buffer.remaining() >= bytes) return buffer.remaining();
        buffer.compact();
        try {
            while (buffer.position() < bytes) {
                int count = read(buffer);
                if (count < 0) break;
                ahead += count;
            }
        } finally {
            buffer.flip();
        }
        return buffer.remaining();
    }

    private int read(ByteBuffer into) throws IOException {
        int count = in.read(into);
        if (count == 0) throw new IOException("a channel that doesn't block can't be read");
        return count;
    }
}
