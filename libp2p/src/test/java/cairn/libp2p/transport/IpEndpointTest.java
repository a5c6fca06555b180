package cairn.libp2p.transport;

import static org.assertj.core.api.Assertions.assertThat;

import cairn.multiformats.multiaddr.AddressProtocol;
import cairn.multiformats.multiaddr.Multiaddr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IpEndpointTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/ip4/192.0.2.1/tcp/4001",
                "/ip4/192.0.2.1/tcp/0/ws",
                "/ip6/::1/udp/65535/quic-v1",
                "/ip6/2001:db8::1/tcp/443/tls/sni/example.com/ws",
                "/ip6zone/1/ip6/fe80::1/tcp/1",
            })
    void an_address_of_sockets_is_taken_apart_and_put_together_again(String text) throws Exception {
        Multiaddr address = Multiaddr.parse(text);
        assertThat(IpEndpoint.of(address).orElseThrow().multiaddr()).isEqualTo(address);
    }

    @Test
    void an_ipv4_address_mapped_into_ipv6_is_the_ipv4_address() throws Exception {
        var endpoint = IpEndpoint.of(Multiaddr.parse("/ip6/::ffff:192.0.2.1/tcp/1")).orElseThrow();
        assertThat(endpoint.multiaddr()).hasToString("/ip4/192.0.2.1/tcp/1");
        assertThat(endpoint.protocol()).isEqualTo(AddressProtocol.TCP);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/dns4/localhost/tcp/1", // a name
                "/ip4/192.0.2.1", // no port
                "/ip4/192.0.2.1/sctp/1",
                "/tcp/1",
                "/p2p-circuit",
                "/ip6zone/lo",
                "/ip6zone/lo/ip4/127.0.0.1/tcp/1", // would be looked up as a name
                "/ip6zone/nosuch0/ip6/fe80::1/tcp/1",
                "/ip6zone/a%b/ip6/fe80::1/tcp/1",
                "/ip6zone/999999999999/ip6/fe80::1/tcp/1",
                "/ip6zone/]/ip6/fe80::1/tcp/1",
            })
    void other_addresses_are_no_endpoint(String text) throws Exception {
        assertThat(IpEndpoint.of(Multiaddr.parse(text))).isEmpty();
    }
}
