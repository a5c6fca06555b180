package cairn.cli.console;

import cairn.node.json.Json;
import cairn.node.text.RawText;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/// A command's standard output: raw text in lines, JSON in lines, or bytes, buffered. Lines are
/// passed on at once to a terminal, else when the buffer is full or a tenth of a second has gone
/// by.
///
/// Safe for use by many threads at once.
public final class Output extends OutputStream implements WritableByteChannel {
    private static final int BUFFER_BYTES = 64 << 10;
    private static final long FLUSH_NANOS = 100_000_000;

    private final WritableByteChannel sink;
    private final boolean terminal;
    private final byte[] buffer = new byte[BUFFER_BYTES]; // guarded by this
    private int used; // guarded by this
    private long flushed; // guarded by this

    /// @param terminal whether a person watches
    public Output(WritableByteChannel sink, boolean terminal) {
        this.sink = sink;
        this.terminal = terminal;
    }

    public boolean isTerminal() {
        return terminal;
    }

    /// Writes a line of raw text.
    public synchronized void line(String text) throws IOException {
        write(RawText.encode(text));
        write('\n');
        long now = System.nanoTime();
        if (terminal || now - flushed > FLUSH_NANOS) {
            flush();
            flushed = now;
        }
    }

    /// Writes a value on a line of its own.
    public void json(Json value) throws IOException {
        line(value.compact());
    }

    @Override
    public synchronized void write(int b) throws IOException {
        if (used == buffer.length) pass();
        buffer[used++] = (byte) b;
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        if (length > buffer.length - used) pass();
        if (length >= buffer.length) {
            send(ByteBuffer.wrap(bytes, offset, length));
            return;
        }
        System.arraycopy(bytes, offset, buffer, used, length);
        used += length;
    }

    /// Writes all of the buffer's remaining bytes.
    @Override
    public synchronized int write(ByteBuffer bytes) throws IOException {
        int length = bytes.remaining();
        if (length > buffer.length - used) pass();
        if (length >= buffer.length) {
            send(bytes);
            return length;
        }
        bytes.get(buffer, used, length);
        used += length;
        return length;
    }

    @Override
    public boolean isOpen() {
        return sink.isOpen();
    }

    @Override
    public synchronized void flush() throws IOException {
        pass();
    }

    @Override
    public synchronized void close() throws IOException {
        pass();
    }

    private void pass() throws IOException {
        int length = used;
        used = 0;
        if (length > 0) send(ByteBuffer.wrap(buffer, 0, length));
    }

    private void send(ByteBuffer bytes) throws IOException {
        try {
            while (bytes.hasRemaining()) sink.write(bytes);
        } catch (IOException e) {
            throw new OutputException(e);
        }
    }
}
