package cairn.libp2p.swarm;

import cairn.libp2p.limits.Direction;
import cairn.libp2p.limits.LimitExceededException;
import cairn.libp2p.limits.StreamScope;
import cairn.libp2p.multistream.Multistream;
import cairn.libp2p.muxer.MuxedStream;
import cairn.libp2p.muxer.StreamAcceptor;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds the handler of each stream that the other end of a connection opens: takes a place for it,
/// agrees on a protocol, and runs the handler, on a virtual thread of the stream's own.
final class InboundStreams implements StreamAcceptor {
    private static final Logger LOG = LoggerFactory.getLogger(InboundStreams.class);

    private final Connection connection;
    private final Handlers handlers;

    InboundStreams(Connection connection, Handlers handlers) {
        this.connection = connection;
        this.handlers = handlers;
    }

    @Override
    public void accept(MuxedStream muxed) {
        StreamScope place;
        try {
            place = connection.place().scope().openStream(Direction.INBOUND);
        } catch (LimitExceededException e) {
            LOG.debug("no place for a stream of {}: {}", connection.peer(), e.getMessage());
            muxed.reset();
            return;
        }
        Thread.ofVirtual().name("stream of " + connection.peer()).start(() -> serve(muxed, place));
    }

    private void serve(MuxedStream muxed, StreamScope place) {
        boolean agreed = false;
        try {
            ProtocolStream stream = agree(muxed, place);
            agreed = true;
            run(stream);
        } catch (IOException e) {
            LOG.debug("no protocol was agreed on with {}: {}", connection.peer(), e.toString());
        } finally {
            if (!agreed) {
                muxed.reset();
                place.close();
            }
        }
    }

    private ProtocolStream agree(MuxedStream muxed, StreamScope place) throws IOException {
        muxed.deadline(Connection.NEGOTIATION_TIME);
        String protocol = Multistream.answer(muxed, handlers::serves);
        muxed.deadline(Duration.ZERO);
        place.setProtocol(protocol);
        return connection.enlist(muxed, protocol, Direction.INBOUND, place);
    }

    private void run(ProtocolStream stream) {
        boolean served = false;
        try {
            Optional<StreamHandler> handler = handlers.find(stream.protocol());
            if (handler.isEmpty()) return;
            handler.get().handle(stream);
            stream.close();
            served = true;
        } catch (IOException e) {
            LOG.debug("{} failed: {}", stream, e.toString());
        } finally {
            if (!served) stream.reset();
        }
    }
}
