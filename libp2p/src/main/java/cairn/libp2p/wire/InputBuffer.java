package cairn.libp2p.wire;

import java.io.EOFException;
import java.io.IOException;

/// Bytes of a duplex that were read and not yet used. It waits with a small array, takes a larger
/// one for a record that doesn't fit or where a read filled the one it has, and is back at the
/// small one once all that it holds is used. A record that is larger than a handshake's gets its
/// array only once the one at hand is full. So who announces much and sends little makes it hold
/// little.
///
/// Used by the one thread that reads the duplex.
public final class InputBuffer {
    /// The size while nothing flows: all that an idle connection holds for reading.
    public static final int IDLE_BYTES = 4 * 1024;

    /// The next size: a TLS record, so that a handshake never needs more.
    static final int RECORD_BYTES = 20 * 1024;

    private final Duplex in;
    private final LargeBuffers large;
    private final byte[] small = new byte[IDLE_BYTES];
    private byte[] bytes = small;
    private int position;
    private int limit;

    /// Whether the last read left no room in the array: then more is on its way.
    private boolean full;

    public InputBuffer(Duplex in, LargeBuffers large) {
        this.in = in;
        this.large = large;
    }

    /// The array that holds the bytes; another one after [#fill] and [#skip].
    public byte[] array() {
        return bytes;
    }

    /// Where the bytes begin.
    public int position() {
        return position;
    }

    /// How many are there.
    public int available() {
        return limit - position;
    }

    /// The unsigned 16 bits at a place from the beginning; they must be there.
    public int unsignedShort(int at) {
        return Byte.toUnsignedInt(bytes[position + at]) << Byte.SIZE
                | Byte.toUnsignedInt(bytes[position + at + 1]);
    }

    /// Reads until so many bytes are there, at most [LargeBuffers#BYTES].
    ///
    /// @return false where the other end finished and nothing was there
    /// @throws EOFException when it finished within them
    public boolean fill(int wanted) throws IOException {
        while (available() < wanted) {
            makeRoom(wanted);
            int n = in.read(bytes, limit, bytes.length - limit);
            if (n < 0) {
                if (available() == 0) return false;
                throw new EOFException(
                        "ended after " + available() + " of " + wanted + " bytes of a record");
            }
            limit += n;
            full = limit == bytes.length;
        }
        return true;
    }

    /// Passes over bytes that were used.
    public void skip(int count) {
        position += count;
        if (position < limit) return;
        position = 0;
        limit = 0;
        full = false;
        if (bytes.length == LargeBuffers.BYTES) large.give(bytes);
        bytes = small;
    }

    private void makeRoom(int wanted) {
        int size = full ? Math.max(wanted, bytes.length + 1) : wanted;
        boolean grows =
                size > bytes.length
                        && bytes.length < LargeBuffers.BYTES
                        && (full || size <= RECORD_BYTES);
        if (!grows && position + wanted <= bytes.length) return;
        byte[] target = bytes;
        if (grows) target = size <= RECORD_BYTES ? new byte[RECORD_BYTES] : large.take();
        System.arraycopy(bytes, position, target, 0, available());
        limit -= position;
        position = 0;
        bytes = target;
        full = false;
    }
}
