package cairn.libp2p.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import cairn.libp2p.crypto.SigningKey;
import cairn.libp2p.host.Host;
import cairn.libp2p.host.HostOptions;
import cairn.libp2p.limits.Direction;
import cairn.multiformats.multiaddr.Multiaddr;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BootstrapTest {
    private final List<Host> hosts = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (Host host : hosts) host.close();
    }

    private Host host() throws IOException {
        Host host =
                Host.open(
                        HostOptions.of(SigningKey.generate())
                                .listen(List.of(Multiaddr.parse("/ip4/127.0.0.1/tcp/0"))));
        hosts.add(host);
        return host;
    }

    private static PeerAddresses at(Host host) {
        return new PeerAddresses(host.id(), host.listenAddresses());
    }

    private static long dialled(Host host) {
        return host.swarm().connections().stream()
                .filter(connection -> connection.direction() == Direction.OUTBOUND)
                .count();
    }

    @Test
    void of_many_peers_as_many_are_dialled_as_are_missing_to_four() throws Exception {
        Host one = host();
        List<PeerAddresses> known = new ArrayList<>();
        for (int i = 0; i < 6; i++) known.add(at(host()));
        try (Bootstrap bootstrap = new Bootstrap(one.swarm(), known)) {
            bootstrap.start();
            await().until(() -> dialled(one) == 4);
        }
        assertThat(dialled(one)).isEqualTo(4);
    }

    /// They chose this host, so they may all be of one mind.
    @Test
    void those_who_connect_here_don_t_keep_it_from_the_peers_it_knows() throws Exception {
        Host one = host();
        for (int i = 0; i < 5; i++)
            host().connect(one.listenAddresses().getFirst().withPeer(one.id()));
        Host known = host();
        try (Bootstrap bootstrap = new Bootstrap(one.swarm(), List.of(at(known)))) {
            bootstrap.start();
            await().until(() -> one.swarm().connection(known.id()).isPresent());
        }
    }
}
