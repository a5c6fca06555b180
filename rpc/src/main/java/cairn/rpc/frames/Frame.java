package cairn.rpc.frames;

import cairn.node.text.RawText;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/// A piece of what a command prints: a byte that says where to, four for the length, and the bytes.
///
/// @param kind where to
/// @param bytes at most [#MAX_BYTES] of them
public record Frame(Kind kind, ByteBuffer bytes) {
    /// The media type of an answer in frames.
    public static final String MEDIA_TYPE = "application/vnd.cairn.frames";

    /// The option of a request that asks for them.
    public static final String OPTION = "frames";

    static final int MAX_BYTES = 64 << 10;

    /// Where a frame's bytes go.
    public enum Kind {
        /// Standard output.
        OUTPUT('o'),
        /// Standard error.
        MESSAGE('m'),
        /// Four bytes: how many peers and other sources sent some of it, so far.
        SOURCES('s'),
        /// The end, after which nothing comes; the command did what it should.
        DONE('d'),
        /// The end; the bytes are what the person who called is told.
        FAILED('f');

        private final int code;

        Kind(int code) {
            this.code = code;
        }

        int code() {
            return code;
        }

        private static Kind of(int code) throws IOException {
            for (Kind kind : values()) if (kind.code == code) return kind;
            throw new IOException("the daemon's answer has a frame of an unknown kind");
        }
    }

    /// The number in a frame of four bytes.
    public int number() throws IOException {
        if (bytes.remaining() != Integer.BYTES)
            throw new IOException(
                    "the daemon's answer has a number of " + bytes.remaining() + " bytes");
        return bytes.getInt(bytes.position());
    }

    /// The bytes as raw text.
    public String text() {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return RawText.decode(copy);
    }

    /// Reads the next frame.
    ///
    /// @throws EOFException when there is none: the answer has no end
    public static Frame read(InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(in);
        Kind kind = Kind.of(data.readUnsignedByte());
        int length = data.readInt();
        if (length < 0 || length > MAX_BYTES)
            throw new IOException("the daemon's answer has a frame of " + length + " bytes");
        byte[] bytes = new byte[length];
        data.readFully(bytes);
        return new Frame(kind, ByteBuffer.wrap(bytes).asReadOnlyBuffer());
    }
}
