package cairn.libp2p.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.multiformats.MalformedException;
import cairn.multiformats.multiaddr.Multiaddr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressFiltersTest {
    @ParameterizedTest
    @CsvSource({
        "/ip4/10.0.0.0/ipcidr/8, /ip4/10.255.255.255/tcp/1, true",
        "/ip4/10.0.0.0/ipcidr/8, /ip4/11.0.0.0/tcp/1, false",
        "/ip4/10.1.2.3/ipcidr/8, /ip4/10.9.9.9/tcp/1, true", // bits behind the mask
        "/ip4/10.0.0.0/ipcidr/8, /ip6/::ffff:10.0.0.1/tcp/1, true", // the same host
        "/ip6/::ffff:10.0.0.0/ipcidr/104, /ip4/10.0.0.1/tcp/1, true",
        "/ip6/::/ipcidr/0, /ip4/10.0.0.1/tcp/1, false", // all of IPv6 is none of IPv4
        "/ip4/0.0.0.0/ipcidr/0, /ip4/255.255.255.255/tcp/1, true",
        "/ip4/0.0.0.0/ipcidr/0, /ip6/::1/tcp/1, false",
        "/ip4/1.2.3.4/ipcidr/32, /ip4/1.2.3.4/udp/1/quic-v1, true",
        "/ip4/1.2.3.4/ipcidr/32, /ip4/1.2.3.5/tcp/1, false",
        "/ip6/fc00::/ipcidr/7, /ip6/fdff::1/tcp/1, true",
        "/ip6/fe80::/ipcidr/10, /ip6zone/eth0/ip6/fe80::1/tcp/1, true",
        "/ip6/fc00::/ipcidr/7, /ip6/fe00::/tcp/1, false",
        "/ip4/127.0.0.0/ipcidr/8, /dns4/127.0.0.1/tcp/1, true",
        "/ip4/127.0.0.0/ipcidr/8, /dns4/localhost/tcp/1, false", // until it is resolved
        "/ip4/127.0.0.0/ipcidr/8, /unix/a, false",
    })
    void a_mask_covers_the_addresses_that_share_its_bits(
            String mask, String address, boolean blocked) throws Exception {
        var filters = new AddressFilters();
        filters.add(Multiaddr.parse(mask));
        assertThat(filters.blocks(Multiaddr.parse(address))).isEqualTo(blocked);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/ip4/10.0.0.0/ipcidr/33",
                "/ip6/::/ipcidr/129",
                "/ip4/10.0.0.0",
                "/ipcidr/8",
                "/dns/a.b/ipcidr/8",
                "/ip4/10.0.0.0/ipcidr/8/tcp/1",
                "/ip4/10.0.0.0/tcp/8",
            })
    void what_is_no_mask_is_refused(String mask) {
        assertThatThrownBy(() -> new AddressFilters().add(Multiaddr.parse(mask)))
                .isInstanceOf(MalformedException.class);
    }

    @Test
    void masks_come_and_go_while_in_use() throws Exception {
        Multiaddr ten = Multiaddr.parse("/ip4/10.0.0.0/ipcidr/8");
        Multiaddr address = Multiaddr.parse("/ip4/10.0.0.1/tcp/1");
        var filters = new AddressFilters();
        assertThat(filters.blocks(address)).isFalse();
        assertThat(filters.add(ten)).isTrue();
        assertThat(filters.add(ten)).isFalse();
        assertThat(filters.masks()).containsExactly(ten);
        assertThat(filters.blocks(address)).isTrue();
        assertThat(filters.remove(ten)).isTrue();
        assertThat(filters.remove(ten)).isFalse();
        assertThat(filters.blocks(address)).isFalse();
        assertThat(filters.masks()).isEmpty();
    }
}
