package cairn.node.gateways;

import cairn.bitswap.client.Clock;
import cairn.bitswap.client.SystemClock;
import cairn.bitswap.message.ByteAllowance;
import cairn.libp2p.bandwidth.Bandwidth;
import cairn.multiformats.Hashes;
import java.io.Closeable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The sources over HTTP that a node's settings name. Each session has all of them but those that
/// lied.
public final class HttpSources implements Closeable {
    /// How much of blocks may be on the way into memory, from all servers and from one.
    private static final int MOST_INCOMING = 16 << 20;

    private static final int MOST_INCOMING_OF_ONE = 8 << 20;

    private final Requests requests;
    private final List<Gateway> gateways = new ArrayList<>();
    private final List<Archive> archives = new ArrayList<>();

    private HttpSources(Requests requests) {
        this.requests = requests;
    }

    /// Those at some addresses. Nothing is asked before a session wants something.
    ///
    /// @param bandwidth counts what comes, and holds it to the node's rates
    /// @param hashes check the blocks of archives
    public static HttpSources open(
            List<SourceAddress> addresses, Bandwidth bandwidth, Hashes hashes) {
        Redirects redirects = new Redirects(Redirects.Names::system);
        return open(addresses, bandwidth, hashes, Pace.DEFAULT, redirects);
    }

    static HttpSources open(
            List<SourceAddress> addresses,
            Bandwidth bandwidth,
            Hashes hashes,
            Pace pace,
            Redirects redirects) {
        Requests requests = new Requests(pace, redirects);
        HttpSources sources = new HttpSources(requests);
        ByteAllowance memory = new ByteAllowance(MOST_INCOMING);
        Reads reads = new Reads();
        Clock clock = new SystemClock();
        for (SourceAddress address : addresses) {
            ServerMeter meter = new ServerMeter(bandwidth, address.uri());
            Patience patience = new Patience(pace.headers());
            switch (address.form()) {
                case GATEWAY -> {
                    // Who is too slow is ended by the pace.
                    ByteAllowance part = memory.part(MOST_INCOMING_OF_ONE, () -> {});
                    BlockRequests blocks =
                            new BlockRequests(address, requests, part, meter, patience);
                    sources.gateways.add(new Gateway(address, blocks, clock, pace));
                }
                case ARCHIVE ->
                        sources.archives.add(
                                new Archive(address, requests, meter, patience, hashes, reads));
            }
        }
        return sources;
    }

    /// Those of one session, which closes them.
    public SessionSources begin() {
        return new SessionSources(
                gateways.stream().filter(g -> !g.isBanned()).map(Gateway::begin).toList(),
                archives.stream().filter(a -> !a.isBanned()).map(ArchiveSource::new).toList());
    }

    public List<SourceStat> stat() {
        return Stream.concat(
                        gateways.stream().map(Gateway::stat), archives.stream().map(Archive::stat))
                .toList();
    }

    /// Ends all connections.
    @Override
    public void close() {
        requests.close();
    }
}
