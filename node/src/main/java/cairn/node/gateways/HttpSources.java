package cairn.node.gateways;

import cairn.bitswap.client.Clock;
import cairn.bitswap.client.Source;
import cairn.bitswap.client.SystemClock;
import cairn.bitswap.message.ByteAllowance;
import cairn.libp2p.bandwidth.Bandwidth;
import cairn.node.gateways.SourceAddress.Form;
import java.io.Closeable;
import java.util.ArrayList;
import java.util.List;

/// The sources over HTTP that a node's settings name. Each session has all of them but those that
/// lied.
public final class HttpSources implements Closeable {
    /// How much of blocks may be on the way into memory, from all servers and from one.
    private static final int MOST_INCOMING = 16 << 20;

    private static final int MOST_INCOMING_OF_ONE = 8 << 20;

    private final Requests requests;
    private final List<Gateway> gateways = new ArrayList<>();

    private HttpSources(Requests requests) {
        this.requests = requests;
    }

    /// Those at some addresses. Nothing is asked before a session wants something.
    ///
    /// @param bandwidth counts what comes, and holds it to the node's rates
    public static HttpSources open(List<SourceAddress> addresses, Bandwidth bandwidth) {
        return open(addresses, bandwidth, Pace.DEFAULT, new Redirects(Redirects.Names::system));
    }

    static HttpSources open(
            List<SourceAddress> addresses, Bandwidth bandwidth, Pace pace, Redirects redirects) {
        Requests requests = new Requests(pace, redirects);
        HttpSources sources = new HttpSources(requests);
        ByteAllowance memory = new ByteAllowance(MOST_INCOMING);
        Clock clock = new SystemClock();
        for (SourceAddress address : addresses) {
            if (address.form() != Form.GATEWAY) continue;
            ServerMeter meter = new ServerMeter(bandwidth, address.uri());
            BlockRequests blocks =
                    new BlockRequests(
                            address,
                            requests,
                            memory.part(MOST_INCOMING_OF_ONE),
                            meter,
                            new Patience(pace.headers()));
            sources.gateways.add(new Gateway(address, blocks, clock, pace));
        }
        return sources;
    }

    /// Those of one session.
    public List<Source> begin() {
        List<Source> all = new ArrayList<>();
        for (Gateway gateway : gateways) if (!gateway.isBanned()) all.add(gateway.begin());
        return all;
    }

    public List<SourceStat> stat() {
        return gateways.stream().map(Gateway::stat).toList();
    }

    /// Ends all connections.
    @Override
    public void close() {
        requests.close();
    }
}
