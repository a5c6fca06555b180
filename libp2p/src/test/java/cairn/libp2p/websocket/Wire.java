package cairn.libp2p.websocket;

import cairn.libp2p.wire.Duplex;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;

/// A duplex whose other end has said all beforehand, in reads of a certain size at most, and only
/// listens.
final class Wire implements Duplex {
    private final byte[] said;
    private final int piece;
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
    private int at;

    Wire(byte[] said, int piece) {
        this.said = said.clone();
        this.piece = piece;
    }

    String heard() {
        return HexFormat.ofDelimiter(" ").formatHex(heard.toByteArray());
    }

    byte[] heardBytes() {
        return heard.toByteArray();
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        if (at == said.length) return -1;
        int n = Math.min(Math.min(length, piece), said.length - at);
        System.arraycopy(said, at, target, offset, n);
        at += n;
        return n;
    }

    @Override
    public void write(byte[] source, int offset, int length) {
        heard.write(source, offset, length);
    }

    @Override
    public void close() {}
}
