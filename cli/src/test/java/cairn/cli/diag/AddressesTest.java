package cairn.cli.diag;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressesTest {
    /// The examples of RFC 5952, section 4, and both ends.
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, /ip4/127.0.0.1",
        "::1, /ip6/::1",
        "::, /ip6/::",
        "1::, /ip6/1::",
        "2001:db8:0:0:0:0:2:1, /ip6/2001:db8::2:1",
        "2001:db8:0:1:1:1:1:1, /ip6/2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1, /ip6/2001:0:0:1::1",
        "2001:db8:0:0:1:0:0:1, /ip6/2001:db8::1:0:0:1",
        "2001:DB8::ABCD, /ip6/2001:db8::abcd",
    })
    void texts_are_the_shortest(String address, String multiaddr) throws Exception {
        assertThat(Addresses.multiaddr(InetAddress.getByName(address))).isEqualTo(multiaddr);
    }
}
