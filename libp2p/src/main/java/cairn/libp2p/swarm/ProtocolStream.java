package cairn.libp2p.swarm;

import cairn.libp2p.bandwidth.TrafficCounter;
import cairn.libp2p.limits.Direction;
import cairn.libp2p.muxer.MuxedStream;
import cairn.multiformats.peer.PeerId;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;

/// A protocol stream is a stream on which both ends have agreed what they speak. Its place among
/// the host's streams is given back when both ends have said all, when it is closed or reset, at
/// the latest when its connection ends; and always before the other end learns of it, so that one
/// that opens a stream for each that has ended never passes a limit.
///
/// Reader and writer each note their own end before they look at the other's; giving back twice
/// does nothing.
public final class ProtocolStream implements MuxedStream {
    private final MuxedStream muxed;
    private final Connection connection;
    private final String protocol;
    private final Direction direction;
    private final TrafficCounter counter;
    private final Consumer<ProtocolStream> whenDone;
    private volatile boolean endRead;
    private volatile boolean endWritten;

    ProtocolStream(
            MuxedStream muxed,
            Connection connection,
            String protocol,
            Direction direction,
            TrafficCounter counter,
            Consumer<ProtocolStream> whenDone) {
        this.muxed = muxed;
        this.connection = connection;
        this.protocol = protocol;
        this.direction = direction;
        this.counter = counter;
        this.whenDone = whenDone;
    }

    public Connection connection() {
        return connection;
    }

    /// The peer at the other end.
    public PeerId peer() {
        return connection.peer();
    }

    /// What both ends speak, such as `/ipfs/ping/1.0.0`.
    public String protocol() {
        return protocol;
    }

    /// Which end opened the stream.
    public Direction direction() {
        return direction;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int n = muxed.read(target, offset, length);
        if (n > 0) counter.received(n);
        if (n < 0) {
            endRead = true;
            if (endWritten) whenDone.accept(this);
        }
        return n;
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
        muxed.write(source, offset, length);
        counter.sent(length);
    }

    @Override
    public void closeWrite() throws IOException {
        endWritten = true;
        if (endRead) whenDone.accept(this);
        muxed.closeWrite();
    }

    @Override
    public void closeRead() throws IOException {
        muxed.closeRead();
    }

    @Override
    public void deadline(Duration fromNow) {
        muxed.deadline(fromNow);
    }

    @Override
    public void reset() {
        whenDone.accept(this);
        muxed.reset();
    }

    @Override
    public void close() throws IOException {
        whenDone.accept(this);
        muxed.close();
    }

    /// The protocol, the peer and which end opened it.
    @Override
    public String toString() {
        return direction + " " + protocol + " with " + peer();
    }
}
