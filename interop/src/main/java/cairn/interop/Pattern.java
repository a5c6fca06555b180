package cairn.interop;

import cairn.libp2p.muxer.MuxedStream;
import java.io.IOException;
import java.util.Arrays;

/// The bytes that an echo sends and expects back. Their period is a prime, so that a buffer that is
/// mixed up with another shows, whatever its size.
final class Pattern {
    private static final int PERIOD = 1_000_003;
    private static final int PIECE = 1 << 16;

    /// Twice, so that each piece that begins within the first period is there as a whole.
    private final byte[] bytes = new byte[2 * PERIOD];

    Pattern() {
        int seed = 1;
        for (int i = 0; i < PERIOD; i++) {
            seed = seed * 1664525 + 1013904223;
            bytes[i] = (byte) (seed >>> 24);
            bytes[i + PERIOD] = bytes[i];
        }
    }

    /// Writes the first bytes of it.
    void write(MuxedStream out, long count) throws IOException {
        for (long at = 0; at < count; ) {
            int length = (int) Math.min(PIECE, count - at);
            out.write(bytes, (int) (at % PERIOD), length);
            at += length;
        }
    }

    /// Reads to the end and checks that so many of its bytes came, and no others.
    void expect(MuxedStream in, long count) throws IOException {
        byte[] buffer = new byte[PIECE];
        long at = 0;
        for (int n = in.read(buffer, 0, PIECE); n >= 0; n = in.read(buffer, 0, PIECE)) {
            int from = (int) (at % PERIOD);
            if (!Arrays.equals(buffer, 0, n, bytes, from, from + n))
                throw new PeerException("other bytes than were sent, from " + at + " on");
            at += n;
        }
        if (at != count) throw new PeerException(at + " bytes came back of " + count);
    }
}
