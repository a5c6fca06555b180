package cairn.libp2p.websocket;

import cairn.libp2p.wire.Duplex;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;

/// Writes frames: one for each write of up to [#MAX_FRAME_BYTES], so that what was a whole cipher
/// frame stays one. A client masks.
///
/// The lock holds frames together, and is held while they are written, which is its purpose; it
/// guards `scratch`. A pong waits for nobody: when the lock is held, its holder writes it.
final class FrameWriter {
    /// What is passed on in one call: header and payload go together.
    private static final int SCRATCH_BYTES = 64 * 1024 + FrameHeader.MAX_BYTES;

    /// The longest payload that is sent: longer writes become several messages.
    static final int MAX_FRAME_BYTES = 1024 * 1024;

    private static final int FIRST_SCRATCH_BYTES = 2 * 1024;

    /// Mask keys are drawn so many at a time.
    private static final int KEYS = 256;

    private final Duplex raw;
    private final boolean masks;
    private final SecureRandom random;
    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicReference<byte[]> pong = new AtomicReference<>();
    private byte[] scratch = new byte[FIRST_SCRATCH_BYTES];
    private ByteBuffer keys = ByteBuffer.allocate(0);

    FrameWriter(Duplex raw, boolean masks) {
        this.raw = raw;
        this.masks = masks;
        this.random = masks ? new SecureRandom() : null;
    }

    /// Writes bytes as messages of one frame each.
    void binary(byte[] source, int offset, int length) throws IOException {
        if (length == 0) return;
        lock.lock();
        try {
            for (int done = 0; done < length; done += MAX_FRAME_BYTES)
                frame(
                        Opcode.BINARY,
                        source,
                        offset + done,
                        Math.min(MAX_FRAME_BYTES, length - done));
        } finally {
            lock.unlock();
        }
        answerPing();
    }

    /// Answers a ping, before long; a ping that comes before an earlier one is answered takes its
    /// place (RFC 6455, 5.5.3).
    void pong(byte[] payload) throws IOException {
        pong.set(payload);
        answerPing();
    }

    private void answerPing() throws IOException {
        while (pong.get() != null && lock.tryLock()) {
            try {
                byte[] payload = pong.getAndSet(null);
                if (payload != null) frame(Opcode.PONG, payload, 0, payload.length);
            } finally {
                lock.unlock();
            }
        }
    }

    /// Writes a close frame, unless something else is being written.
    void close(int status) throws IOException {
        if (!lock.tryLock()) return;
        try {
            byte[] payload = {(byte) (status >>> 8), (byte) status};
            frame(Opcode.CLOSE, payload, 0, payload.length);
        } finally {
            lock.unlock();
        }
    }

    private void frame(Opcode opcode, byte[] source, int offset, int length) throws IOException {
        OptionalInt mask = masks ? OptionalInt.of(nextKey()) : OptionalInt.empty();
        if (scratch.length < Math.min(SCRATCH_BYTES, length + FrameHeader.MAX_BYTES))
            scratch = new byte[Math.min(SCRATCH_BYTES, 2 * length + FrameHeader.MAX_BYTES)];
        ByteBuffer head = ByteBuffer.wrap(scratch);
        new FrameHeader(true, opcode, mask, length).writeTo(head);
        int filled = head.position();
        for (int done = 0; done < length; ) {
            int n = Math.min(length - done, scratch.length - filled);
            System.arraycopy(source, offset + done, scratch, filled, n);
            if (mask.isPresent()) Mask.apply(mask.getAsInt(), done, scratch, filled, n);
            raw.write(scratch, 0, filled + n);
            done += n;
            filled = 0;
        }
        if (length == 0) raw.write(scratch, 0, filled);
    }

    private int nextKey() {
        if (!keys.hasRemaining()) {
            byte[] drawn = new byte[KEYS * Integer.BYTES];
            random.nextBytes(drawn);
            keys = ByteBuffer.wrap(drawn);
        }
        int at = keys.position();
        int key = keys.getInt();
        Arrays.fill(keys.array(), at, at + Integer.BYTES, (byte) 0);
        return key;
    }
}
