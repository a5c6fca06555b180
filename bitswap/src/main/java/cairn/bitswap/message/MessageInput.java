package cairn.bitswap.message;

import cairn.libp2p.wire.Duplex;
import cairn.multiformats.MalformedException;
import java.io.EOFException;
import java.io.IOException;

/// The bytes of messages as they come from a stream, with the number that are left of the message
/// that is read. Used by one thread.
final class MessageInput {
    private static final int BUFFER = 8 << 10;
    private static final int MAX_VARINT_BYTES = 10;

    private final Duplex in;
    private final byte[] buffer = new byte[BUFFER];
    private int position;
    private int limit;
    private int left;

    MessageInput(Duplex in) {
        this.in = in;
    }

    /// Begins the next message.
    ///
    /// @return false where the other end finished before it
    boolean begin() throws IOException {
        if (position == limit && !refill()) return false;
        left = MAX_VARINT_BYTES;
        long length = varint();
        if (length < 0 || length > MessageLimits.MAX_BYTES)
            throw new MalformedException(
                    "message of "
                            + Long.toUnsignedString(length)
                            + " bytes; at most "
                            + MessageLimits.MAX_BYTES
                            + " are read");
        left = (int) length;
        return true;
    }

    /// How many bytes of the message are yet to be read.
    int left() {
        return left;
    }

    long varint() throws IOException {
        long value = 0;
        for (int i = 0; i < MAX_VARINT_BYTES; i++) {
            byte b = next();
            value |= (long) (b & 0x7f) << (7 * i);
            if (b >= 0) return value;
        }
        throw new MalformedException("varint is longer than 10 bytes");
    }

    /// The length of a part, which must not pass the end of what holds it.
    int length(int most) throws IOException {
        long length = varint();
        if (length < 0 || length > Math.min(most, left))
            throw new MalformedException(
                    "part of "
                            + Long.toUnsignedString(length)
                            + " bytes; at most "
                            + Math.min(most, left)
                            + " can be here");
        return (int) length;
    }

    private byte next() throws IOException {
        if (left == 0) throw new MalformedException("varint is cut short");
        if (position == limit && !refill()) throw new EOFException("ended within a message");
        left--;
        return buffer[position++];
    }

    byte[] bytes(int count) throws IOException {
        byte[] bytes = new byte[count];
        int buffered = Math.min(count, limit - position);
        System.arraycopy(buffer, position, bytes, 0, buffered);
        position += buffered;
        for (int done = buffered; done < count; ) {
            int n = in.read(bytes, done, count - done);
            if (n < 0) throw new EOFException("ended within a message");
            done += n;
        }
        left -= count;
        return bytes;
    }

    void skip(int count) throws IOException {
        for (int done = 0; done < count; ) {
            if (position == limit && !refill()) throw new EOFException("ended within a message");
            int n = Math.min(count - done, limit - position);
            position += n;
            done += n;
        }
        left -= count;
    }

    private boolean refill() throws IOException {
        int n = in.read(buffer, 0, buffer.length);
        position = 0;
        limit = Math.max(n, 0);
        return n > 0;
    }
}
