package cairn.rpc.network;

import cairn.libp2p.discovery.PeerAddresses;
import cairn.libp2p.host.Host;
import cairn.multiformats.peer.PeerId;
import cairn.node.json.Json;
import cairn.rpc.server.Reply;
import cairn.rpc.server.Request;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Peers to stay connected with: `swarm/peering/add`, `ls` and `rm`. Until the node ends; those of
/// the settings come back with it.
final class KeptPeers {
    private final Host host;

    KeptPeers(Host host) {
        this.host = host;
    }

    void list(Reply reply) throws IOException {
        List<Json> peers = new ArrayList<>();
        for (PeerAddresses kept : host.kept())
            peers.add(
                    new Fields()
                            .text("ID", kept.peer())
                            .put("Addrs", Fields.strings(kept.addresses()))
                            .object());
        reply.value(new Fields().put("Peers", new Json.Arr(peers)).object());
    }

    void add(Request request, Reply reply) throws IOException {
        List<PeerAddresses> peers = Words.peers(request.arguments("address"));
        for (PeerAddresses peer : peers) {
            host.keep(peer);
            done(peer.peer(), reply);
        }
    }

    void remove(Request request, Reply reply) throws IOException {
        List<PeerId> peers = new ArrayList<>();
        for (String text : request.arguments("ID")) peers.add(Words.peer(text).peer());
        for (PeerId peer : peers) {
            boolean unusedKept = host.unkeep(peer); // clients take either for success
            done(peer, reply);
        }
    }

    private static void done(PeerId peer, Reply reply) throws IOException {
        reply.line(new Fields().text("ID", peer).text("Status", "success").object());
    }
}
