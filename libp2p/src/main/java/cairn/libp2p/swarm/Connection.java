package cairn.libp2p.swarm;

import cairn.libp2p.bandwidth.Bandwidth;
import cairn.libp2p.limits.Direction;
import cairn.libp2p.limits.LimitExceededException;
import cairn.libp2p.limits.StreamScope;
import cairn.libp2p.multistream.Multistream;
import cairn.libp2p.muxer.MuxedStream;
import cairn.libp2p.transport.Link;
import cairn.multiformats.multiaddr.AddressProtocol;
import cairn.multiformats.multiaddr.Multiaddr;
import cairn.multiformats.peer.PeerId;
import cairn.multiformats.peer.PublicKey;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A connection is a link to a peer within a swarm: streams are opened on it, and those of the
/// other end find their handlers. Safe for any thread.
public final class Connection implements Closeable {
    /// How long agreeing on a protocol may take.
    static final Duration NEGOTIATION_TIME = Duration.ofSeconds(10);

    private final long id;
    private final Link link;
    private final Direction direction;
    private final Place place;
    private final Bandwidth bandwidth;
    private final Instant opened;
    private final Set<ProtocolStream> streams = ConcurrentHashMap.newKeySet();
    private final CountDownLatch identified = new CountDownLatch(1);

    /// What [#remoteInfo] weighs in the connection's scope; both change together, under `this`.
    private long infoWeight;

    private volatile Optional<RemoteInfo> remoteInfo = Optional.empty();

    Connection(
            long id,
            Link link,
            Direction direction,
            Place place,
            Bandwidth bandwidth,
            Instant opened) {
        this.id = id;
        this.link = link;
        this.direction = direction;
        this.place = place;
        this.bandwidth = bandwidth;
        this.opened = opened;
    }

    /// Its number among the connections of this host, greater for later ones.
    public long id() {
        return id;
    }

    public PeerId peer() {
        return link.remotePeer();
    }

    /// The key that the peer has proven to have.
    public PublicKey remoteKey() {
        return link.remoteKey();
    }

    public Multiaddr localAddress() {
        return link.local();
    }

    public Multiaddr remoteAddress() {
        return link.remote();
    }

    /// Which end dialled.
    public Direction direction() {
        return direction;
    }

    public Instant opened() {
        return opened;
    }

    /// The security protocol, such as `/noise`.
    public String security() {
        return link.security();
    }

    /// The muxer, such as `/yamux/1.0.0`.
    public String muxer() {
        return link.muxer();
    }

    /// Whether it goes through a relay, which bounds its time and bytes: for finding a direct way,
    /// not for bulk.
    public boolean isLimited() {
        return link.remote().has(AddressProtocol.P2P_CIRCUIT);
    }

    /// The last round trip that was measured.
    public Optional<Duration> roundTrip() {
        return link.muxed().roundTrip();
    }

    public boolean isClosed() {
        return link.muxed().isClosed();
    }

    /// The streams whose protocol is agreed on.
    public List<ProtocolStream> streams() {
        return List.copyOf(streams);
    }

    /// What the other end has said of itself, once it has.
    public Optional<RemoteInfo> remoteInfo() {
        return remoteInfo;
    }

    /// Waits until the other end has said what it is, or couldn't.
    ///
    /// @return whether that was within the time
    public boolean awaitIdentified(Duration time) throws InterruptedException {
        return identified.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Takes note of what the other end said of itself. It counts among the connection's memory.
    ///
    /// @throws LimitExceededException when there is no room for it; then what it said before stays
    public void learned(RemoteInfo info) throws LimitExceededException {
        long weight = info.weight();
        synchronized (this) {
            place.scope().reserve(weight);
            place.scope().release(infoWeight);
            infoWeight = weight;
            remoteInfo = Optional.of(info);
        }
        identified.countDown();
    }

    /// Takes note that the other end won't say what it is.
    public void remainsUnknown() {
        identified.countDown();
    }

    /// Opens a stream for the first of these protocols that the peer speaks. Where the peer has
    /// said that it speaks one, that one's name goes out with the first bytes that are written, and
    /// a refusal comes with the first read.
    ///
    /// @throws cairn.libp2p.multistream.UnsupportedProtocolException when it speaks none
    /// @throws cairn.libp2p.limits.LimitExceededException when there is no place for a stream
    public ProtocolStream open(List<String> protocols) throws IOException {
        StreamScope held = place.scope().openStream(Direction.OUTBOUND);
        MuxedStream muxed = null;
        boolean open = false;
        try {
            muxed = link.muxed().open();
            Optional<String> known = known(protocols);
            String protocol = known.isPresent() ? known.get() : agree(muxed, protocols);
            held.setProtocol(protocol);
            MuxedStream agreed = known.isPresent() ? Multistream.lazy(muxed, protocol) : muxed;
            ProtocolStream stream = enlist(agreed, protocol, Direction.OUTBOUND, held);
            open = true;
            return stream;
        } finally {
            if (!open && muxed != null) muxed.reset();
            if (!open) held.close();
        }
    }

    private Optional<String> known(List<String> protocols) {
        Set<String> spoken = remoteInfo.map(RemoteInfo::protocols).orElse(Set.of());
        return protocols.stream().filter(spoken::contains).findFirst();
    }

    private String agree(MuxedStream muxed, List<String> protocols) throws IOException {
        muxed.deadline(NEGOTIATION_TIME);
        String chosen = Multistream.select(muxed, protocols);
        muxed.deadline(Duration.ZERO);
        return chosen;
    }

    /// Makes a stream of one whose protocol is agreed on.
    ProtocolStream enlist(MuxedStream muxed, String protocol, Direction opener, StreamScope held) {
        ProtocolStream stream =
                new ProtocolStream(
                        muxed,
                        this,
                        protocol,
                        opener,
                        bandwidth.protocol(protocol),
                        done -> {
                            streams.remove(done);
                            held.close();
                        });
        streams.add(stream);
        return stream;
    }

    Place place() {
        return place;
    }

    Link link() {
        return link;
    }

    /// Ends the connection and all its streams.
    @Override
    public void close() throws IOException {
        link.muxed().close();
    }

    /// The peer and its address.
    @Override
    public String toString() {
        return link.remote().withPeer(peer()).toString();
    }
}
