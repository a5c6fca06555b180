package cairn.dag.chunker;

import java.io.IOException;
import java.util.Arrays;

/// Cuts a stream of bytes into chunks, with one buffer of twice the longest chunk. For one thread.
public final class Chunker {
    private final Cutter cutter;
    private final int maxChunk;
    private final ByteInput in;
    private final byte[] buffer;
    private int start;
    private int end;
    private boolean ended;

    public Chunker(ChunkerSpec spec, ByteInput in) {
        cutter = Cutter.of(spec);
        maxChunk = spec.maxChunk();
        this.in = in;
        buffer = new byte[2 * maxChunk];
    }

    /// The next chunk, an array of its own; null at the end.
    public byte[] next() throws IOException {
        fill();
        if (start == end) return null;
        int length = cutter.cut(buffer, start, end - start);
        byte[] chunk = Arrays.copyOfRange(buffer, start, start + length);
        start += length;
        return chunk;
    }

    private void fill() throws IOException {
        if (ended || end - start >= maxChunk) return;
        System.arraycopy(buffer, start, buffer, 0, end - start);
        end -= start;
        start = 0;
        while (end < maxChunk) {
            int read = in.read(buffer, end, buffer.length - end);
            if (read < 0) {
                ended = true;
                return;
            }
            end += read;
        }
    }
}
