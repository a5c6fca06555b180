package cairn.libp2p.multistream;

import cairn.libp2p.muxer.ConnectionClosedException;
import cairn.libp2p.muxer.MuxedStream;
import cairn.libp2p.muxer.StreamResetException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/// A stream whose protocol is proposed with the first write and confirmed at the first read.
///
/// `proposed` is guarded by `proposing`, `confirmed` and `failure` by `confirming`. Both locks are
/// held while the stream is written or read: that is what they are for, as nothing may pass before
/// the handshake.
final class LazyStream implements MuxedStream {
    /// How long a close waits for an answer: a round trip around the world, and some losses.
    static final Duration CLOSE_WAIT = Duration.ofSeconds(5);

    /// The most bytes of a first write that go along with the proposal; more would cost more to
    /// copy than a second write.
    private static final int ALONG = 16 * 1024;

    private final MuxedStream stream;
    private final String protocol;
    private final ReentrantLock proposing = new ReentrantLock();
    private final ReentrantLock confirming = new ReentrantLock();
    private volatile boolean proposed;
    private volatile boolean confirmed;

    /// Why the answer was none; what follows it in the stream makes no sense then.
    private IOException failure;

    LazyStream(MuxedStream stream, String protocol) {
        this.stream = stream;
        this.protocol = protocol;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        confirm();
        return stream.read(target, offset, length);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        int done = propose(source, offset, length);
        if (done < length) stream.write(source, offset + done, length - done);
    }

    /// Sends the proposal unless it is sent, and some bytes along with it.
    ///
    /// @return how many bytes went along
    private int propose(byte[] source, int offset, int length) throws IOException {
        if (proposed) return 0;
        proposing.lock();
        try {
            if (proposed) return 0;
            byte[] handshake = Token.frame(Token.HEADER, protocol);
            int along = Math.min(length, ALONG);
            byte[] first = new byte[handshake.length + along];
            System.arraycopy(handshake, 0, first, 0, handshake.length);
            System.arraycopy(source, offset, first, handshake.length, along);
            stream.write(first, 0, first.length);
            proposed = true;
            return along;
        } finally {
            proposing.unlock();
        }
    }

    private void propose() throws IOException {
        propose(new byte[0], 0, 0);
    }

    /// Reads the answer unless it was read.
    private void confirm() throws IOException {
        if (confirmed) return;
        propose();
        confirming.lock();
        try {
            if (confirmed) return;
            if (failure != null) throw again(failure);
            if (!Token.accepts(Token.readFirstAnswer(stream), protocol))
                throw new UnsupportedProtocolException(List.of(protocol));
            confirmed = true;
        } catch (IOException e) {
            failure = e;
            throw e;
        } finally {
            confirming.unlock();
        }
    }

    /// One more exception for the same reason: who closes a stream after a failed read may add one
    /// to the other.
    private IOException again(IOException first) {
        IOException next =
                switch (first) {
                    case StreamResetException reset -> new StreamResetException(reset.getMessage());
                    case ConnectionClosedException ended ->
                            new ConnectionClosedException(ended.getMessage());
                    case InterruptedIOException late ->
                            new InterruptedIOException(late.getMessage());
                    case UnsupportedProtocolException _ ->
                            new UnsupportedProtocolException(List.of(protocol));
                    default -> new IOException(first.getMessage());
                };
        return (IOException) next.initCause(first);
    }

    @Override
    public void closeWrite() throws IOException {
        propose();
        stream.closeWrite();
    }

    /// {@inheritDoc} Waits for the answer first: an end that can't send it would drop the stream.
    @Override
    public void closeRead() throws IOException {
        confirm();
        stream.closeRead();
    }

    @Override
    public void reset() {
        stream.reset();
    }

    @Override
    public void deadline(Duration fromNow) {
        stream.deadline(fromNow);
    }

    /// {@inheritDoc} Waits for the answer if it wasn't read yet, at most [#CLOSE_WAIT]; the stream
    /// is reset where it doesn't come, or is a refusal.
    @Override
    public void close() throws IOException {
        if (confirmed) {
            stream.close();
            return;
        }
        boolean answered = false;
        try {
            stream.deadline(CLOSE_WAIT);
            closeWrite();
            confirm();
            answered = true;
        } finally {
            if (answered) stream.close();
            else stream.reset();
        }
    }
}
