package cairn.libp2p.tls;

import cairn.libp2p.wire.Duplex;
import cairn.libp2p.wire.InputBuffer;
import cairn.libp2p.wire.LargeBuffers;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/// A duplex whose bytes are TLS records of another one. The engine brings role, certificates and
/// protocols along; this class moves its records, several of them a write or read of what is below.
///
/// The reader has `in`, `left`, `established` and `broken` to itself; the handshake is over before
/// it begins. What the engine writes is guarded by `writing`, which is held while it goes out:
/// records must not change places, and the reader too has some to write when keys are changed.
public final class TlsDuplex implements Duplex {
    /// The longest record that a peer may send: 2^14 bytes, 256 that encryption may add, and the
    /// head. Source: RFC 8446, 5.2.
    private static final int MAX_RECORD_BYTES = (1 << 14) + 256 + 5;

    private static final int RECORD_HEAD_BYTES = 5;
    private static final int RECORD_LENGTH_AT = 3;

    /// Up to this many bytes a write gets an array of its own, which costs less than to borrow one.
    private static final int SMALL_WRITE = InputBuffer.IDLE_BYTES;

    /// How long a close waits for the other end to take the word of it.
    private static final Duration CLOSE_WAIT = Duration.ofMillis(200);

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Duplex raw;
    private final SSLEngine engine;
    private final LargeBuffers buffers;
    private final InputBuffer in;
    private final ReentrantLock writing = new ReentrantLock();
    private final AtomicBoolean closed = new AtomicBoolean();

    /// What was decrypted of a record that the reader had no room for.
    private ByteBuffer left = NOTHING;

    private boolean established;

    /// Why nothing can be read any longer; null while all is well.
    private SSLException broken;

    /// @param engine told its role, and not yet begun
    public TlsDuplex(Duplex raw, SSLEngine engine, LargeBuffers buffers) {
        this.raw = raw;
        this.engine = engine;
        this.buffers = buffers;
        this.in = new InputBuffer(raw, buffers);
    }

    /// Performs the handshake, once, before anything is read or written. A client's ends before the
    /// server has looked at what the client showed: a refusal comes with the first read.
    ///
    /// @throws SSLException when either end refuses what the other one shows
    public void handshake() throws IOException {
        try {
            engine.beginHandshake();
            while (true) {
                switch (engine.getHandshakeStatus()) {
                    case NEED_TASK -> runTasks();
                    case NEED_WRAP -> {
                        if (!send()) throw new EOFException("closed within the handshake");
                    }
                    case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                        if (unwrapNext(NOTHING) == Status.CLOSED)
                            throw new EOFException("the other end left the handshake");
                    }
                    case FINISHED, NOT_HANDSHAKING -> {
                        established = true;
                        return;
                    }
                }
            }
        } catch (SSLException e) {
            sendAlert();
            throw e;
        }
    }

    /// The engine, for what was agreed on.
    public SSLEngine engine() {
        return engine;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (left.hasRemaining() || length == 0) return rest(target, offset, length);
        if (broken != null) throw broken;
        ByteBuffer out = ByteBuffer.wrap(target, offset, length);
        try {
            while (true) {
                int done = out.position() - offset;
                if (done == length || (done > 0 && !recordIsThere())) return done;
                Status status = unwrapNext(out);
                if (status == Status.BUFFER_OVERFLOW) {
                    if (done > 0) return done;
                    ByteBuffer whole = ByteBuffer.allocate(recordBytes());
                    status = unwrapNext(whole);
                    left = whole.flip();
                    if (left.hasRemaining()) return rest(target, offset, length);
                }
                if (status == Status.CLOSED) {
                    done = out.position() - offset;
                    return done > 0 ? done : -1;
                }
            }
        } catch (SSLException e) {
            broken = e;
            sendAlert();
            raw.close();
            throw e;
        }
    }

    private int rest(byte[] target, int offset, int length) {
        int n = Math.min(length, left.remaining());
        left.get(target, offset, n);
        if (!left.hasRemaining()) left = NOTHING;
        return n;
    }

    private boolean recordIsThere() {
        return in.available() >= RECORD_HEAD_BYTES && in.available() >= recordBytes();
    }

    private int recordBytes() {
        return RECORD_HEAD_BYTES + in.unsignedShort(RECORD_LENGTH_AT);
    }

    /// Takes the next record, and does what it asks for.
    ///
    /// @return OK; BUFFER_OVERFLOW where `out` has no room for it, and it stays; CLOSED where the
    ///   other end has said all, or is gone. The latter without a word for it is as good to a
    ///   protocol that says itself how long its messages are, and all that some peers do.
    private Status unwrapNext(ByteBuffer out) throws IOException {
        if (engine.isInboundDone() || !in.fill(RECORD_HEAD_BYTES)) return Status.CLOSED;
        if (recordBytes() > MAX_RECORD_BYTES)
            throw new SSLException("a record of " + recordBytes() + " bytes");
        in.fill(recordBytes());
        ByteBuffer records = ByteBuffer.wrap(in.array(), in.position(), in.available());
        SSLEngineResult result = engine.unwrap(records, out);
        in.skip(result.bytesConsumed());
        if (result.getStatus() == Status.BUFFER_UNDERFLOW)
            throw new SSLException("a record is not of the length that it says");
        if (result.getHandshakeStatus() == HandshakeStatus.NEED_TASK) runTasks();
        // New keys may have been asked for. A writer that is busy says so itself the next time.
        if (established && result.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) trySend();
        return result.getStatus();
    }

    private void runTasks() {
        for (Runnable task = engine.getDelegatedTask();
                task != null;
                task = engine.getDelegatedTask()) task.run();
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        if (length == 0) return;
        writing.lock();
        try {
            boolean small = length <= SMALL_WRITE;
            byte[] records = small ? new byte[recordRoom()] : buffers.take();
            ByteBuffer out = ByteBuffer.wrap(records);
            ByteBuffer plain = ByteBuffer.wrap(source, offset, length);
            while (plain.hasRemaining()) {
                if (out.remaining() < recordRoom()) flush(records, out);
                SSLEngineResult result = engine.wrap(plain, out);
                if (result.getStatus() == Status.CLOSED) throw new IOException("closed");
                if (result.getHandshakeStatus() == HandshakeStatus.NEED_TASK) runTasks();
            }
            flush(records, out);
            if (!small) buffers.give(records);
        } finally {
            writing.unlock();
        }
    }

    /// The room that the engine asks for before it writes a record of any size.
    private int recordRoom() {
        return engine.getSession().getPacketBufferSize();
    }

    private void flush(byte[] records, ByteBuffer out) throws IOException {
        if (out.position() > 0) raw.write(records, 0, out.position());
        out.clear();
    }

    /// Sends all that the engine itself has to say, in one write.
    ///
    /// @return false where it is closed
    private boolean send() throws IOException {
        writing.lock();
        try {
            byte[] records = new byte[2 * recordRoom()];
            ByteBuffer out = ByteBuffer.wrap(records);
            Status status = Status.OK;
            while (status == Status.OK
                    && engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
                if (out.remaining() < recordRoom()) flush(records, out);
                status = engine.wrap(NOTHING, out).getStatus();
            }
            flush(records, out);
            return status != Status.CLOSED;
        } finally {
            writing.unlock();
        }
    }

    /// Sends what the engine has to say, unless a writer is at it.
    private void trySend() throws IOException {
        if (!writing.tryLock()) return;
        try {
            send();
        } finally {
            writing.unlock();
        }
    }

    /// Tells the other end why, if that can be done.
    private void sendAlert() {
        try {
            trySend();
        } catch (IOException e) {
            // It has been told, or is gone: in either case the first failure counts.
            engine.closeOutbound();
        }
    }

    /// {@inheritDoc} The other end is told that nothing follows, if it takes that in time.
    @Override
    public boolean isHeld() {
        return raw.isHeld();
    }

    @Override
    public void close() throws IOException {
        if (closed.compareAndSet(false, true)) {
            engine.closeOutbound();
            Thread farewell = Thread.ofVirtual().name("tls close").start(this::sendAlert);
            try {
                farewell.join(CLOSE_WAIT);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        raw.close();
    }
}
