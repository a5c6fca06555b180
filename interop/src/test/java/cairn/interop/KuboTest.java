package cairn.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.node.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What Cairn does with a real Kubo; and go-libp2p, which is the check that Kubo is run rightly.
final class KuboTest {
    private static final List<Json.Obj> NOBODY =
            List.of(new Json.Obj(Map.of("Peers", new Json.Null())));

    @TempDir private Path home;

    @ParameterizedTest
    @EnumSource(
            value = Carrier.class,
            names = {"TCP", "WEBSOCKET", "QUIC"})
    void go_dials_kubo_and_is_dialled(Carrier carrier) throws IOException {
        try (KuboDaemon kubo = kubo(Optional.empty());
                Implementation go = RealPeers.go()) {
            meet(kubo, go, carrier);
        }
    }

    @ParameterizedTest
    @MethodSource("cairnCarriers")
    void cairn_dials_kubo_and_is_dialled(Carrier carrier) throws IOException {
        try (KuboDaemon kubo = kubo(Optional.empty());
                Implementation cairn = Workshop.here().cairn()) {
            meet(kubo, cairn, carrier);
        }
    }

    static List<Carrier> cairnCarriers() {
        return CairnSpeaks.CARRIERS.stream().filter(c -> c != Carrier.SECURE_WEBSOCKET).toList();
    }

    private static void meet(KuboDaemon kubo, Implementation other, Carrier carrier)
            throws IOException {
        PeerHost host = other.make(HostPlan.dialler().listening(carrier));
        host.dial(carrier.among(kubo.addresses()));
        assertThat(host.identify(kubo.peerId(), Optional.empty()).agent()).startsWith("kubo/0.43");
        assertThat(host.ping(kubo.peerId(), 3)).hasSize(3);
        host.hangUp(kubo.peerId());
        Eventually.holds(() -> host.peers().isEmpty());
        Eventually.holds(() -> kubo.api("swarm/peers").equals(NOBODY));

        kubo.api("swarm/connect", carrier.among(host.addresses()));
        assertThat(host.peers()).containsExactly(kubo.peerId());
        assertThat(new Answer(kubo.api("id", host.peerId()).getFirst()).texts("Protocols"))
                .contains("/echo/1.0.0");
        assertThat(kubo.api("ping", host.peerId()).toString()).contains("Average latency");
    }

    @Test
    void a_private_network_takes_its_own_alone() throws IOException {
        String network = SwarmKey.make();
        try (KuboDaemon kubo = kubo(Optional.of(network));
                Implementation go = RealPeers.go();
                Implementation cairn = Workshop.here().cairn()) {
            for (Implementation other : List.of(go, cairn))
                for (Carrier carrier : List.of(Carrier.TCP, Carrier.WEBSOCKET))
                    takesItsOwnAlone(kubo, other, carrier, network);
        }
    }

    private static void takesItsOwnAlone(
            KuboDaemon kubo, Implementation other, Carrier carrier, String network)
            throws IOException {
        String address = carrier.among(kubo.addresses());
        HostPlan plan = HostPlan.dialler().listening(carrier);
        PeerHost member = other.make(plan.in(network));
        member.dial(address);
        assertThat(member.ping(kubo.peerId(), 3)).hasSize(3);
        member.hangUp(kubo.peerId());
        Eventually.holds(() -> kubo.api("swarm/peers").equals(NOBODY));
        kubo.api("swarm/connect", carrier.among(member.addresses()));
        assertThat(member.ping(kubo.peerId(), 3)).hasSize(3);
        member.hangUp(kubo.peerId());

        for (HostPlan strange : List.of(plan, plan.in(SwarmKey.make()))) {
            PeerHost stranger = other.make(strange);
            assertThatThrownBy(() -> stranger.dial(address)).isInstanceOf(PeerException.class);
            assertThatThrownBy(() -> kubo.api("swarm/connect", carrier.among(stranger.addresses())))
                    .isInstanceOf(PeerException.class);
        }
    }

    private KuboDaemon kubo(Optional<String> swarmKey) throws IOException {
        return RealPeers.orLeaveOut(
                () -> KuboDaemon.start(Workshop.here(), home.resolve("repo"), swarmKey));
    }
}
