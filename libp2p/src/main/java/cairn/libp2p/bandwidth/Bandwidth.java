package cairn.libp2p.bandwidth;

import cairn.libp2p.address.AddressKind;
import cairn.multiformats.peer.PeerId;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/// The bandwidth of a host: what passed in all, by peer and by protocol, and the rates that it is
/// held to, which can be changed at any time.
///
/// Peers that are gone are remembered for [#REMEMBERED], at most [#MAX_GONE] of them. The maps of
/// peers are guarded by `this`; bytes are counted without it.
public final class Bandwidth {
    /// How long what a peer sent and received is known after its last byte.
    static final Duration REMEMBERED = Duration.ofHours(1);

    /// The most peers without a connection that are remembered.
    static final int MAX_GONE = 4096;

    /// The most protocols that are counted apart; a host speaks some dozens. The others count
    /// together, as [#OTHER_PROTOCOLS].
    static final int MAX_PROTOCOLS = 512;

    /// The name under which protocols beyond the most that are counted apart are counted.
    public static final String OTHER_PROTOCOLS = "other";

    private static final class Present {
        final PeerBandwidth bandwidth;
        int connections;

        Present(PeerBandwidth bandwidth) {
            this.bandwidth = bandwidth;
        }
    }

    private final LongSupplier nanos;
    private final TrafficCounter all;
    private final Throttle upload;
    private final Throttle download;
    private final Map<PeerId, Present> present = new HashMap<>();
    private final LinkedHashMap<PeerId, PeerBandwidth> gone = new LinkedHashMap<>();
    private final Map<String, TrafficCounter> protocols = new ConcurrentHashMap<>();
    private volatile Rates rates;

    public Bandwidth(Rates rates) {
        this(rates, System::nanoTime);
    }

    /// @param nanos a clock that only goes forward, in nanoseconds
    public Bandwidth(Rates rates, LongSupplier nanos) {
        this.rates = rates;
        this.nanos = nanos;
        this.all = new TrafficCounter(nanos);
        this.upload = new Throttle(rates.upload(), nanos);
        this.download = new Throttle(rates.download(), nanos);
    }

    /// A meter for a connection with an address.
    public ConnectionMeter connection(InetAddress remote) {
        return new ConnectionMeter(this, AddressKind.of(remote).isNear());
    }

    /// What the streams of a protocol count their bytes with.
    public TrafficCounter protocol(String id) {
        TrafficCounter known = protocols.get(id);
        if (known != null) return known;
        synchronized (this) {
            String name = protocols.size() < MAX_PROTOCOLS ? id : OTHER_PROTOCOLS;
            return protocols.computeIfAbsent(name, n -> new TrafficCounter(nanos));
        }
    }

    /// The rates in place.
    public Rates rates() {
        return rates;
    }

    /// Sets other rates; who waits goes by them at once.
    public synchronized void change(Rates next) {
        rates = next;
        upload.rate(next.upload());
        download.rate(next.download());
        for (Present peer : present.values()) apply(peer.bandwidth);
    }

    /// What passed in all.
    public Traffic traffic() {
        return all.traffic();
    }

    /// What passed between this host and a peer; empty where nothing is known of it.
    public synchronized Optional<Traffic> traffic(PeerId peer) {
        forgetOld();
        Present here = present.get(peer);
        PeerBandwidth bandwidth = here == null ? gone.get(peer) : here.bandwidth;
        return Optional.ofNullable(bandwidth).map(b -> b.counter().traffic());
    }

    /// What passed in the streams of a protocol; empty where there were none.
    public Optional<Traffic> traffic(String protocol) {
        return Optional.ofNullable(protocols.get(protocol)).map(TrafficCounter::traffic);
    }

    TrafficCounter all() {
        return all;
    }

    Throttle upload() {
        return upload;
    }

    Throttle download() {
        return download;
    }

    synchronized PeerBandwidth join(PeerId peer) {
        Present here = present.get(peer);
        if (here == null) {
            PeerBandwidth back = gone.remove(peer);
            if (back != null) apply(back);
            here = new Present(back == null ? new PeerBandwidth(rates, nanos) : back);
            present.put(peer, here);
        }
        here.connections++;
        return here.bandwidth;
    }

    synchronized void leave(PeerId peer) {
        Present here = present.get(peer);
        if (--here.connections > 0) return;
        present.remove(peer);
        here.bandwidth.counter().touch();
        gone.put(peer, here.bandwidth);
        if (gone.size() > MAX_GONE) gone.pollFirstEntry();
        forgetOld();
    }

    /// Peers went in the order of the map.
    private void forgetOld() {
        Iterator<PeerBandwidth> oldest = gone.values().iterator();
        long now = nanos.getAsLong();
        while (oldest.hasNext() && now - oldest.next().counter().lastUsed() > REMEMBERED.toNanos())
            oldest.remove();
    }

    private void apply(PeerBandwidth peer) {
        peer.upload().rate(rates.peerUpload());
        peer.download().rate(rates.peerDownload());
    }
}
