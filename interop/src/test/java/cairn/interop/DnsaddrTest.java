package cairn.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Addresses that are names, as a local server of names has them.
final class DnsaddrTest {
    private static final String NAME = "peers.test";

    @Test
    void cairn_finds_a_peer_by_its_name() throws IOException {
        try (Implementation cairn = Workshop.here().cairn();
                Implementation go = RealPeers.go()) {
            finds(cairn, go);
        }
    }

    @Test
    void cairn_is_found_by_its_name() throws IOException {
        try (Implementation cairn = Workshop.here().cairn();
                Implementation go = RealPeers.go()) {
            finds(go, cairn);
        }
    }

    /// The name holds another peer too, and a name that leads to the address.
    private static void finds(Implementation dialling, Implementation listening)
            throws IOException {
        HostPlan plan = HostPlan.dialler();
        PeerHost other = listening.make(plan.listening(Carrier.TCP));
        PeerHost listener = listening.make(plan.listening(Carrier.TCP).listening(Carrier.QUIC));
        String far = "far." + NAME;
        try (TxtServer names =
                new TxtServer(
                        Map.of(
                                "_dnsaddr." + NAME,
                                List.of(
                                        "dnsaddr=" + Carrier.TCP.among(other.addresses()),
                                        "dnsaddr=/dnsaddr/" + far + "/p2p/" + listener.peerId(),
                                        "something else"),
                                "_dnsaddr." + far,
                                List.of("dnsaddr=" + Carrier.TCP.among(listener.addresses()))))) {
            PeerHost dialler = dialling.make(plan.asking(names.address()));
            dialler.dial("/dnsaddr/" + NAME + "/p2p/" + listener.peerId());
            assertThat(dialler.peers()).containsExactly(listener.peerId());
            assertThat(dialler.ping(listener.peerId(), 1)).hasSize(1);
        }
    }
}
