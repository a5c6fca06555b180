package cairn.bitswap.message;

import cairn.libp2p.wire.Duplex;
import java.io.ByteArrayOutputStream;

/// A duplex over bytes: what is read was given, in pieces of at most some size; what is written is
/// kept.
final class BytesDuplex implements Duplex {
    private final byte[] in;
    private final int pieces;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int position;

    BytesDuplex(byte[] in, int pieces) {
        this.in = in;
        this.pieces = pieces;
    }

    byte[] written() {
        return out.toByteArray();
    }

    /// How much was read.
    int position() {
        return position;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        if (position == in.length) return -1;
        int n = Math.min(Math.min(length, pieces), in.length - position);
        System.arraycopy(in, position, target, offset, n);
        position += n;
        return n;
    }

    @Override
    public void write(byte[] source, int offset, int length) {
        out.write(source, offset, length);
    }

    @Override
    public void close() {}
}
