package cairn.libp2p.bandwidth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import cairn.multiformats.Multicodec;
import cairn.multiformats.Multihash;
import cairn.multiformats.peer.PeerId;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class BandwidthTest {
    private static final long SECOND = 1_000_000_000L;
    private static final PeerId ALICE = peer(1);

    private final AtomicLong nanos = new AtomicLong();
    private final Bandwidth bandwidth = new Bandwidth(Rates.UNLIMITED, nanos::get);

    private static PeerId peer(int number) {
        byte[] bytes = ByteBuffer.allocate(4).putInt(number).array();
        return PeerId.of(Multihash.of(Multicodec.IDENTITY, bytes));
    }

    private static InetAddress ip(String text) throws IOException {
        return InetAddress.getByName(text);
    }

    private ConnectionMeter meter() throws IOException {
        return bandwidth.connection(ip("192.0.2.1"));
    }

    @Test
    void bytes_count_for_all_and_for_the_peer_once_it_is_known() throws Exception {
        ConnectionMeter meter = meter();
        meter.sending(100);
        meter.received(10);
        assertThat(bandwidth.traffic(ALICE)).isEmpty();
        meter.setPeer(ALICE);
        meter.sending(200);
        meter.received(20);
        assertThat(bandwidth.traffic()).isEqualTo(new Traffic(300, 30, 0, 0));
        assertThat(bandwidth.traffic(ALICE)).contains(new Traffic(200, 20, 0, 0));
        assertThatThrownBy(() -> meter.setPeer(peer(2))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void connections_of_one_peer_count_together() throws Exception {
        for (int i = 0; i < 2; i++) {
            ConnectionMeter meter = meter();
            meter.setPeer(ALICE);
            meter.sending(50);
        }
        assertThat(bandwidth.traffic(ALICE).orElseThrow().sent()).isEqualTo(100);
    }

    @Test
    void streams_count_for_their_protocol() {
        bandwidth.protocol("/echo").sent(5);
        bandwidth.protocol("/echo").received(7);
        assertThat(bandwidth.traffic("/echo")).contains(new Traffic(5, 7, 0, 0));
        assertThat(bandwidth.traffic("/other")).isEmpty();
        assertThat(bandwidth.traffic().sent()).isZero();
    }

    @Test
    void protocols_beyond_the_most_count_together() {
        for (int i = 0; i < 2 * Bandwidth.MAX_PROTOCOLS; i++) bandwidth.protocol("/p" + i).sent(1);
        assertThat(bandwidth.traffic("/p0").orElseThrow().sent()).isEqualTo(1);
        assertThat(bandwidth.traffic(Bandwidth.OTHER_PROTOCOLS).orElseThrow().sent())
                .isEqualTo(Bandwidth.MAX_PROTOCOLS);
    }

    @Test
    void a_rate_is_that_of_the_last_seconds() throws Exception {
        ConnectionMeter meter = meter();
        for (int i = 0; i < 100; i++) {
            meter.sending(100);
            nanos.addAndGet(SECOND / 10);
        }
        assertThat(bandwidth.traffic().sendRate()).isCloseTo(1000, within(1.0));
        nanos.addAndGet(2 * SECOND);
        assertThat(bandwidth.traffic().sendRate()).isCloseTo(1000 * Math.exp(-2), within(1.0));
        nanos.addAndGet(3600 * SECOND);
        assertThat(bandwidth.traffic().sendRate()).isCloseTo(0, within(1e-9));
        assertThat(bandwidth.traffic().sent()).isEqualTo(10_000);
    }

    @Test
    void a_burst_after_a_silence_is_not_spread_over_it() throws Exception {
        ConnectionMeter meter = meter();
        nanos.addAndGet(3600 * SECOND);
        meter.received(1000);
        nanos.addAndGet(SECOND);
        assertThat(bandwidth.traffic().receiveRate()).isCloseTo(632, within(1.0));
    }

    @Test
    void a_peer_that_went_is_known_for_an_hour() throws Exception {
        ConnectionMeter meter = meter();
        meter.setPeer(ALICE);
        meter.sending(1);
        nanos.addAndGet(2 * Bandwidth.REMEMBERED.toNanos());
        assertThat(bandwidth.traffic(ALICE)).isPresent();
        meter.close();
        meter.close();
        nanos.addAndGet(Bandwidth.REMEMBERED.toNanos());
        assertThat(bandwidth.traffic(ALICE)).isPresent();
        nanos.addAndGet(1);
        assertThat(bandwidth.traffic(ALICE)).isEmpty();
    }

    @Test
    void a_peer_that_comes_back_goes_on_where_it_was() throws Exception {
        for (int i = 0; i < 2; i++) {
            try (ConnectionMeter meter = meter()) {
                meter.setPeer(ALICE);
                meter.sending(1);
            }
        }
        assertThat(bandwidth.traffic(ALICE).orElseThrow().sent()).isEqualTo(2);
    }

    @Test
    void peers_that_went_are_bounded_and_the_first_to_go_is_forgotten() throws Exception {
        for (int i = 0; i <= Bandwidth.MAX_GONE; i++) {
            try (ConnectionMeter meter = meter()) {
                meter.setPeer(peer(i));
            }
        }
        assertThat(bandwidth.traffic(peer(0))).isEmpty();
        assertThat(bandwidth.traffic(peer(1))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "::1", "192.168.1.1", "100.64.0.1", "fe80::1", "fd00::1"})
    @Timeout(10)
    void what_no_provider_counts_is_held_to_no_rate(String address) throws Exception {
        bandwidth.change(new Rates(1, 1, 1, 1, false));
        ConnectionMeter near = bandwidth.connection(ip(address));
        near.sending(1 << 30);
        near.received(1 << 30);
    }

    @ParameterizedTest
    @CsvSource({"1, 0, 0, 0", "0, 1, 0, 0", "0, 0, 1, 0", "0, 0, 0, 1"})
    void each_rate_holds_back_what_it_is_for_but_not_what_is_local(
            long up, long down, long peerUp, long peerDown) throws Exception {
        bandwidth.change(new Rates(up, down, peerUp, peerDown, false));
        ConnectionMeter local = bandwidth.connection(ip("127.0.0.1"));
        local.setPeer(ALICE);
        local.sending(1 << 30);
        local.received(1 << 30);

        ConnectionMeter far = meter();
        far.setPeer(ALICE);
        boolean isUp = up + peerUp > 0;
        if (isUp) far.received(1 << 30);
        else far.sending(1 << 30);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> held =
                    threads.submit(
                            () -> {
                                if (isUp) far.sending(1000);
                                else far.received(1000);
                                return null;
                            });
            PeerBandwidth peer = bandwidth.join(ALICE);
            await().until(
                            () ->
                                    bandwidth.upload().waiting()
                                                    + bandwidth.download().waiting()
                                                    + peer.upload().waiting()
                                                    + peer.download().waiting()
                                            == 1);
            far.close();
            assertThatThrownBy(held::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(IOException.class);
        }
    }

    @Test
    void rates_that_are_lifted_let_go_whoever_waits() throws Exception {
        bandwidth.change(new Rates(1, 0, 1, 0, true));
        ConnectionMeter local = bandwidth.connection(ip("::1"));
        local.setPeer(ALICE);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> held =
                    threads.submit(
                            () -> {
                                local.sending(1000);
                                return null;
                            });
            PeerBandwidth peer = bandwidth.join(ALICE);
            await().until(() -> peer.upload().waiting() == 1);
            bandwidth.change(Rates.UNLIMITED);
            held.get();
        }
    }
}
