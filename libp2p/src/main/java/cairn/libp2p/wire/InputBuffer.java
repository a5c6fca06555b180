package cairn.libp2p.wire;

import java.io.EOFException;
import java.io.IOException;

/// Bytes of a duplex that were read and not yet used. It waits with a small array, and borrows a
/// large one only for a record that doesn't fit: until all that it holds is used.
///
/// Used by the one thread that reads the duplex.
public final class InputBuffer {
    /// The size while nothing flows: all that an idle connection holds for reading.
    public static final int IDLE_BYTES = 4 * 1024;

    private final Duplex in;
    private final LargeBuffers large;
    private final byte[] small = new byte[IDLE_BYTES];
    private byte[] bytes = small;
    private int position;
    private int limit;

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
        return (bytes[position + at] & 0xff) << 8 | bytes[position + at + 1] & 0xff;
    }

    /// Reads until so many bytes are there, at most [LargeBuffers#BYTES].
    ///
    /// @return false where the other end finished and nothing was there
    /// @throws EOFException when it finished within them
    public boolean fill(int wanted) throws IOException {
        if (available() >= wanted) return true;
        makeRoom(wanted);
        while (available() < wanted) {
            int n = in.read(bytes, limit, bytes.length - limit);
            if (n < 0) {
                if (available() == 0) return false;
                throw new EOFException(
                        "ended after " + available() + " of " + wanted + " bytes of a record");
            }
            limit += n;
        }
        return true;
    }

    /// Reads whatever comes next behind what is there.
    ///
    /// @return false where the other end finished
    public boolean more(int roomFor) throws IOException {
        int had = available();
        makeRoom(Math.max(roomFor, had + 1));
        int n = in.read(bytes, limit, bytes.length - limit);
        if (n > 0) limit += n;
        return n >= 0;
    }

    /// Passes over bytes that were used.
    public void skip(int count) {
        position += count;
        if (position < limit) return;
        position = 0;
        limit = 0;
        if (bytes == small) return;
        large.give(bytes);
        bytes = small;
    }

    private void makeRoom(int wanted) {
        byte[] target = wanted > bytes.length ? large.take() : bytes;
        if (target == bytes && position + wanted <= bytes.length) return;
        System.arraycopy(bytes, position, target, 0, available());
        limit -= position;
        position = 0;
        bytes = target;
    }
}
