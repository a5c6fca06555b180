package cairn.node.gateways;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RedirectsTest {
    private static final URI PUBLIC = URI.create("https://public.example/ipfs/x");
    private static final URI HOME = URI.create("http://home.example/ipfs/x");

    private final Redirects redirects = new Redirects(RedirectsTest::addresses);

    private static List<InetAddress> addresses(String host) throws UnknownHostException {
        Map<String, String> known =
                Map.of(
                        "public.example", "1.1.1.1",
                        "other.example", "2606:4700::1111",
                        "home.example", "192.168.1.2",
                        "inward.example", "10.0.0.1");
        if (known.containsKey(host)) return List.of(InetAddress.getAllByName(known.get(host)));
        if (host.equals("both.example"))
            return List.of(InetAddress.ofLiteral("1.1.1.1"), InetAddress.ofLiteral("127.0.0.1"));
        if (host.matches("[\\[\\]0-9a-f:.]+")) return List.of(InetAddress.getAllByName(host));
        throw new UnknownHostException(host);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://other.example/y", "/y", "y", "https://8.8.8.8/y"})
    void one_on_the_internet_leads_elsewhere_on_it(String location) throws Exception {
        assertThat(redirects.next(PUBLIC, PUBLIC, location).getScheme()).isEqualTo("https");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://inward.example/",
                "https://both.example/",
                "https://127.0.0.1/",
                "https://[::1]/",
                "https://[::ffff:127.0.0.1]/",
                "https://169.254.169.254/latest",
                "https://0.0.0.0/",
                "https://nowhere.example/",
                "http://other.example/",
                "file:///etc/passwd",
                "https://user@other.example/",
                "https://",
                "ht tp://other.example"
            })
    void one_on_the_internet_leads_nowhere_else(String location) {
        assertThatThrownBy(() -> redirects.next(PUBLIC, PUBLIC, location))
                .isInstanceOfAny(UnusableAnswerException.class, UnknownHostException.class);
    }

    @Test
    void one_of_one_s_own_network_leads_anywhere() throws Exception {
        assertThat(redirects.next(HOME, HOME, "http://inward.example/y"))
                .hasToString("http://inward.example/y");
    }

    @Test
    void what_the_settings_name_counts_and_not_the_last_step() {
        URI step = URI.create("https://other.example/y");
        assertThatThrownBy(() -> redirects.next(PUBLIC, step, "https://inward.example/"))
                .isInstanceOf(UnusableAnswerException.class);
    }
}
