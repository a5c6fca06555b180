package cairn.dag.exporter;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.util.Optional;

/// A file as a read-only channel. Reading on is read ahead; a move elsewhere begins anew. For one
/// thread.
final class FileReadChannel implements SeekableByteChannel {
    private final UnixFsFile file;
    private Optional<PartCursor> parts = Optional.empty();
    private ByteBuffer current = ByteBuffer.allocate(0);
    private long position;
    private boolean open = true;

    FileReadChannel(UnixFsFile file) {
        this.file = file;
    }

    @Override
    public int read(ByteBuffer out) throws IOException {
        requireOpen();
        if (position >= file.size()) return -1;
        int from = out.position();
        boolean whole = false;
        try {
            fill(out);
            whole = true;
        } finally {
            if (!whole) {
                // Nothing was read, and whoever tries again begins anew where this read began.
                position -= out.position() - from;
                out.position(from);
                drop();
            }
        }
        return out.position() - from;
    }

    private void fill(ByteBuffer out) throws IOException {
        while (out.hasRemaining() && position < file.size()) {
            if (!current.hasRemaining()) advance();
            int length = Math.min(out.remaining(), current.remaining());
            out.put(current.slice(current.position(), length));
            current.position(current.position() + length);
            position += length;
        }
    }

    private void advance() throws IOException {
        if (parts.isEmpty()) parts = Optional.of(file.parts(position, file.size() - position));
        current =
                parts.get()
                        .next()
                        .orElseThrow(() -> new IllegalStateException("a file that ended early"))
                        .bytes();
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public SeekableByteChannel position(long newPosition) throws IOException {
        requireOpen();
        if (newPosition < 0) throw new IllegalArgumentException("position " + newPosition);
        long step = newPosition - position;
        if (step >= 0 && step <= current.remaining()) {
            current.position(current.position() + (int) step);
        } else {
            drop();
        }
        position = newPosition;
        return this;
    }

    private void drop() {
        parts.ifPresent(PartCursor::close);
        parts = Optional.empty();
        current = ByteBuffer.allocate(0);
    }

    @Override
    public long size() {
        return file.size();
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        open = false;
        drop();
    }

    private void requireOpen() throws ClosedChannelException {
        if (!open) throw new ClosedChannelException();
    }

    @Override
    public int write(ByteBuffer in) {
        throw new NonWritableChannelException();
    }

    @Override
    public SeekableByteChannel truncate(long size) {
        throw new NonWritableChannelException();
    }
}
