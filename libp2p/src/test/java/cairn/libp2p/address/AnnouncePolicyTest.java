package cairn.libp2p.address;

import static org.assertj.core.api.Assertions.assertThat;

import cairn.multiformats.MalformedException;
import cairn.multiformats.multiaddr.Multiaddr;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnnouncePolicyTest {
    private static final List<Multiaddr> OWN =
            all(
                    "/ip4/127.0.0.1/tcp/4001",
                    "/ip4/192.168.1.5/tcp/4001",
                    "/ip6/fd00::5/tcp/4001",
                    "/ip6/fe80::5/tcp/4001",
                    "/ip4/8.8.8.8/tcp/4001",
                    "/dns4/node.example.com/tcp/443/wss",
                    "/ip4/9.9.9.9/tcp/1/p2p-circuit");

    @ParameterizedTest
    @CsvSource({
        "/ip4/127.0.0.1/tcp/9, 0 1 2 3 4 5 6",
        "/ip4/192.168.1.9/tcp/9, 1 2 4 5 6",
        "/ip6/fe80::9/tcp/9, 1 2 3 4 5 6",
        "/ip4/1.1.1.1/tcp/9, 4 5 6",
        "/ip4/9.9.9.9/tcp/1/p2p-circuit, 4 5 6", // where it is, the relay doesn't say
        "/dns/example.com/tcp/9, 4 5 6",
    })
    void a_peer_is_told_what_it_can_reach(String remote, String expected) throws Exception {
        assertThat(AnnouncePolicy.visible(OWN, Multiaddr.parse(remote)))
                .isEqualTo(
                        Stream.of(expected.split(" "))
                                .map(i -> OWN.get(Integer.parseInt(i)))
                                .toList());
    }

    @Test
    void announced_addresses_take_the_place_of_own_ones_and_appended_ones_come_besides()
            throws Exception {
        List<Multiaddr> one = all("/ip4/1.1.1.1/tcp/1");
        List<Multiaddr> two = all("/ip4/2.2.2.2/tcp/2");
        List<Multiaddr> own = all("/ip4/3.3.3.3/tcp/3", "/ip4/3.3.3.3/tcp/3");
        assertThat(AnnouncePolicy.own().announced(own)).isEqualTo(all("/ip4/3.3.3.3/tcp/3"));
        assertThat(AnnouncePolicy.of(one, List.of(), List.of()).announced(own)).isEqualTo(one);
        assertThat(AnnouncePolicy.of(List.of(), two, List.of()).announced(own))
                .isEqualTo(all("/ip4/3.3.3.3/tcp/3", "/ip4/2.2.2.2/tcp/2"));
        assertThat(AnnouncePolicy.of(one, two, List.of()).announced(own))
                .isEqualTo(all("/ip4/1.1.1.1/tcp/1", "/ip4/2.2.2.2/tcp/2"));
    }

    @Test
    void what_is_not_to_be_announced_is_not_whoever_asked_for_it() throws Exception {
        AnnouncePolicy policy =
                AnnouncePolicy.of(
                        all("/ip4/10.1.1.1/tcp/1", "/ip4/1.1.1.1/tcp/1", "/ip4/1.1.1.1/tcp/2"),
                        all("/ip4/10.1.1.2/tcp/1"),
                        all("/ip4/10.0.0.0/ipcidr/8", "/ip4/1.1.1.1/tcp/2"));
        assertThat(policy.announced(List.of())).isEqualTo(all("/ip4/1.1.1.1/tcp/1"));
    }

    @Test
    void an_address_that_is_nobodys_is_not_announced() {
        assertThat(
                        AnnouncePolicy.own()
                                .announced(
                                        all(
                                                "/ip4/0.0.0.0/tcp/1",
                                                "/ip6/::/tcp/1",
                                                "/ip6/ff02::1/udp/1")))
                .isEmpty();
    }

    @Test
    void a_wildcard_stands_for_the_addresses_of_the_interfaces() throws Exception {
        InterfaceAddresses some =
                () ->
                        List.of(
                                InetAddress.ofLiteral("127.0.0.1"),
                                InetAddress.ofLiteral("10.0.0.1"),
                                InetAddress.ofLiteral("::1"),
                                InetAddress.ofLiteral("fe80::1"),
                                InetAddress.ofLiteral("2606::1"));
        assertThat(some.expand(Multiaddr.parse("/ip4/0.0.0.0/udp/4001/quic-v1")))
                .isEqualTo(
                        all("/ip4/127.0.0.1/udp/4001/quic-v1", "/ip4/10.0.0.1/udp/4001/quic-v1"));
        assertThat(some.expand(Multiaddr.parse("/ip6/::/tcp/1/ws")))
                .isEqualTo(all("/ip6/::1/tcp/1/ws", "/ip6/2606::1/tcp/1/ws"));
        assertThat(some.expand(Multiaddr.parse("/ip4/10.0.0.1/tcp/1")))
                .isEqualTo(all("/ip4/10.0.0.1/tcp/1"));
        InterfaceAddresses many = () -> Collections.nCopies(500, InetAddress.ofLiteral("10.0.0.1"));
        assertThat(many.expand(Multiaddr.parse("/ip4/0.0.0.0/tcp/1")))
                .hasSize(InterfaceAddresses.MAX_ADDRESSES);
    }

    @Test
    void this_host_has_a_loopback_address() throws Exception {
        assertThat(InterfaceAddresses.system().expand(Multiaddr.parse("/ip4/0.0.0.0/tcp/1")))
                .contains(Multiaddr.parse("/ip4/127.0.0.1/tcp/1"));
    }

    private static List<Multiaddr> all(String... texts) {
        return Stream.of(texts).map(AnnouncePolicyTest::parse).toList();
    }

    private static Multiaddr parse(String text) {
        try {
            return Multiaddr.parse(text);
        } catch (MalformedException e) {
            throw new UncheckedIOException(e);
        }
    }
}
