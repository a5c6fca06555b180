package cairn.libp2p.upgrade;

import cairn.libp2p.multistream.Multistream;
import cairn.libp2p.multistream.UnsupportedProtocolException;
import cairn.libp2p.muxer.MuxedConnection;
import cairn.libp2p.muxer.Muxer;
import cairn.libp2p.security.Secured;
import cairn.libp2p.security.Security;
import cairn.libp2p.transport.Admission;
import cairn.libp2p.transport.ChannelUpgrade;
import cairn.libp2p.transport.Link;
import cairn.libp2p.wire.Duplex;
import cairn.libp2p.wire.Role;
import cairn.multiformats.MalformedException;
import cairn.multiformats.multiaddr.Multiaddr;
import cairn.multiformats.peer.PeerId;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Makes links of bare connections: agrees on a security protocol by multistream-select, secures
/// the connection, and starts the muxer that was agreed on within that handshake; where it agreed
/// on none, multistream-select does. The dialler's preference counts in both.
public final class Upgrader implements ChannelUpgrade {
    private final Protector protector;
    private final Map<String, Security> securities;
    private final Map<String, Muxer> muxers;

    /// @param securities what is spoken, in the order in which a dialler proposes it
    /// @param muxers likewise
    public Upgrader(Protector protector, List<Security> securities, List<Muxer> muxers) {
        if (securities.isEmpty() || muxers.isEmpty())
            throw new IllegalArgumentException("a link needs security and a muxer");
        this.protector = protector;
        this.securities = byName(securities, Security::protocol);
        this.muxers = byName(muxers, Muxer::protocol);
    }

    private static <T> Map<String, T> byName(List<T> protocols, Function<T, String> name) {
        return protocols.stream()
                .collect(
                        Collectors.toMap(
                                name,
                                protocol -> protocol,
                                (first, second) -> {
                                    throw new IllegalArgumentException("two " + name.apply(first));
                                },
                                LinkedHashMap::new));
    }

    /// {@inheritDoc}
    ///
    /// @throws UnsupportedProtocolException when the other end has no security or muxer of ours
    @Override
    public Link upgrade(
            Duplex raw,
            Role role,
            Optional<PeerId> expected,
            Multiaddr local,
            Multiaddr remote,
            Admission admission)
            throws IOException {
        Duplex bare = protector.protect(raw);
        Security security = securities.get(agree(bare, role, securities));
        Secured secured = security.secure(bare, role, expected, List.copyOf(muxers.keySet()));
        String name =
                secured.muxer().isPresent()
                        ? secured.muxer().get()
                        : agree(secured.channel(), role, muxers);
        Muxer muxer = muxers.get(name);
        if (muxer == null) throw new MalformedException("the other end chose " + name);
        MuxedConnection muxed = muxer.over(secured.channel(), role, admission.memory());
        return new Link(muxed, secured.remoteKey(), local, remote, security.protocol(), name);
    }

    private static String agree(Duplex duplex, Role role, Map<String, ?> spoken)
            throws IOException {
        return switch (role) {
            case INITIATOR -> Multistream.select(duplex, List.copyOf(spoken.keySet()));
            case RESPONDER -> Multistream.answer(duplex, spoken::containsKey);
        };
    }
}
