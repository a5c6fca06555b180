package cairn.libp2p.transport;

import cairn.libp2p.muxer.ConnectionClosedException;
import cairn.libp2p.muxer.MuxedConnection;
import cairn.libp2p.muxer.MuxedStream;
import cairn.libp2p.muxer.StreamAcceptor;
import cairn.libp2p.wire.Duplex;
import cairn.multiformats.peer.KeyType;
import cairn.multiformats.peer.PublicKey;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// Links without security and streams: what stands for both is the bare connection, so that a test
/// sees what the transport itself does.
public final class RawLinks {
    public static final PublicKey KEY = PublicKey.of(KeyType.ED25519, new byte[32]);

    private RawLinks() {}

    /// An upgrade that says nothing.
    public static ChannelUpgrade upgrade() {
        return (raw, role, expected, local, remote, admission) ->
                new Link(new Bare(raw), KEY, local, remote, "/none", "/none");
    }

    /// The connection that a link is over.
    public static Duplex channel(Link link) {
        return ((Bare) link.muxed()).raw;
    }

    private static final class Bare implements MuxedConnection {
        private final Duplex raw;
        private final List<Runnable> callbacks = new CopyOnWriteArrayList<>();
        private volatile boolean closed;

        Bare(Duplex raw) {
            this.raw = raw;
        }

        @Override
        public void start(StreamAcceptor acceptor) {}

        @Override
        public MuxedStream open() throws IOException {
            throw new ConnectionClosedException("a bare connection has no streams");
        }

        @Override
        public int streams() {
            return 0;
        }

        @Override
        public Optional<Duration> roundTrip() {
            return Optional.empty();
        }

        @Override
        public void whenClosed(Runnable callback) {
            callbacks.add(callback);
        }

        @Override
        public boolean isClosed() {
            return closed;
        }

        @Override
        public void close() throws IOException {
            closed = true;
            raw.close();
            callbacks.forEach(Runnable::run);
        }
    }
}
