package cairn.rpc.network;

import static cairn.rpc.server.Endpoint.withShortName;

import cairn.bitswap.client.ClientStat;
import cairn.bitswap.protocol.Bitswap;
import cairn.bitswap.server.ServerLedger;
import cairn.bitswap.server.ServerStat;
import cairn.bitswap.session.PartnerLedger;
import cairn.multiformats.Cid;
import cairn.multiformats.peer.PeerId;
import cairn.node.gateways.HttpSources;
import cairn.node.gateways.SourceStat;
import cairn.node.json.Json;
import cairn.rpc.server.Endpoint;
import cairn.rpc.server.Reply;
import cairn.rpc.server.Request;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Blocks that were traded with peers: `bitswap/stat`, `bitswap/wantlist` and `bitswap/ledger`.
public final class Exchanges {
    private final Bitswap bitswap;
    private final PeerId self;
    private final HttpSources sources;

    private Exchanges(Bitswap bitswap, PeerId self, HttpSources sources) {
        this.bitswap = bitswap;
        this.self = self;
        this.sources = sources;
    }

    /// The endpoints by their paths.
    ///
    /// @param self the node's own id
    /// @param sources that blocks come from besides peers
    public static Map<String, Endpoint> endpoints(
            Bitswap bitswap, PeerId self, HttpSources sources) {
        Exchanges exchanges = new Exchanges(bitswap, self, sources);
        Endpoint stat = (request, reply) -> exchanges.stat(reply);
        return Map.of(
                "bitswap/stat",
                stat,
                "stats/bitswap",
                stat,
                "bitswap/wantlist",
                withShortName("p", "peer", exchanges::wantlist),
                "bitswap/ledger",
                exchanges::ledger);
    }

    private void stat(Reply reply) throws IOException {
        ClientStat client = bitswap.client().stat();
        ServerStat server = bitswap.server().stat();
        PartnerLedger received = client.exchange().received();
        reply.value(
                new Fields()
                        .put("Wantlist", links(bitswap.client().wantlist()))
                        .put("Peers", Fields.strings(bitswap.partners()))
                        .number("BlocksReceived", received.blocks() + received.duplicates())
                        .number("DataReceived", received.bytes() + received.duplicateBytes())
                        .number("DupBlksReceived", received.duplicates())
                        .number("DupDataReceived", received.duplicateBytes())
                        .number("MessagesReceived", client.messages())
                        .number("BlocksSent", server.sent().blocksSent())
                        .number("DataSent", server.sent().bytesSent())
                        .put(
                                "Sources",
                                new Json.Arr(
                                        sources.stat().stream().map(Exchanges::source).toList()))
                        .object());
    }

    private static Json source(SourceStat stat) {
        return new Fields()
                .text("Name", stat.name())
                .number("BlocksReceived", stat.blocks())
                .number("DataReceived", stat.bytes())
                .number("DataPassedOver", stat.passedOver())
                .put("Banned", new Json.Bool(stat.banned()))
                .object();
    }

    private static Json links(List<Cid> cids) {
        return new Json.Arr(cids.stream().map(Exchanges::link).toList());
    }

    private static Json link(Cid cid) {
        return new Fields().text("/", cid).object();
    }

    private void wantlist(Request request, Reply reply) throws IOException {
        Optional<String> peer = request.text("peer").filter(text -> !text.isEmpty());
        List<Cid> wanted =
                peer.isEmpty() || peer.get().equals(self.toString())
                        ? bitswap.client().wantlist()
                        : bitswap.server().wantlist(Words.peerId(peer.get()));
        reply.value(new Fields().put("Keys", links(wanted)).object());
    }

    private void ledger(Request request, Reply reply) throws IOException {
        PeerId peer = Words.peerId(request.arguments("peer").getFirst());
        Optional<ServerLedger> sent = bitswap.server().ledger(peer);
        Optional<PartnerLedger> received = bitswap.client().ledger(peer);
        long bytesSent = sent.map(ServerLedger::bytesSent).orElse(0L);
        long bytesReceived = received.map(r -> r.bytes() + r.duplicateBytes()).orElse(0L);
        long blocks =
                sent.map(ServerLedger::blocksSent).orElse(0L)
                        + received.map(r -> r.blocks() + r.duplicates()).orElse(0L);
        // What Kubo calls the debt: how much more was sent than came.
        String debt = Double.toString((double) bytesSent / (bytesReceived + 1));
        reply.value(
                new Fields()
                        .text("Peer", peer)
                        .put("Value", new Json.Num(debt))
                        .number("Sent", bytesSent)
                        .number("Recv", bytesReceived)
                        .number("Exchanged", blocks)
                        .object());
    }
}
