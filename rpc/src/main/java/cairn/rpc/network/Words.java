package cairn.rpc.network;

import cairn.libp2p.discovery.PeerAddresses;
import cairn.multiformats.MalformedException;
import cairn.multiformats.multiaddr.Multiaddr;
import cairn.multiformats.peer.PeerId;
import cairn.rpc.server.Request;
import java.util.ArrayList;
import java.util.List;

/// What clients name peers and addresses with.
final class Words {
    private Words() {}

    static Multiaddr address(String text) throws WrongArgumentException {
        if (!text.startsWith("/"))
            throw new WrongArgumentException(
                    "failed to parse multiaddr \"" + Request.brief(text) + "\": must begin with /");
        try {
            return Multiaddr.parse(text);
        } catch (MalformedException e) {
            throw new WrongArgumentException(
                    "failed to parse multiaddr \"" + Request.brief(text) + "\": " + e.getMessage());
        }
    }

    /// A peer with its addresses, from an address that ends in its id.
    static PeerAddresses peerAddresses(String text) throws WrongArgumentException {
        try {
            return PeerAddresses.of(address(text));
        } catch (MalformedException e) {
            throw new WrongArgumentException(e.getMessage());
        }
    }

    /// Peers with their addresses, each once.
    static List<PeerAddresses> peers(List<String> texts) throws WrongArgumentException {
        List<Multiaddr> addresses = new ArrayList<>();
        for (String text : texts) addresses.add(address(text));
        try {
            return PeerAddresses.group(addresses);
        } catch (MalformedException e) {
            throw new WrongArgumentException(e.getMessage());
        }
    }

    /// A peer, by its id or an address that ends in it.
    static PeerAddresses peer(String text) throws WrongArgumentException {
        if (text.startsWith("/")) return peerAddresses(text);
        return new PeerAddresses(peerId(text), List.of());
    }

    static PeerId peerId(String text) throws WrongArgumentException {
        try {
            return PeerId.parse(text);
        } catch (MalformedException e) {
            throw new WrongArgumentException(
                    "invalid peer id \"" + Request.brief(text) + "\": " + e.getMessage());
        }
    }
}
