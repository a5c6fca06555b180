package cairn.libp2p.swarm;

import static cairn.libp2p.limits.Direction.INBOUND;
import static cairn.libp2p.limits.Direction.OUTBOUND;
import static org.assertj.core.api.Assertions.assertThat;

import cairn.libp2p.bandwidth.Bandwidth;
import cairn.libp2p.bandwidth.Rates;
import cairn.libp2p.crypto.SigningKey;
import cairn.libp2p.limits.Direction;
import cairn.libp2p.limits.Limits;
import cairn.libp2p.limits.ResourceLimits;
import cairn.libp2p.transport.Link;
import cairn.multiformats.multiaddr.Multiaddr;
import cairn.multiformats.peer.PeerId;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Which of several connections to one peer is the best.
class ConnectionsTest {
    private static final String DIRECT = "/ip4/192.0.2.1/tcp/1";

    private final SigningKey smaller;
    private final SigningKey greater;
    private final ResourceLimits limits = new ResourceLimits(Limits.of(1L << 30, 1 << 10));
    private final Bandwidth bandwidth = new Bandwidth(Rates.UNLIMITED);
    private long lastId;

    ConnectionsTest() {
        SigningKey one = SigningKey.generate();
        SigningKey other = SigningKey.generate();
        boolean inOrder = one.peerId().compareTo(other.peerId()) < 0;
        smaller = inOrder ? one : other;
        greater = inOrder ? other : one;
    }

    private Connection connection(SigningKey peer, Direction direction, String address)
            throws IOException {
        Multiaddr remote = Multiaddr.parse(address);
        Link link =
                new Link(
                        new QuietConnection(),
                        peer.publicKey(),
                        Multiaddr.parse(DIRECT),
                        remote,
                        "/none",
                        "/none");
        InetAddress ip = InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 1});
        Place place =
                new Place(limits.openConnection(direction, ip, true), bandwidth.connection(ip));
        return new Connection(++lastId, link, direction, place, bandwidth, Instant.EPOCH);
    }

    private static void assertBest(Connection best, PeerId self, Connection... all) {
        Connections forth = new Connections(self);
        Connections back = new Connections(self);
        Stream.of(all).forEach(forth::add);
        Stream.of(all).toList().reversed().forEach(back::add);
        assertThat(forth.best(best.peer())).contains(best);
        assertThat(back.best(best.peer())).contains(best);
    }

    @Test
    void of_two_that_one_end_dialled_it_is_the_newer() throws Exception {
        for (Direction direction : Direction.values()) {
            Connection older = connection(greater, direction, DIRECT);
            Connection newer = connection(greater, direction, DIRECT);
            assertBest(newer, smaller.peerId(), older, newer);
        }
    }

    @Test
    void of_two_that_each_end_dialled_one_of_it_is_that_of_the_smaller_id_at_both_ends()
            throws Exception {
        Connection dialledHere = connection(greater, OUTBOUND, DIRECT);
        Connection dialledThere = connection(greater, INBOUND, DIRECT);
        assertBest(dialledHere, smaller.peerId(), dialledHere, dialledThere);

        Connection takenHere = connection(smaller, INBOUND, DIRECT);
        Connection takenThere = connection(smaller, OUTBOUND, DIRECT);
        assertBest(takenHere, greater.peerId(), takenHere, takenThere);
    }

    @Test
    void a_direct_one_is_better_than_a_newer_one_through_a_relay() throws Exception {
        Connection direct = connection(greater, INBOUND, DIRECT);
        String relay = "/p2p/" + SigningKey.generate().peerId() + "/p2p-circuit";
        Connection relayed = connection(greater, OUTBOUND, DIRECT + relay);
        assertBest(direct, smaller.peerId(), direct, relayed);
        assertBest(relayed, smaller.peerId(), relayed);
    }

    @Test
    void one_that_is_closed_is_never_it_and_one_that_is_gone_is_forgotten() throws Exception {
        Connection older = connection(greater, OUTBOUND, DIRECT);
        Connection newer = connection(greater, OUTBOUND, DIRECT);
        newer.close();
        assertBest(older, smaller.peerId(), older, newer);

        Connections connections = new Connections(smaller.peerId());
        connections.add(older);
        connections.remove(older);
        assertThat(connections.best(greater.peerId())).isEmpty();
        assertThat(connections.of(greater.peerId())).isEmpty();
        assertThat(connections.all()).isEmpty();
    }
}
