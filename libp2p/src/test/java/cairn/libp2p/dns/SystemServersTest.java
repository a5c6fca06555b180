package cairn.libp2p.dns;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

final class SystemServersTest {
    @Test
    void the_file_of_hosts_has_no_texts() throws TextParseException {
        Name name = Name.fromString("_dnsaddr.localhost.");
        assertThat(new SystemServers().host(name, Type.TXT)).isEmpty();
    }
}
