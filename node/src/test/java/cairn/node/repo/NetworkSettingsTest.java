package cairn.node.repo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.libp2p.bandwidth.Rates;
import cairn.libp2p.connections.Watermarks;
import cairn.libp2p.limits.ScopeLimits;
import cairn.multiformats.multiaddr.Multiaddr;
import cairn.node.json.Json;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the settings of the network mean, and how wrong ones are told.
final class NetworkSettingsTest {
    private static NetworkSettings settings(String... keysAndValues) throws IOException {
        return NetworkSettings.of(config(keysAndValues));
    }

    private static Config config(String... keysAndValues) throws IOException {
        Config config = Config.initial();
        for (int i = 0; i < keysAndValues.length; i += 2)
            config = config.with(keysAndValues[i], Json.parse(keysAndValues[i + 1]));
        return config;
    }

    @Test
    void a_node_that_was_told_nothing_listens_as_kubo_does_and_knows_the_public_peers()
            throws IOException {
        NetworkSettings usual = settings();
        assertThat(usual.listen())
                .containsExactly(
                        Multiaddr.parse("/ip4/0.0.0.0/tcp/4001"),
                        Multiaddr.parse("/ip6/::/tcp/4001"),
                        Multiaddr.parse("/ip4/0.0.0.0/udp/4001/quic-v1"),
                        Multiaddr.parse("/ip6/::/udp/4001/quic-v1"));
        assertThat(usual.api()).containsExactly(Multiaddr.parse("/ip4/127.0.0.1/tcp/5001"));
        assertThat(usual.bootstrap()).hasSize(6);
        assertThat(usual.watermarks().low()).isEqualTo(32);
        assertThat(usual.watermarks().high()).isEqualTo(96);
        assertThat(usual.rates()).isEqualTo(Rates.UNLIMITED);
        assertThat(usual.mdns()).isTrue();
    }

    @Test
    void sources_over_http_are_urls_and_multiaddrs_unless_that_is_switched_off()
            throws IOException {
        String sources = "[\"https://example.org/\", \"/ip4/127.0.0.1/tcp/80/http\"]";
        assertThat(settings("HTTPRetrieval.Sources", sources).httpSources())
                .hasToString("[https://example.org, http://127.0.0.1:80]");
        assertThat(
                        settings("HTTPRetrieval.Sources", sources, "HTTPRetrieval.Enabled", "false")
                                .httpSources())
                .isEmpty();
        assertThatThrownBy(() -> settings("HTTPRetrieval.Sources", "[\"example.org\"]"))
                .hasMessageContaining("HTTPRetrieval.Sources");
    }

    @Test
    void an_address_alone_is_a_list_of_one() throws IOException {
        assertThat(settings("Addresses.API", "\"/ip4/127.0.0.1/tcp/1\"").api())
                .containsExactly(Multiaddr.parse("/ip4/127.0.0.1/tcp/1"));
    }

    @Test
    void rates_are_bytes_a_second_in_words() throws IOException {
        NetworkSettings held =
                settings(
                        "Limits.Upload", "\"2MB\"",
                        "Limits.PeerDownload", "\"1.5MiB\"",
                        "Limits.Local", "true");
        assertThat(held.rates()).isEqualTo(new Rates(2_000_000, 0, 0, 1_572_864, true));
    }

    @Test
    void there_is_room_for_twice_the_connections_that_are_kept() throws IOException {
        NetworkSettings many = settings("Swarm.ConnMgr.HighWater", "2000");
        assertThat(many.limits().system().connections()).isEqualTo(4000);
        assertThat(settings("Swarm.ResourceMgr.Enabled", "false").limits().system().connections())
                .isEqualTo(ScopeLimits.UNLIMITED);
    }

    /// Or whoever connects and does nothing would shut out all others, and never be closed.
    @ParameterizedTest
    @ValueSource(ints = {1, 96, 128, 256, 2000, 100_000})
    void connections_that_come_in_reach_the_high_watermark_and_leave_room_for_own_ones(int high)
            throws IOException {
        ScopeLimits all =
                settings("Swarm.ConnMgr.LowWater", "1", "Swarm.ConnMgr.HighWater", "" + high)
                        .limits()
                        .system();
        assertThat(all.inboundConnections()).isGreaterThan(high + high / 2);
        assertThat(all.connections() - all.inboundConnections()).isGreaterThanOrEqualTo(32);
    }

    @Test
    void memory_of_the_network_fits_into_the_heap_unless_told() throws IOException {
        assertThat(settings().limits().system().memory())
                .isLessThan(Runtime.getRuntime().maxMemory());
        assertThat(settings("Swarm.ResourceMgr.MaxMemory", "\"64MiB\"").limits().system().memory())
                .isEqualTo(64 << 20);
    }

    @Test
    void connections_are_kept_between_two_numbers() throws IOException {
        Watermarks few =
                settings("Swarm.ConnMgr.LowWater", "8", "Swarm.ConnMgr.HighWater", "16")
                        .watermarks();
        assertThat(few.low()).isEqualTo(8);
        assertThat(few.high()).isEqualTo(16);
        assertThat(settings("Swarm.ConnMgr.GracePeriod", "\"1m\"").watermarks().grace())
                .isEqualTo(Duration.ofMinutes(1));
        assertThat(settings("Swarm.ConnMgr.Type", "\"none\"").watermarks().high())
                .isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void kept_peers_are_objects_of_an_id_and_addresses() throws IOException {
        String id = "12D3KooWDpJ7As7BWAwRMfu1VU2WCqNjvq387JEYKDBj4kx6nXTN";
        NetworkSettings kept =
                settings(
                        "Peering.Peers",
                        "[{\"ID\":\"" + id + "\",\"Addrs\":[\"/ip4/192.0.2.1/tcp/1\"]}]");
        assertThat(kept.peering()).hasSize(1);
        assertThat(kept.peering().getFirst().peer()).hasToString(id);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Addresses.Swarm | [\"/ip4/1.2.3/tcp/1\"]",
                "Addresses.Swarm | [1]",
                "Addresses.API | 5001",
                "Addresses.NoAnnounce | [\"/ip4/1.2.3.4/ipcidr/99\"]",
                "Bootstrap | [\"/ip4/192.0.2.1/tcp/1\"]",
                "Bootstrap | [\"default\"]",
                "Peering.Peers | [{\"Addrs\":[]}]",
                "Peering.Peers | [\"/ip4/192.0.2.1/tcp/1\"]",
                "Swarm.AddrFilters | [\"/ip4/10.0.0.0\"]",
                "Swarm.ConnMgr.Type | \"strict\"",
                "Swarm.ConnMgr.LowWater | -1",
                "Swarm.ConnMgr.HighWater | 0",
                "Swarm.ConnMgr.GracePeriod | \"soon\"",
                "Swarm.ResourceMgr.MaxMemory | \"1MB\"",
                "Swarm.ResourceMgr.MaxFileDescriptors | 0",
                "Discovery.MDNS.Enabled | \"perhaps\"",
                "DNS.Resolvers | {\".\": 1}",
                "DNS.Resolvers | {\".\": \"nowhere\"}",
                "Limits.Upload | \"fast\"",
                "Limits.Upload | \"-1\""
            })
    void a_wrong_value_is_an_error_that_names_its_key(String key, String value) {
        assertThatThrownBy(() -> config(key, value))
                .isInstanceOf(RepoException.class)
                .hasMessageContaining(key);
    }

    @ParameterizedTest
    @CsvSource({
        "Swarm.ConnMgr.LowWater, 200, up to Swarm.ConnMgr.HighWater, which is 96",
        "Swarm.ConnMgr.HighWater, 10, from Swarm.ConnMgr.LowWater on, which is 32",
    })
    void watermarks_out_of_order_are_told_with_both(
            String key, long value, String told, String rest) {
        assertThatThrownBy(() -> Config.initial().with(key, number(value)))
                .isInstanceOf(RepoException.class)
                .hasMessageContainingAll(key + " can't be", told + "," + " " + rest);
    }

    @Test
    void watermarks_can_be_moved_one_after_the_other() throws IOException {
        assertThat(
                        settings(
                                        "Swarm.ConnMgr.HighWater", "2000",
                                        "Swarm.ConnMgr.LowWater", "1000")
                                .watermarks()
                                .low())
                .isEqualTo(1000);
    }

    @Test
    void auto_stands_for_the_public_peers() throws IOException {
        assertThat(settings("Bootstrap", "[\"auto\"]").bootstrap())
                .isEqualTo(settings().bootstrap());
        assertThat(NetworkSettings.namesBootstrap(config("Bootstrap", "[\"auto\"]"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"Swarm, 7", "Peering, 5", "Discovery, []"})
    void a_part_that_is_no_object_is_told(String part, String value) throws IOException {
        Config config = new Config(Config.initial().root().with(part, Json.parse(value)));
        assertThatThrownBy(config::check)
                .hasMessage("the setting " + part + " takes an object of settings, not " + value);
    }

    @Test
    void a_value_of_another_type_is_told_with_the_type_that_is_taken() throws IOException {
        Config config =
                new Config((Json.Obj) Json.parse("{\"Discovery\":{\"MDNS\":{\"Enabled\":\"x\"}}}"));
        assertThatThrownBy(() -> NetworkSettings.of(config))
                .hasMessage("the setting Discovery.MDNS.Enabled takes true or false, not \"x\"");
    }

    private static Json number(long value) {
        return Json.Num.of(value);
    }
}
