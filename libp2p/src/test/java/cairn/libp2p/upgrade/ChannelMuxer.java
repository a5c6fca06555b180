package cairn.libp2p.upgrade;

import cairn.libp2p.limits.MemoryBudget;
import cairn.libp2p.muxer.ConnectionClosedException;
import cairn.libp2p.muxer.MuxedConnection;
import cairn.libp2p.muxer.MuxedStream;
import cairn.libp2p.muxer.Muxer;
import cairn.libp2p.muxer.StreamAcceptor;
import cairn.libp2p.wire.Duplex;
import cairn.libp2p.wire.Role;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/// A muxer without streams, whose connections only hold their channel.
public record ChannelMuxer(String protocol) implements Muxer {
    @Override
    public Connection over(Duplex channel, Role role, MemoryBudget memory) {
        return new Connection(channel, role);
    }

    /// What only holds its channel.
    public record Connection(Duplex channel, Role role) implements MuxedConnection {
        @Override
        public void start(StreamAcceptor acceptor) {}

        @Override
        public MuxedStream open() throws IOException {
            throw new ConnectionClosedException("has no streams");
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
        public void whenClosed(Runnable callback) {}

        @Override
        public boolean isClosed() {
            return false;
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
