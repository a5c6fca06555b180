package cairn.bitswap.stream;

import cairn.bitswap.message.BitswapVersion;
import cairn.bitswap.message.OutgoingMessage;
import cairn.libp2p.muxer.ConnectionClosedException;
import cairn.libp2p.multistream.UnsupportedProtocolException;
import cairn.libp2p.swarm.Connection;
import cairn.libp2p.swarm.ProtocolStream;
import cairn.libp2p.swarm.Swarm;
import cairn.multiformats.peer.PeerId;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/// A message stream sends messages to one peer over a stream that is opened when there is something
/// to say, kept while there is more, and closed when it has been idle: js-libp2p resets one that
/// was idle for ten seconds.
///
/// It never dials: who is to be spoken to must be connected. Used by one thread at a time.
public final class MessageStream implements Closeable {
    /// After so long without a message the stream is closed, and the next one opens another.
    private static final Duration IDLE = Duration.ofSeconds(5);

    /// What a message may take at the least, whatever its size, and the slowest peer that is waited
    /// for. Source: boxo's send timeout.
    private static final Duration LEAST_TIME = Duration.ofSeconds(10);

    private static final Duration MOST_TIME = Duration.ofMinutes(2);
    private static final long SLOWEST_BYTES_A_SECOND = 100_000 / Byte.SIZE;

    private final Swarm swarm;
    private final PeerId peer;
    private Optional<ProtocolStream> open = Optional.empty();
    private long lastUsed;

    public MessageStream(Swarm swarm, PeerId peer) {
        this.swarm = swarm;
        this.peer = peer;
    }

    /// Sends a message. Waits while the peer takes it slowly, which is the back-pressure. A stream
    /// that the peer has ended meanwhile is opened anew, once.
    ///
    /// @return the bytes sent
    /// @throws UnsupportedProtocolException when the peer doesn't speak Bitswap
    public long send(OutgoingMessage message) throws IOException {
        if (open.isPresent() && isStale(open.get())) close();
        boolean fresh = open.isEmpty();
        try {
            return write(message);
        } catch (IOException e) {
            discard();
            if (fresh || Thread.currentThread().isInterrupted()) throw e;
        }
        try {
            return write(message);
        } catch (IOException e) {
            discard();
            throw e;
        }
    }

    private boolean isStale(ProtocolStream stream) {
        return System.nanoTime() - lastUsed > IDLE.toNanos() || stream.connection().isClosed();
    }

    private long write(OutgoingMessage message) throws IOException {
        if (open.isEmpty()) open = Optional.of(connected().open(BitswapVersion.protocols()));
        ProtocolStream stream = open.get();
        stream.deadline(time(message));
        long written = message.writeTo(stream, BitswapVersion.of(stream.protocol()));
        lastUsed = System.nanoTime();
        return written;
    }

    private Connection connected() throws IOException {
        return swarm.connection(peer)
                .orElseThrow(() -> new ConnectionClosedException("not connected to " + peer));
    }

    private static Duration time(OutgoingMessage message) {
        long bytes = 0;
        for (var block : message.blocks()) bytes += block.size();
        Duration needed = LEAST_TIME.plusSeconds(bytes / SLOWEST_BYTES_A_SECOND);
        return needed.compareTo(MOST_TIME) > 0 ? MOST_TIME : needed;
    }

    /// The connection that it uses now; empty where it uses none.
    public Optional<Connection> connection() {
        return open.map(ProtocolStream::connection);
    }

    private void discard() {
        open.ifPresent(ProtocolStream::reset);
        open = Optional.empty();
    }

    /// Closes the stream that is open, if any; the next message opens one again.
    @Override
    public void close() throws IOException {
        Optional<ProtocolStream> closing = open;
        open = Optional.empty();
        if (closing.isPresent()) closing.get().close();
    }
}
