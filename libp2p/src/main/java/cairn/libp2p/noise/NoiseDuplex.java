package cairn.libp2p.noise;

import cairn.libp2p.wire.Duplex;
import cairn.libp2p.wire.InputBuffer;
import cairn.libp2p.wire.LargeBuffers;
import java.io.IOException;

/// A duplex whose bytes are encrypted in frames: two bytes of length, then at most 65,535 bytes,
/// the tag included. A frame that isn't what the other end sent ends the connection. Source:
/// libp2p/specs, noise, "Wire Format".
///
/// The reader has `in`, `decryption`, `plain` and `left` to itself, the writer `encryption`.
final class NoiseDuplex implements Duplex {
    private static final int LENGTH_BYTES = Short.BYTES;
    static final int MAX_FRAME_BYTES = 0xffff;

    /// The most bytes that a frame carries.
    static final int MAX_PLAIN_BYTES = MAX_FRAME_BYTES - CipherState.TAG_BYTES;

    private static final int OVERHEAD = LENGTH_BYTES + CipherState.TAG_BYTES;

    /// Up to this many bytes a write gets an array of its own, which costs less than to borrow one.
    private static final int SMALL_WRITE = InputBuffer.IDLE_BYTES;

    private static final byte[] NOTHING = new byte[0];

    private final Duplex raw;
    private final InputBuffer in;
    private final LargeBuffers buffers;
    private final CipherState encryption;
    private final CipherState decryption;

    /// Where in `in` the rest of a frame lies that was decrypted and not yet read.
    private int plain;

    private int left;

    NoiseDuplex(
            Duplex raw,
            InputBuffer in,
            LargeBuffers buffers,
            CipherState encryption,
            CipherState decryption) {
        this.raw = raw;
        this.in = in;
        this.buffers = buffers;
        this.encryption = encryption;
        this.decryption = decryption;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (left > 0 || length == 0) return rest(target, offset, length);
        int done = 0;
        while (true) {
            if (done > 0 && !frameIsThere()) return done;
            if (!in.fill(LENGTH_BYTES)) return -1;
            int frame = in.unsignedShort(0);
            in.fill(LENGTH_BYTES + frame);
            if (frame - CipherState.TAG_BYTES > length - done) {
                if (done > 0) return done;
                decrypt(frame, in.array(), in.position() + LENGTH_BYTES);
                plain = LENGTH_BYTES;
                left = frame - CipherState.TAG_BYTES;
                return rest(target, offset, length);
            }
            done += decrypt(frame, target, offset + done);
            in.skip(LENGTH_BYTES + frame);
        }
    }

    private boolean frameIsThere() {
        return in.available() >= LENGTH_BYTES
                && in.available() >= LENGTH_BYTES + in.unsignedShort(0);
    }

    private int decrypt(int frame, byte[] target, int at) throws IOException {
        try {
            return decryption.decrypt(
                    NOTHING, in.array(), in.position() + LENGTH_BYTES, frame, target, at);
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }

    /// Hands out what is left of a frame that was decrypted in its place.
    private int rest(byte[] target, int offset, int length) {
        int n = Math.min(length, left);
        System.arraycopy(in.array(), in.position() + plain, target, offset, n);
        plain += n;
        left -= n;
        if (left == 0 && plain > 0) {
            in.skip(plain + CipherState.TAG_BYTES);
            plain = 0;
        }
        return n;
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        if (length <= SMALL_WRITE) {
            if (length == 0) return;
            byte[] framed = new byte[OVERHEAD + length];
            raw.write(framed, 0, encrypt(source, offset, length, framed, 0));
            return;
        }
        byte[] framed = buffers.take();
        int done = 0;
        while (done < length) {
            int end = 0;
            while (done < length && framed.length - end > OVERHEAD) {
                int room = Math.min(MAX_PLAIN_BYTES, framed.length - end - OVERHEAD);
                int n = Math.min(room, length - done);
                end = encrypt(source, offset + done, n, framed, end);
                done += n;
            }
            raw.write(framed, 0, end);
        }
        buffers.give(framed);
    }

    /// Writes a frame.
    ///
    /// @return where it ends
    private int encrypt(byte[] source, int offset, int length, byte[] target, int at)
            throws IOException {
        int frame = encryption.encrypt(NOTHING, source, offset, length, target, at + LENGTH_BYTES);
        target[at] = (byte) (frame >>> Byte.SIZE);
        target[at + 1] = (byte) frame;
        return at + LENGTH_BYTES + frame;
    }

    @Override
    public boolean isHeld() {
        return raw.isHeld();
    }

    @Override
    public void close() throws IOException {
        raw.close();
    }
}
