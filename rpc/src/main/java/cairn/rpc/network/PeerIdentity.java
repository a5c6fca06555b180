package cairn.rpc.network;

import cairn.multiformats.Multibase;
import cairn.multiformats.multiaddr.Multiaddr;
import cairn.multiformats.peer.PeerId;
import cairn.multiformats.peer.PublicKey;
import cairn.node.json.Json;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// How what a peer is looks in JSON.
public final class PeerIdentity {
    private PeerIdentity() {}

    /// What a peer is, as far as it is known.
    ///
    /// @param id in the form that was asked for
    /// @param addresses with the peer
    public static Json.Obj object(
            String id,
            Optional<PublicKey> key,
            List<Multiaddr> addresses,
            String agent,
            Collection<String> protocols) {
        return new Fields()
                .text("ID", id)
                .text(
                        "PublicKey",
                        key.map(k -> Base64.getEncoder().encodeToString(k.encode())).orElse(""))
                .textsOrNull("Addresses", sorted(addresses))
                .text("AgentVersion", agent)
                .textsOrNull("Protocols", sorted(protocols))
                .object();
    }

    /// How ids are written in a base: `b58mh` for peer ids, else the name of a multibase for CIDs.
    /// Empty where there is no such base.
    public static Optional<Function<PeerId, String>> form(String base) {
        if (base.equals("b58mh") || base.equals("v0")) return Optional.of(PeerId::toString);
        return Multibase.named(base).map(named -> id -> id.toCid().toString(named));
    }

    static List<String> sorted(Collection<?> values) {
        return values.stream().map(Object::toString).sorted().toList();
    }
}
