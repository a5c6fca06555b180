package cairn.libp2p.wire;

import cairn.multiformats.MalformedException;
import cairn.multiformats.Varint;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/// Messages on a duplex, each behind its length as an unsigned varint: the framing of most of
/// libp2p's protocols. Reads exactly to a message's end, so that another protocol can follow.
public final class Messages {
    private Messages() {}

    /// Reads the next message.
    ///
    /// @return the message; empty when the other end finished before its first byte
    /// @throws MalformedException when it is longer than `maxBytes`, before any of it is read
    /// @throws EOFException when the other end finished within it
    public static Optional<byte[]> read(Duplex in, int maxBytes) throws IOException {
        byte[] one = new byte[1];
        long length = 0;
        for (int i = 0; ; i++) {
            if (in.read(one, 0, 1) < 0) {
                if (i == 0) return Optional.empty();
                throw new EOFException("the length of a message is cut short");
            }
            length |= (long) (one[0] & 0x7f) << (7 * i);
            if (one[0] >= 0) {
                if (one[0] == 0 && i > 0) throw new MalformedException("varint is not minimal");
                break;
            }
            if (i == Varint.MAX_BYTES - 1)
                throw new MalformedException("the length of a message has over nine bytes");
        }
        if (length > maxBytes)
            throw new MalformedException(
                    "message of " + length + " bytes; at most " + maxBytes + " are read");
        byte[] message = new byte[(int) length];
        readFully(in, message, 0, message.length);
        return Optional.of(message);
    }

    /// Writes a message, length and bytes in one go.
    public static void write(Duplex out, byte[] message) throws IOException {
        byte[] framed = frame(message);
        out.write(framed, 0, framed.length);
    }

    /// A message with its length before it.
    public static byte[] frame(byte[] message) {
        byte[] framed = new byte[Varint.size(message.length) + message.length];
        ByteBuffer out = ByteBuffer.wrap(framed);
        Varint.write(message.length, out);
        out.put(message);
        return framed;
    }

    /// Reads exactly so many bytes.
    ///
    /// @throws EOFException when the other end finished before that
    public static void readFully(Duplex in, byte[] target, int offset, int length)
            throws IOException {
        int done = 0;
        while (done < length) {
            int n = in.read(target, offset + done, length - done);
            if (n < 0) throw new EOFException("ended after " + done + " of " + length + " bytes");
            done += n;
        }
    }
}
