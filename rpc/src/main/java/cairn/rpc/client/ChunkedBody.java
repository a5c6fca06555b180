package cairn.rpc.client;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/// A body in chunks. A failure in its middle is told in the trailer `X-Stream-Error` behind the
/// last chunk. Source: RFC 9112, section 7.1.
final class ChunkedBody extends InputStream {
    private static final int MAX_LINE_BYTES = 16 << 10;
    private static final String ERROR = "x-stream-error:";

    private final InputStream in;
    private long left;
    private boolean begun;
    private boolean ended;

    ChunkedBody(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        if (left == 0 && !ended) nextChunk();
        if (ended) return -1;
        int b = in.read();
        if (b < 0) throw new BrokenAnswerException();
        left--;
        return b;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) return 0;
        if (left == 0 && !ended) nextChunk();
        if (ended) return -1;
        int n = in.read(target, offset, (int) Math.min(length, left));
        if (n < 0) throw new BrokenAnswerException();
        left -= n;
        return n;
    }

    private void nextChunk() throws IOException {
        if (begun && !line().isEmpty()) throw new IOException("a chunk longer than it says");
        begun = true;
        String size = line().replaceFirst("[ \t]*;.*", "");
        if (!size.matches("[0-9a-fA-F]{1,15}")) throw new IOException("a chunk of size " + size);
        left = Long.parseLong(size, 16);
        if (left > 0) return;
        ended = true;
        for (String line = line(); !line.isEmpty(); line = line())
            if (line.toLowerCase(Locale.ROOT).startsWith(ERROR))
                throw new ApiException(line.substring(ERROR.length()).strip());
    }

    private String line() throws IOException {
        return new Head.LineReader(in, MAX_LINE_BYTES).next();
    }
}
