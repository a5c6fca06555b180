package cairn.rpc.client;

import java.io.IOException;
import java.io.InputStream;

/// A body of a length that was told before it.
final class LengthBody extends InputStream {
    private final InputStream in;
    private long left;

    LengthBody(InputStream in, long length) {
        this.in = in;
        this.left = length;
    }

    @Override
    public int read() throws IOException {
        if (left == 0) return -1;
        int b = in.read();
        if (b < 0) throw new BrokenAnswerException();
        left--;
        return b;
    }
}
