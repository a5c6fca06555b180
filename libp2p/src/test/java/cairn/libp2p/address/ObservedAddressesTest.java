package cairn.libp2p.address;

import static org.assertj.core.api.Assertions.assertThat;

import cairn.libp2p.address.ObservedAddresses.Observation;
import cairn.multiformats.MalformedException;
import cairn.multiformats.multiaddr.Multiaddr;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObservedAddressesTest {
    private static final String LOCAL = "/ip4/192.168.1.5/tcp/4001";
    private static final String SEEN = "/ip4/8.8.8.8/tcp/4001";

    private final AtomicLong nanos = new AtomicLong();
    private final ObservedAddresses observed = new ObservedAddresses(nanos::get);

    @Test
    void an_address_is_believed_when_four_networks_agree() throws Exception {
        for (int i = 1; i <= 3; i++) observe("1.0." + i + ".1", SEEN);
        assertThat(believed()).isEmpty();
        observe("1.0.3.2", SEEN); // a neighbour of the third: the same /24
        assertThat(believed()).isEmpty();
        observe("1.0.4.1", SEEN);
        assertThat(believed()).containsExactly(Multiaddr.parse(SEEN));
        assertThat(observed.believed(Multiaddr.parse(LOCAL + "/ws")))
                .containsExactly(Multiaddr.parse(SEEN + "/ws"));
        assertThat(observed.believed(Multiaddr.parse("/ip4/192.168.1.5/tcp/1"))).isEmpty();
    }

    @Test
    void neighbours_in_ipv6_share_a_vote_up_to_56_bits() throws Exception {
        String local = "/ip6/fd00::5/udp/4001/quic-v1";
        String seen = "/ip6/2606::5/udp/4001/quic-v1";
        for (int i = 0; i < 8; i++)
            observed.observe(
                    Multiaddr.parse(local),
                    Multiaddr.parse("/ip6/2a00:0:0:" + i + "::1/udp/1/quic-v1"),
                    Multiaddr.parse(seen));
        assertThat(observed.believed(Multiaddr.parse(local))).isEmpty();
        for (int i = 1; i <= 3; i++)
            observed.observe(
                    Multiaddr.parse(local),
                    Multiaddr.parse("/ip6/2a00:0:0:" + i + "00::1/udp/1/quic-v1"),
                    Multiaddr.parse(seen));
        assertThat(observed.believed(Multiaddr.parse(local)))
                .containsExactly(Multiaddr.parse(seen));
    }

    @Test
    void a_network_has_one_vote_its_latest() throws Exception {
        for (int i = 1; i <= 4; i++) observe("1.0." + i + ".1", SEEN);
        observe("1.0.1.9", "/ip4/8.8.4.4/tcp/9");
        assertThat(believed()).isEmpty();
    }

    @Test
    void the_three_addresses_that_most_agree_on_are_kept() throws Exception {
        for (int address = 1; address <= 5; address++)
            for (int i = 0; i < 4 + address; i++)
                observe("1." + address + "." + i + ".1", "/ip4/8.8.8." + address + "/tcp/1");
        assertThat(believed())
                .containsExactly(
                        Multiaddr.parse("/ip4/8.8.8.5/tcp/1"),
                        Multiaddr.parse("/ip4/8.8.8.4/tcp/1"),
                        Multiaddr.parse("/ip4/8.8.8.3/tcp/1"));
    }

    @Test
    void a_vote_lasts_as_long_as_its_connection_and_half_an_hour_more() throws Exception {
        List<Observation> all = new ArrayList<>();
        for (int i = 1; i <= 4; i++) all.add(observe("1.0." + i + ".1", SEEN).orElseThrow());
        nanos.addAndGet(10 * ObservedAddresses.EXPIRY.toNanos());
        assertThat(believed()).hasSize(1);
        Observation again = observe("1.0.1.1", SEEN).orElseThrow();
        all.getFirst().close();
        all.getFirst().close(); // twice is once
        nanos.addAndGet(ObservedAddresses.EXPIRY.toNanos());
        assertThat(believed()).hasSize(1);
        again.close();
        nanos.addAndGet(ObservedAddresses.EXPIRY.toNanos() - 1);
        assertThat(believed()).hasSize(1);
        nanos.addAndGet(1);
        assertThat(believed()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/ip4/1.1.1.1/tcp/1, /ip4/8.8.8.8/udp/4001", // another protocol
        "/ip4/1.1.1.1/tcp/1, /ip6/2606::1/tcp/4001", // another family
        "/ip4/1.1.1.1/tcp/1, /ip4/127.0.0.1/tcp/4001",
        "/ip4/1.1.1.1/tcp/1, /ip4/0.0.0.0/tcp/4001",
        "/ip4/1.1.1.1/tcp/1, /ip4/192.168.0.1/tcp/4001", // nobody sees that from there
        "/ip4/1.1.1.1/tcp/1, /ip4/8.8.8.8/tcp/0",
        "/ip4/1.1.1.1/tcp/1, /ip4/8.8.8.8",
        "/ip4/1.1.1.1/tcp/1, /dns/example.com/tcp/1",
        "/ip4/192.168.1.9/tcp/1, /ip4/8.8.8.8/tcp/4001", // nor that from within
        "/ip4/127.0.0.1/tcp/1, /ip4/8.8.8.8/tcp/4001",
        "/ip4/1.1.1.1/tcp/1/p2p-circuit, /ip4/8.8.8.8/tcp/4001", // the relay's, not the peer's
        "/ip4/1.1.1.1/tcp/1, /ip4/8.8.8.8/tcp/4001/p2p-circuit",
    })
    void what_cannot_be_true_is_not_counted(String remote, String seen) throws Exception {
        assertThat(
                        observed.observe(
                                Multiaddr.parse(LOCAL),
                                Multiaddr.parse(remote),
                                Multiaddr.parse(seen)))
                .isEmpty();
    }

    @Test
    void voters_are_bounded_and_the_closed_make_room() throws Exception {
        Observation first = observe("1.0.0.1", SEEN).orElseThrow();
        for (int i = 1; i < ObservedAddresses.MAX_VOTERS; i++)
            assertThat(observe("2." + i / 250 + "." + i % 250 + ".1", SEEN)).isPresent();
        assertThat(observe("3.0.0.1", SEEN)).isEmpty();
        first.close();
        assertThat(observe("3.0.0.1", SEEN)).isPresent();
        assertThat(observe("3.0.1.1", SEEN)).isEmpty();
    }

    @Test
    void local_addresses_are_bounded() throws Exception {
        for (int port = 1; port <= ObservedAddresses.MAX_LOCAL; port++)
            assertThat(observeAt(port)).isPresent();
        assertThat(observeAt(ObservedAddresses.MAX_LOCAL + 1)).isEmpty();
        assertThat(observeAt(1)).isPresent();
    }

    private Optional<Observation> observeAt(int port) throws MalformedException {
        return observed.observe(
                Multiaddr.parse("/ip4/10.0.0.1/tcp/" + port),
                Multiaddr.parse("/ip4/1.1.1.1/tcp/1"),
                Multiaddr.parse(SEEN));
    }

    private Optional<Observation> observe(String observer, String seen) throws MalformedException {
        return observed.observe(
                Multiaddr.parse(LOCAL),
                Multiaddr.parse("/ip4/" + observer + "/tcp/1"),
                Multiaddr.parse(seen));
    }

    private List<Multiaddr> believed() throws MalformedException {
        return observed.believed(Multiaddr.parse(LOCAL));
    }
}
