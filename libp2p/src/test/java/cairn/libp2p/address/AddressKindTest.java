package cairn.libp2p.address;

import static org.assertj.core.api.Assertions.assertThat;

import cairn.multiformats.multiaddr.Multiaddr;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressKindTest {
    @ParameterizedTest
    @CsvSource({
        "/ip4/127.0.0.1/tcp/1, LOOPBACK",
        "/ip4/127.255.255.255/tcp/1, LOOPBACK",
        "/ip6/::1/tcp/1, LOOPBACK",
        "/ip6/::ffff:127.0.0.1/tcp/1, LOOPBACK",
        "/dns4/localhost/tcp/1, LOOPBACK",
        "/dns/A.LocalHost./tcp/1, LOOPBACK",
        "/dns4/127.0.0.1/tcp/1, LOOPBACK",
        "/ip4/10.255.0.1/tcp/1, PRIVATE",
        "/ip4/172.16.0.1/tcp/1, PRIVATE",
        "/ip4/172.31.255.255/tcp/1, PRIVATE",
        "/ip4/172.32.0.0/tcp/1, PUBLIC",
        "/ip4/192.168.1.1/tcp/1, PRIVATE",
        "/ip4/100.64.0.1/tcp/1, PRIVATE",
        "/ip4/100.128.0.1/tcp/1, PUBLIC",
        "/ip6/::ffff:10.0.0.1/tcp/1, PRIVATE",
        "/ip6/64:ff9b::a00:1/tcp/1, PRIVATE",
        "/ip6/64:ff9b::808:808/tcp/1, PUBLIC",
        "/dns/printer.local/tcp/1, PRIVATE",
        "/dns/kubo/tcp/1, PRIVATE",
        "/ip4/169.254.1.1/tcp/1, LINK_LOCAL",
        "/ip6/fe80::1/tcp/1, LINK_LOCAL",
        "/ip6zone/eth0/ip6/fe80::1/tcp/1, LINK_LOCAL",
        "/ip6/fd00::1/tcp/1, UNIQUE_LOCAL",
        "/ip4/8.8.8.8/tcp/1, PUBLIC",
        "/ip6/2606:4700::1/udp/1/quic-v1, PUBLIC",
        "/dnsaddr/bootstrap.libp2p.io, PUBLIC",
        "/ip4/0.0.0.0/tcp/1, UNSPECIFIED",
        "/ip6/::/tcp/1, UNSPECIFIED",
        "/ip4/192.0.2.1/tcp/1, RESERVED",
        "/ip4/224.0.0.251/udp/5353, RESERVED",
        "/ip4/255.255.255.255/tcp/1, RESERVED",
        "/ip6/2001:db8::1/tcp/1, RESERVED",
        "/ip6/ff02::fb/udp/5353, RESERVED",
        "/dns/x.invalid/tcp/1, RESERVED",
        "/ip4/8.8.8.8/tcp/1/p2p-circuit, RELAYED",
        "/p2p-circuit, RELAYED",
        "/unix/a, OTHER",
        "/memory/1, OTHER",
        "/ip6zone/eth0, OTHER",
    })
    void an_address_reaches_as_far_as_its_host(String address, AddressKind kind) throws Exception {
        assertThat(AddressKind.of(Multiaddr.parse(address))).isEqualTo(kind);
    }
}
