package cairn.libp2p.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.multiformats.MalformedException;
import cairn.multiformats.multiaddr.Multiaddr;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NameResolverTest {
    private static final String A = "12D3KooWBtg3aaRMjxwedh83aGiUkwSxDwUZkzuJcfaqUmo7R3pq";
    private static final String B = "QmV2XBNAaFNq2TL1PM8VoZBoiMt5iu1Jc6zojdyVRim47P";

    private final AtomicLong nanos = new AtomicLong();
    private LoopbackDns dns;
    private NameResolver resolver;

    @BeforeEach
    void open() throws IOException {
        dns =
                new LoopbackDns()
                        .with(
                                "two.test 60 A 192.0.2.1",
                                "two.test 60 A 192.0.2.2",
                                "two.test 60 AAAA 2001:db8::1",
                                "four.test 60 A 192.0.2.4",
                                "alias.test 60 CNAME four.test",
                                "loop.test 60 CNAME loop.test",
                                "_dnsaddr.peers.test 60 TXT dnsaddr=/ip4/192.0.2.1/tcp/1/p2p/" + A,
                                "_dnsaddr.peers.test 60 TXT dnsaddr=/ip4/192.0.2.1/tcp/1/p2p/" + B,
                                "_dnsaddr.peers.test 60 TXT dnsaddr=/dns4/four.test/tcp/4/p2p/" + A,
                                "_dnsaddr.peers.test 60 TXT dnsaddr=/nosuch/1/p2p/" + A,
                                "_dnsaddr.peers.test 60 TXT v=spf1",
                                "_dnsaddr.up.test 60 TXT dnsaddr=/dnsaddr/peers.test/p2p/" + B);
        resolver = resolver(dns.server());
    }

    @AfterEach
    void close() throws IOException {
        resolver.close();
        dns.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/dns/two.test/tcp/1, /ip4/192.0.2.1/tcp/1 /ip4/192.0.2.2/tcp/1 /ip6/2001:db8::1/tcp/1",
        "/dns4/two.test/tcp/1, /ip4/192.0.2.1/tcp/1 /ip4/192.0.2.2/tcp/1",
        "/dns6/two.test/udp/1/quic-v1, /ip6/2001:db8::1/udp/1/quic-v1",
        "/dns6/four.test/tcp/1, ''",
        "/dns/nosuch.test/tcp/1, ''",
        "/dns/alias.test/tcp/1, /ip4/192.0.2.4/tcp/1",
        "/dns/loop.test/tcp/1, ''",
        "/dns4/FOUR.test./tcp/1, /ip4/192.0.2.4/tcp/1",
        "/ip4/192.0.2.9/tcp/1, /ip4/192.0.2.9/tcp/1",
    })
    void names_become_the_addresses_that_they_have(String address, String expected)
            throws IOException {
        assertThat(resolve(address)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "/dns4/four.test/tcp/1/tls/ws, /ip4/192.0.2.4/tcp/1/tls/sni/four.test/ws",
        "/dns4/four.test./tcp/1/wss, /ip4/192.0.2.4/tcp/1/tls/sni/four.test/ws",
        "/dns4/four.test/tcp/1/tls/sni/x.test/ws, /ip4/192.0.2.4/tcp/1/tls/sni/x.test/ws",
        "/dns4/four.test/tcp/1/ws, /ip4/192.0.2.4/tcp/1/ws",
        "/dns4/four.test/tcp/1/tls, /ip4/192.0.2.4/tcp/1/tls",
        "/dns4/127.0.0.1/tcp/1/wss, /ip4/127.0.0.1/tcp/1/wss",
    })
    void a_secure_websocket_keeps_the_name_to_ask_for(String address, String expected)
            throws IOException {
        assertThat(resolve(address)).isEqualTo(expected);
        assertThat(resolve(address + "/p2p/" + A)).isEqualTo(expected + "/p2p/" + A);
    }

    @Test
    void a_dnsaddr_gives_those_of_its_addresses_that_end_as_it_does() throws IOException {
        String first = "/ip4/192.0.2.1/tcp/1/p2p/" + A;
        String second = "/ip4/192.0.2.4/tcp/4/p2p/" + A;
        String other = "/ip4/192.0.2.1/tcp/1/p2p/" + B;
        assertThat(resolve("/dnsaddr/peers.test").split(" "))
                .containsExactlyInAnyOrder(first, second, other);
        assertThat(resolve("/dnsaddr/peers.test/p2p/" + A)).isEqualTo(first + " " + second);
        assertThat(resolve("/dnsaddr/up.test/p2p/" + B)).isEqualTo(other);
        assertThat(resolve("/dnsaddr/up.test/p2p/" + A)).isEmpty();
        assertThat(resolve("/dnsaddr/up.test")).isEqualTo(other);
        assertThat(resolve("/dnsaddr/peers.test/p2p/" + B + "/p2p-circuit/p2p/" + A))
                .isEqualTo(other + "/p2p-circuit/p2p/" + A);
    }

    @Test
    void a_chain_of_names_ends_at_its_fourth_link() throws IOException {
        for (int i = 1; i <= 4; i++)
            dns.with("_dnsaddr." + i + ".test 60 TXT dnsaddr=/dnsaddr/" + (i + 1) + ".test");
        dns.with("_dnsaddr.5.test 60 TXT dnsaddr=/ip4/192.0.2.5/tcp/5");
        assertThat(resolve("/dnsaddr/2.test")).isEqualTo("/ip4/192.0.2.5/tcp/5");
        assertThat(resolve("/dnsaddr/1.test")).isEmpty();
        dns.with("_dnsaddr.self.test 60 TXT dnsaddr=/dnsaddr/self.test");
        assertThat(resolve("/dnsaddr/self.test")).isEmpty();
    }

    @Test
    void what_one_address_may_cost_is_bounded() throws IOException {
        for (int i = 0; i < 150; i++) {
            dns.with("_dnsaddr.many.test 60 TXT dnsaddr=/ip4/192.0.2.1/tcp/" + (i + 1));
            dns.with("_dnsaddr.wide.test 60 TXT dnsaddr=/dnsaddr/" + i + ".wide.test");
        }
        assertThat(resolve("/dnsaddr/many.test").split(" ")).hasSize(NameResolver.MAX_ADDRESSES);
        dns.questions.set(0);
        assertThat(resolve("/dnsaddr/wide.test")).isEmpty();
        // One more: the first is asked again over TCP.
        assertThat(dns.questions.get()).isLessThanOrEqualTo(NameResolver.MAX_LOOKUPS + 1);
    }

    @Test
    void an_answer_that_does_not_fit_a_datagram_comes_over_tcp() throws IOException {
        for (int i = 0; i < 20; i++) dns.with("long.test 60 TXT " + i + "x".repeat(60));
        assertThat(resolver.texts("long.test").values()).hasSize(20);
        assertThat(dns.overTcp).hasValue(1);
    }

    @Test
    void texts_are_put_together_and_have_a_time_to_live() throws IOException {
        dns.with("txt.test 77 TXT \"a b\" \"c\"");
        assertThat(resolver.texts("txt.test"))
                .isEqualTo(new Answer<>(List.of("a bc"), Duration.ofSeconds(77)));
        assertThat(resolver.texts("four.test").values()).isEmpty();
        assertThat(resolver.texts("localhost").values()).isEmpty();
    }

    @Test
    void answers_are_kept_as_long_as_they_say_and_no_longer_than_is_allowed() throws IOException {
        resolver.addresses("four.test");
        int asked = dns.questions.get();
        resolver.addresses("FOUR.test.");
        assertThat(dns.questions).hasValue(asked);
        nanos.addAndGet(Duration.ofSeconds(61).toNanos());
        resolver.addresses("four.test");
        assertThat(dns.questions.get()).isGreaterThan(asked);

        var impatient =
                new NameResolver(
                        new DnsSettings(Map.of(".", dns.server()), Duration.ZERO), nanos::get);
        asked = dns.questions.get();
        impatient.texts("four.test");
        impatient.texts("four.test");
        assertThat(dns.questions).hasValue(asked + 2);
        impatient.close();
    }

    @Test
    void that_a_name_is_absent_is_kept_for_a_minute_at_most() throws IOException {
        assertThat(resolver.texts("later.test").values()).isEmpty();
        dns.with("later.test 60 TXT here");
        assertThat(resolver.texts("later.test").values()).isEmpty();
        nanos.addAndGet(Duration.ofSeconds(61).toNanos());
        assertThat(resolver.texts("later.test").values()).containsExactly("here");
    }

    @Test
    void dns_over_https_answers_alike() throws IOException {
        try (NameResolver https = resolver(dns.https())) {
            assertThat(https.resolve(Multiaddr.parse("/dnsaddr/up.test")))
                    .containsExactly(Multiaddr.parse("/ip4/192.0.2.1/tcp/1/p2p/" + B));
        }
    }

    @Test
    void an_answer_over_https_is_bounded() {
        dns.spoil(answer -> new byte[Exchange.MAX_ANSWER_BYTES + 1]);
        try (NameResolver https = resolver(dns.https())) {
            assertThatThrownBy(() -> https.texts("four.test"))
                    .isInstanceOf(UnresolvedException.class);
        }
    }

    @Test
    void names_of_this_host_and_ip_addresses_need_no_server() throws IOException {
        try (NameResolver deaf = resolver(NameServer.parse("udp:127.0.0.1:9"))) {
            InetAddress four = InetAddress.ofLiteral("127.0.0.1");
            InetAddress six = InetAddress.ofLiteral("::1");
            for (String name : List.of("localhost", "LocalHost.", "a.localhost"))
                assertThat(deaf.addresses(name)).containsExactly(four, six);
            assertThat(deaf.addresses("192.0.2.7"))
                    .containsExactly(InetAddress.ofLiteral("192.0.2.7"));
            assertThat(deaf.addresses("x.onion")).isEmpty();
            assertThat(deaf.addresses("x.invalid")).isEmpty();
            assertThat(deaf.resolve(Multiaddr.parse("/dns6/localhost/tcp/1")))
                    .containsExactly(Multiaddr.parse("/ip6/::1/tcp/1"));
        }
    }

    @Test
    void the_server_of_the_longest_suffix_is_asked() throws Exception {
        NameServer one = NameServer.parse("udp:127.0.0.1:1");
        NameServer two = NameServer.parse("udp:[::1]:2");
        var settings =
                DnsSettings.parse(
                        Map.of("eth.", "udp:127.0.0.1:1", "x.eth", "udp:[::1]:2", "a.", ""));
        assertThat(settings.serverFor("name.eth")).isEqualTo(one);
        assertThat(settings.serverFor("NAME.X.ETH.")).isEqualTo(two);
        assertThat(settings.serverFor("eth")).isEqualTo(one);
        assertThat(settings.serverFor("xeth")).isEqualTo(new NameServer.Host());
        assertThat(settings.serverFor("b.a")).isEqualTo(new NameServer.Host());
        assertThat(DnsSettings.parse(Map.of(".", "udp:127.0.0.1:1")).serverFor("x.y"))
                .isEqualTo(one);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "udp:localhost:53",
                "udp:127.0.0.1",
                "udp:127.0.0.1:0",
                "udp:127.0.0.1:65536",
                "http://dns.example/dns-query",
                "https:///x",
                "ftp://x",
                "dns.example",
                "https://a b",
            })
    void settings_that_name_no_server_are_refused(String text) {
        assertThatThrownBy(() -> NameServer.parse(text)).isInstanceOf(MalformedException.class);
    }

    @Test
    void a_server_that_answers_badly_is_a_failure_not_an_absence() throws IOException {
        List<byte[]> bad = new ArrayList<>();
        bad.add(new byte[12]);
        byte[] noise = new byte[200];
        for (int i = 0; i < noise.length; i++) noise[i] = (byte) (i * 31);
        bad.add(noise);
        for (byte[] answer : bad) {
            dns.spoil(
                    right -> {
                        byte[] wrong = answer.clone();
                        wrong[0] = right[0];
                        wrong[1] = right[1];
                        wrong[2] &= ~2;
                        return wrong;
                    });
            assertThatThrownBy(() -> resolve("/dns4/four.test/tcp/1"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("four.test");
        }
        dns.spoil(
                right -> {
                    right[3] = 2; // SERVFAIL
                    return right;
                });
        assertThatThrownBy(() -> resolver.addresses("four.test"))
                .isInstanceOf(UnresolvedException.class)
                .hasMessageContaining("SERVFAIL");
        dns.spoil(answer -> answer);
        assertThat(resolve("/dns4/four.test/tcp/1")).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a..b",
                "label-of-64-characters-label-of-64-characters-label-of-64-charact.test",
                "\\999.test",
                "x\\"
            })
    void what_is_no_name_of_dns_is_refused(String name) {
        assertThatThrownBy(() -> resolver.addresses(name)).isInstanceOf(IOException.class);
    }

    private NameResolver resolver(NameServer server) {
        return new NameResolver(
                new DnsSettings(Map.of(".", server), DnsSettings.DEFAULT_MAX_TTL), nanos::get);
    }

    private String resolve(String address) throws IOException {
        return String.join(
                " ",
                resolver.resolve(Multiaddr.parse(address)).stream()
                        .map(Multiaddr::toString)
                        .toList());
    }
}
