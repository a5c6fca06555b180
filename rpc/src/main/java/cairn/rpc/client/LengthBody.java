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

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) return 0;
        if (left == 0) return -1;
        int n = in.read(target, offset, (int) Math.min(length, left));
        if (n < 0) throw new BrokenAnswerException();
        left -= n;
        return n;
    }
}
