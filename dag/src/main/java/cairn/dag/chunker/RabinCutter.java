package cairn.dag.chunker;

/// Ends a chunk where the Rabin fingerprint of its last 16 bytes has its low bits zero.
///
/// The fingerprint is the remainder, modulo an irreducible polynomial of degree 53 over GF(2), of
/// the window's bytes. It starts 16 bytes before the shortest chunk's end, as if a byte 1 had gone
/// before. Source: the observable chunking of Kubo (`rabin`); the polynomial is boxo's, a number.
final class RabinCutter implements Cutter {
    private static final long POLYNOMIAL = 17437180132763653L;
    private static final int DEGREE = 53;
    private static final int WINDOW = 16;

    /// What a byte adds to the fingerprint when it is the oldest of a window.
    private static final long[] OUT = new long[256];

    /// For the 8 bits above the degree: what brings the fingerprint back below it.
    private static final long[] MOD = new long[256];

    static {
        for (int b = 0; b < 256; b++) {
            OUT[b] = b;
            for (int i = 0; i < WINDOW - 1; i++) OUT[b] = remainder(OUT[b] << 8);
            long high = (long) b << DEGREE;
            MOD[b] = remainder(high) | high;
        }
    }

    private final int min;
    private final int max;
    private final long mask;

    RabinCutter(ChunkerSpec.Rabin spec) {
        min = spec.min();
        max = spec.max();
        mask = Integer.highestOneBit(spec.avg()) - 1L;
    }

    private static long remainder(long value) {
        long rest = value;
        for (int bit = 63; bit >= DEGREE; bit--)
            if ((rest >>> bit & 1) != 0) rest ^= POLYNOMIAL << (bit - DEGREE);
        return rest;
    }

    @Override
    public int cut(byte[] bytes, int offset, int length) {
        if (length <= min) return length;
        int end = offset + Math.min(length, max);
        int start = offset + min - WINDOW;
        long fingerprint = 1;
        int at = start;
        for (; at < start + WINDOW; at++) {
            if (at == start + WINDOW - 1) fingerprint ^= OUT[1];
            fingerprint = append(fingerprint, bytes[at]);
        }
        while ((fingerprint & mask) != 0 && at < end) {
            fingerprint = append(fingerprint ^ OUT[bytes[at - WINDOW] & 0xff], bytes[at]);
            at++;
        }
        return at - offset;
    }

    private static long append(long fingerprint, byte next) {
        int high = (int) (fingerprint >>> (DEGREE - 8));
        return (fingerprint << 8 | (next & 0xff)) ^ MOD[high];
    }
}
