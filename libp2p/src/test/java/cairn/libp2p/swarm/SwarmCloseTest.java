package cairn.libp2p.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.libp2p.bandwidth.Bandwidth;
import cairn.libp2p.bandwidth.Rates;
import cairn.libp2p.crypto.SigningKey;
import cairn.libp2p.limits.Limits;
import cairn.libp2p.limits.ResourceLimits;
import cairn.libp2p.transport.Admission;
import cairn.libp2p.transport.Inbound;
import cairn.libp2p.transport.Link;
import cairn.libp2p.transport.Listener;
import cairn.libp2p.transport.Transport;
import cairn.multiformats.multiaddr.Multiaddr;
import cairn.multiformats.peer.PeerId;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SwarmCloseTest {
    private final List<String> closed = new ArrayList<>();

    /// A transport whose listeners don't close well.
    private final class Stubborn implements Transport {
        @Override
        public boolean handles(Multiaddr address) {
            return true;
        }

        @Override
        public Link dial(Multiaddr address, PeerId expected, Admission admission) {
            throw new AssertionError("nobody dials");
        }

        @Override
        public Listener listen(Multiaddr address, Inbound inbound) {
            return new Listener() {
                @Override
                public Multiaddr address() {
                    return address;
                }

                @Override
                public void close() throws IOException {
                    closed.add(address.toString());
                    throw new IOException("stubborn");
                }
            };
        }

        @Override
        public void close() {
            closed.add("transport");
        }
    }

    @Test
    void a_listener_that_doesn_t_close_well_leaves_nothing_else_open() throws Exception {
        Swarm swarm =
                new Swarm(
                        SigningKey.generate().peerId(),
                        List.of(new Stubborn()),
                        new ResourceLimits(Limits.of(1L << 30, 1 << 10)),
                        ConnectionGate.open(),
                        new Bandwidth(Rates.UNLIMITED),
                        peer -> List.of(),
                        List::of,
                        InstantSource.system());
        swarm.listen(Multiaddr.parse("/ip4/127.0.0.1/tcp/1"));
        swarm.listen(Multiaddr.parse("/ip4/127.0.0.1/tcp/2"));
        assertThatThrownBy(swarm::close).hasMessage("stubborn");
        assertThat(closed)
                .containsExactly("/ip4/127.0.0.1/tcp/1", "/ip4/127.0.0.1/tcp/2", "transport");
    }
}
