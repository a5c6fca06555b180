package cairn.rpc.frames;

import cairn.node.text.RawText;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.function.IntSupplier;

/// Writes what a command prints as frames, each of which is sent at once. Safe for many threads.
public final class FrameWriter {
    private static final int HEAD_BYTES = 1 + Integer.BYTES;

    private final OutputStream out;
    private final IntSupplier sources;
    private int sourcesTold; // by the thread that writes output

    /// @param sources counts those that what is written comes from
    public FrameWriter(OutputStream out, IntSupplier sources) {
        this.out = out;
        this.sources = sources;
    }

    /// The command's standard output.
    public WritableByteChannel output() {
        return new WritableByteChannel() {
            @Override
            public int write(ByteBuffer bytes) throws IOException {
                int length = bytes.remaining();
                tellSources();
                send(Frame.Kind.OUTPUT, bytes);
                return length;
            }

            @Override
            public boolean isOpen() {
                return true;
            }

            @Override
            public void close() {}
        };
    }

    private void tellSources() throws IOException {
        int count = sources.getAsInt();
        if (count == sourcesTold) return;
        sourcesTold = count;
        frame(Frame.Kind.SOURCES, ByteBuffer.allocate(Integer.BYTES).putInt(0, count));
    }

    /// The command's standard error.
    public OutputStream messages() {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                send(Frame.Kind.MESSAGE, ByteBuffer.wrap(bytes, offset, length));
            }
        };
    }

    /// Ends the answer.
    public void done() throws IOException {
        frame(Frame.Kind.DONE, ByteBuffer.allocate(0));
    }

    /// Ends the answer with why the command failed.
    public void failed(String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(RawText.encode(text));
        frame(Frame.Kind.FAILED, bytes.limit(Math.min(bytes.limit(), Frame.MAX_BYTES)));
    }

    private void send(Frame.Kind kind, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            int length = Math.min(bytes.remaining(), Frame.MAX_BYTES);
            frame(kind, bytes.slice(bytes.position(), length));
            bytes.position(bytes.position() + length);
        }
    }

    private synchronized void frame(Frame.Kind kind, ByteBuffer bytes) throws IOException {
        byte[] frame = new byte[HEAD_BYTES + bytes.remaining()];
        ByteBuffer.wrap(frame)
                .put((byte) kind.code())
                .putInt(bytes.remaining())
                .put(bytes.duplicate());
        out.write(frame);
        out.flush();
    }
}
