package cairn.libp2p.mdns;

import static org.assertj.core.api.Assertions.assertThat;

import cairn.multiformats.MalformedException;
import cairn.multiformats.multiaddr.Multiaddr;
import cairn.multiformats.peer.PeerId;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SightingsTest {
    private final AtomicLong nanos = new AtomicLong();
    private final Sightings sightings = new Sightings(nanos::get);

    @Test
    void a_peer_is_news_once_a_minute_or_when_it_has_another_address() throws Exception {
        assertThat(see(1, "/ip4/10.0.0.1/tcp/1", "/ip4/10.0.0.1/tcp/2")).isTrue();
        assertThat(see(1, "/ip4/10.0.0.1/tcp/1", "/ip4/10.0.0.1/tcp/2")).isFalse();
        assertThat(see(1, "/ip4/10.0.0.1/tcp/1")).isFalse();
        assertThat(see(1, "/ip4/10.0.0.1/tcp/3")).isTrue();
        nanos.addAndGet(Sightings.AGAIN.toNanos());
        assertThat(see(1, "/ip4/10.0.0.1/tcp/3")).isTrue();
    }

    @Test
    void a_forger_of_peers_is_slowed_down() throws Exception {
        for (int i = 0; i < Sightings.BURST; i++) assertThat(see(i, "/tcp/1")).isTrue();
        assertThat(see(Sightings.BURST, "/tcp/1")).isFalse();
        nanos.addAndGet(Duration.ofMillis(100).toNanos());
        assertThat(see(Sightings.BURST, "/tcp/1")).isTrue();
        assertThat(see(Sightings.BURST + 1, "/tcp/1")).isFalse();
    }

    @Test
    void so_many_peers_are_remembered_and_no_more() throws Exception {
        for (int i = 0; i < 2 * Sightings.MAX_PEERS; i++) {
            nanos.addAndGet(Duration.ofSeconds(1).toNanos() / Sightings.PER_SECOND);
            assertThat(see(i, "/tcp/1")).isTrue();
        }
        assertThat(sightings.size()).isEqualTo(Sightings.MAX_PEERS);
    }

    private boolean see(int peer, String... addresses) throws MalformedException {
        ByteBuffer id = ByteBuffer.allocate(34).put((byte) 0x12).put((byte) 0x20).putInt(peer);
        List<Multiaddr> all = new ArrayList<>();
        for (String address : addresses) all.add(Multiaddr.parse(address));
        return sightings.isNews(PeerId.of(id.array()), all);
    }
}
