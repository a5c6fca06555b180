package cairn.node.gateways;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.multiformats.Block;
import cairn.multiformats.MalformedException;
import cairn.node.gateways.SourceAddress.Form;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SourceAddressTest {
    @ParameterizedTest
    @CsvSource({
        "https://example.org, https://example.org",
        "https://example.org/, https://example.org",
        "https://example.org/ipfs/, https://example.org",
        "http://127.0.0.1:8080/mirror, http://127.0.0.1:8080/mirror",
        "http://[::1]:8080, http://[::1]:8080",
        "/dns/example.org/tcp/443/tls/http, https://example.org:443",
        "/dns4/example.org/tcp/443/https, https://example.org:443",
        "/ip4/127.0.0.1/tcp/8080/http, http://127.0.0.1:8080",
        "/ip6/::1/tcp/8080/http, http://[::1]:8080",
        "/dns/example.org/tcp/80/http/http-path/a%2Fb, http://example.org:80/a/b",
    })
    void a_gateway_is_named_by_a_url_or_a_multiaddr(String text, String url) throws Exception {
        SourceAddress address = SourceAddress.parse(text);
        assertThat(address.form()).isEqualTo(Form.GATEWAY);
        assertThat(address).hasToString(url);
        Block block = Answers.block("a block");
        assertThat(address.block(block.cid()))
                .hasToString(url + "/ipfs/" + block.cid() + "?format=raw");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://example.org/data.car",
                "https://example.org/DATA.CAR?token=1",
                "https://example.org/ipfs/bafkqaaa?format=car",
                "/dns/example.org/tcp/443/https/http-path/data.car"
            })
    void an_archive_is_known_by_its_url(String text) throws Exception {
        assertThat(SourceAddress.parse(text).form()).isEqualTo(Form.ARCHIVE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "example.org",
                "ftp://example.org",
                "https:example.org",
                "https://",
                "https://user:word@example.org",
                "https://example.org/#part",
                "https://example.org/?query",
                "https://example.org:0",
                "https://example.org:65536",
                "https://exa mple.org",
                "/dns/example.org/tcp/443",
                "/dns/example.org/tcp/443/tls",
                "/dns/example.org/tcp/443/wss",
                "/dns/example.org/udp/443/http",
                "/unix/socket/http"
            })
    void what_can_t_be_asked_over_http_is_refused(String text) {
        assertThatThrownBy(() -> SourceAddress.parse(text)).isInstanceOf(MalformedException.class);
    }

    @Test
    void an_address_without_end_is_refused() {
        String text = "https://example.org/" + "x".repeat(SourceAddress.MAX_CHARS);
        assertThatThrownBy(() -> SourceAddress.parse(text)).isInstanceOf(MalformedException.class);
    }
}
