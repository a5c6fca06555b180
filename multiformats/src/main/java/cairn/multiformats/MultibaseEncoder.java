package cairn.multiformats;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Writes a multibase text of any length, in UTF-8, of the bytes that are written to it; only the
/// identity base gives the bytes as they are. Closing it ends the text and leaves the sink open.
///
/// **Limit:** base10, base36 and base58, whose digits depend on all bytes, take
/// [Multibase#MAX_RADIX_BYTES].
public final class MultibaseEncoder extends OutputStream {
    /// A multiple of the bytes that base8, base32 and base64 have whole characters for (3 and 5).
    private static final int PIECE_BYTES = 15 << 12;

    private final Multibase base;
    private final OutputStream sink;
    private final byte[] piece;
    private int used;
    private boolean begun;
    private boolean ended;

    public MultibaseEncoder(Multibase base, OutputStream sink) {
        this.base = base;
        this.sink = sink;
        this.piece = new byte[base.isRadix() ? Multibase.MAX_RADIX_BYTES : PIECE_BYTES];
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    /// @throws MalformedException when the base takes no more bytes
    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (ended) throw new IllegalStateException("the text was ended");
        int at = offset;
        while (at < offset + length) {
            if (used == piece.length) {
                if (base.isRadix()) throw tooLong();
                pass();
            }
            int part = Math.min(offset + length - at, piece.length - used);
            System.arraycopy(bytes, at, piece, used, part);
            used += part;
            at += part;
        }
    }

    @Override
    public void close() throws IOException {
        if (ended) return;
        ended = true;
        if (used > 0 || !begun) pass();
    }

    private void pass() throws IOException {
        byte[] bytes = used == piece.length ? piece : Arrays.copyOf(piece, used);
        String text = begun ? base.encodeBare(bytes) : base.encode(bytes);
        begun = true;
        used = 0;
        sink.write(
                text.getBytes(
                        base == Multibase.IDENTITY
                                ? StandardCharsets.ISO_8859_1
                                : StandardCharsets.UTF_8));
    }

    private MalformedException tooLong() {
        return new MalformedException(
                base
                        + " takes at most "
                        + Multibase.MAX_RADIX_BYTES
                        + " bytes, since its work grows with the square of their number; base64url"
                        + " and base32 take any number");
    }
}
