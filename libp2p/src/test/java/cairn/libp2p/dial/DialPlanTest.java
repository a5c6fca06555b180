package cairn.libp2p.dial;

import static org.assertj.core.api.Assertions.assertThat;

import cairn.multiformats.MalformedException;
import cairn.multiformats.multiaddr.Multiaddr;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DialPlanTest {
    @Test
    void a_public_peer_is_tried_by_quic_then_tcp_then_websocket() throws Exception {
        assertThat(
                        plan(
                                "/ip4/192.0.2.1/tcp/4001/ws",
                                "/ip4/192.0.2.1/tcp/4001",
                                "/ip4/192.0.2.1/udp/4001/quic-v1"))
                .containsExactly(
                        "0 /ip4/192.0.2.1/udp/4001/quic-v1",
                        "250 /ip4/192.0.2.1/tcp/4001",
                        "500 /ip4/192.0.2.1/tcp/4001/ws");
    }

    @Test
    void on_loopback_and_lan_tcp_goes_first_and_waits_are_short() throws Exception {
        assertThat(plan("/ip4/127.0.0.1/udp/1/quic-v1", "/ip4/127.0.0.1/tcp/1"))
                .containsExactly("0 /ip4/127.0.0.1/tcp/1", "30 /ip4/127.0.0.1/udp/1/quic-v1");
        assertThat(plan("/ip6/fd00::1/udp/1/quic-v1", "/ip4/10.1.2.3/tcp/1"))
                .containsExactly("0 /ip4/10.1.2.3/tcp/1", "30 /ip6/fd00::1/udp/1/quic-v1");
        assertThat(plan("/ip4/100.64.0.1/udp/1/quic-v1", "/ip4/100.64.0.1/tcp/1"))
                .containsExactly("0 /ip4/100.64.0.1/tcp/1", "30 /ip4/100.64.0.1/udp/1/quic-v1");
    }

    @Test
    void ipv6_goes_before_ipv4_of_the_same_kind() throws Exception {
        assertThat(plan("/ip4/192.0.2.1/udp/1/quic-v1", "/ip6/2001:db8::1/udp/1/quic-v1"))
                .containsExactly(
                        "0 /ip6/2001:db8::1/udp/1/quic-v1", "250 /ip4/192.0.2.1/udp/1/quic-v1");
    }

    @Test
    void the_lan_doesn_t_hold_up_what_is_public() throws Exception {
        assertThat(plan("/ip4/192.168.0.2/tcp/1", "/ip4/192.0.2.1/tcp/1"))
                .containsExactly("0 /ip4/192.168.0.2/tcp/1", "0 /ip4/192.0.2.1/tcp/1");
    }

    @Test
    void relays_wait_for_direct_addresses_only_where_there_are_some() throws Exception {
        String relayed =
                "/ip4/192.0.2.9/tcp/1/p2p/12D3KooWGC6TvWhfapngX6wvJHMYvKpDMXPb3ZnCZ6dMoaMtimQ5/p2p-circuit";
        assertThat(plan(relayed, "/ip4/192.0.2.1/tcp/1"))
                .containsExactly("0 /ip4/192.0.2.1/tcp/1", "500 " + relayed);
        assertThat(plan(relayed)).containsExactly("0 " + relayed);
    }

    private static List<String> plan(String... addresses) throws MalformedException {
        List<Multiaddr> parsed = new ArrayList<>();
        for (String address : addresses) parsed.add(Multiaddr.parse(address));
        return DialPlan.of(parsed).steps().stream()
                .map(step -> step.delay().toMillis() + " " + step.address())
                .toList();
    }
}
