package cairn.node.gateways;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Deque;
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
        assertThat(redirects.next(PUBLIC, PUBLIC, location).uri().getScheme()).isEqualTo("https");
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
        assertThat(redirects.next(HOME, HOME, "http://inward.example/y").uri())
                .hasToString("http://inward.example/y");
    }

    @Test
    void what_the_settings_name_counts_and_not_the_last_step() {
        URI step = URI.create("https://other.example/y");
        assertThatThrownBy(() -> redirects.next(PUBLIC, step, "https://inward.example/"))
                .isInstanceOf(UnusableAnswerException.class);
    }

    /// A name that leads to one address after the other, the last one for ever.
    private static final class Changing implements Redirects.Names {
        private final Deque<String> answers;

        Changing(String... answers) {
            this.answers = new ArrayDeque<>(List.of(answers));
        }

        @Override
        public List<InetAddress> of(String host) {
            String next = answers.size() > 1 ? answers.removeFirst() : answers.getFirst();
            return List.of(InetAddress.ofLiteral(next));
        }
    }

    @Test
    void one_that_was_on_the_internet_stays_so_whatever_its_name_leads_to_later() throws Exception {
        URI named = URI.create("http://changing.example/ipfs/x");
        Redirects changing = new Redirects(new Changing("1.1.1.1", "1.1.1.1", "127.0.0.1"));
        changing.begin(named);
        for (String location : List.of("/y", "http://other.example/"))
            assertThatThrownBy(() -> changing.next(named, named, location))
                    .isInstanceOf(UnusableAnswerException.class);
        assertThatThrownBy(() -> changing.begin(named)).isInstanceOf(UnusableAnswerException.class);
    }

    @Test
    void what_is_reached_without_tls_is_reached_where_it_was_found() throws Exception {
        URI named = URI.create("http://public.example/ipfs/x");
        InetAddress found = InetAddress.ofLiteral("2606:4700::1111");
        assertThat(redirects.next(named, named, "http://other.example:8080/y").address())
                .contains(new InetSocketAddress(found, 8080));
        assertThat(redirects.next(named, named, "http://other.example/y").address())
                .contains(new InetSocketAddress(found, 80));
        assertThat(redirects.next(named, named, "https://other.example/y").address()).isEmpty();
    }
}
