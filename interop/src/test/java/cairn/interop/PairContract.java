package cairn.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import cairn.multiformats.peer.KeyType;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What two implementations must be able to do with each other, the first of which dials.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PairContract {
    private static final String NEW_PROTOCOL = "/cairn/interop/later/1";
    private static final long MUCH = 100_000_000;

    /// More than the window that a stream begins with, so that credit must come while it is half
    /// closed.
    private static final long OVER_A_WINDOW = 300_000;

    private static final int STREAMS = 1_000;

    /// Fewer than the 256 that go-libp2p takes of QUIC.
    private static final int AT_ONCE = 200;

    /// A lost TCP connection is noticed at once, a lost QUIC connection when its time is up.
    private static final Duration NOTICED = Duration.ofSeconds(60);

    private Implementation dialling;
    private Implementation listening;

    abstract Implementation startDialler() throws IOException;

    abstract Implementation startListener() throws IOException;

    /// The types of keys that hosts of both may have.
    List<KeyType> keys() {
        return List.of(KeyType.values());
    }

    /// What both can be connected by.
    List<Carrier> carriersOfBoth() {
        return List.of(Carrier.values());
    }

    /// What both can secure a connection with, unless its carrier does.
    List<String> securitiesOfBoth() {
        return List.of("tls", "noise");
    }

    /// Whether the dialler tells a stream of QUIC that was reset from one that ended.
    boolean seesResetsOverQuic() {
        return true;
    }

    @BeforeAll
    void start() throws IOException {
        dialling = startDialler();
        listening = startListener();
    }

    @AfterAll
    void stop() throws IOException {
        try (Implementation first = dialling;
                Implementation second = listening) {
            if (first != null) assertThat(first).isNotSameAs(second);
        }
    }

    List<Arguments> carriers() {
        List<Arguments> rows = new ArrayList<>();
        for (Carrier carrier : carriersOfBoth())
            for (String security : carrier.negotiates() ? securitiesOfBoth() : List.of("tls"))
                rows.add(arguments(carrier, security));
        return rows;
    }

    List<Arguments> carriersAndKeys() {
        List<Arguments> rows = new ArrayList<>();
        for (Arguments row : carriers())
            for (KeyType key : keys()) rows.add(arguments(row.get()[0], row.get()[1], key));
        return rows;
    }

    @ParameterizedTest
    @MethodSource("carriersAndKeys")
    void they_connect_identify_and_ping(Carrier carrier, String security, KeyType key)
            throws IOException {
        HostPlan plan = HostPlan.dialler().secured(security).with(key);
        try (PeerHost listener = listening.make(plan.listening(carrier));
                PeerHost dialler = dialling.make(plan)) {
            var dialled = dialler.dial(carrier.among(listener.addresses()));
            assertThat(dialled.peer()).isEqualTo(listener.peerId());
            if (carrier.negotiates()) {
                assertThat(dialled.security())
                        .isEqualTo(Map.of("tls", "/tls/1.0.0", "noise", "/noise").get(security));
                assertThat(dialled.muxer()).isEqualTo("/yamux/1.0.0");
            }

            var there = dialler.identify(listener.peerId(), Optional.empty());
            assertThat(there.protocols()).contains("/echo/1.0.0", "/ipfs/ping/1.0.0");
            assertThat(there.record()).isNotEmpty();
            assertThat(there.observed()).isPresent();
            var back = listener.identify(dialler.peerId(), Optional.empty());
            assertThat(back.protocols()).contains("/echo/1.0.0", "/ipfs/ping/1.0.0");

            assertThat(dialler.ping(listener.peerId(), 3)).hasSize(3);
            assertThat(listener.ping(dialler.peerId(), 3)).hasSize(3);
            dialler.echo(listener.peerId(), 1);
            listener.echo(dialler.peerId(), 1);
        }
    }

    @ParameterizedTest
    @MethodSource("carriers")
    void they_carry_a_hundred_megabytes_both_ways_at_once(Carrier carrier, String security)
            throws IOException {
        try (Pair pair = new Pair(carrier, security)) {
            pair.dialler.echo(pair.listener.peerId(), MUCH);
        }
    }

    @ParameterizedTest
    @MethodSource("carriers")
    void one_direction_goes_on_after_the_other_has_ended(Carrier carrier, String security)
            throws IOException {
        try (Pair pair = new Pair(carrier, security)) {
            pair.dialler.perf(pair.listener.peerId(), OVER_A_WINDOW, OVER_A_WINDOW);
            pair.dialler.greet(pair.listener.peerId(), OVER_A_WINDOW);
            pair.listener.perf(pair.dialler.peerId(), OVER_A_WINDOW, OVER_A_WINDOW);
            pair.listener.greet(pair.dialler.peerId(), OVER_A_WINDOW);
        }
    }

    @ParameterizedTest
    @MethodSource("carriers")
    void a_reset_is_no_end_and_hurts_no_other_stream(Carrier carrier, String security)
            throws IOException {
        try (Pair pair = new Pair(carrier, security)) {
            if (carrier != Carrier.QUIC || seesResetsOverQuic())
                pair.dialler.beReset(pair.listener.peerId());
            pair.dialler.reset(pair.listener.peerId());
            pair.dialler.echo(pair.listener.peerId(), OVER_A_WINDOW);
        }
    }

    @ParameterizedTest
    @MethodSource("carriers")
    void a_thousand_streams_go_through_two_hundred_at_once(Carrier carrier, String security)
            throws IOException {
        try (Pair pair = new Pair(carrier, security)) {
            pair.dialler.streams(pair.listener.peerId(), STREAMS, AT_ONCE, 1_000);
        }
    }

    @Test
    void a_protocol_that_is_spoken_later_is_told() throws IOException {
        try (Pair pair = new Pair(Carrier.TCP, "noise")) {
            pair.listener.speak(NEW_PROTOCOL);
            pair.dialler.identify(pair.listener.peerId(), Optional.of(NEW_PROTOCOL));
            pair.dialler.speak(NEW_PROTOCOL);
            pair.listener.identify(pair.dialler.peerId(), Optional.of(NEW_PROTOCOL));
        }
    }

    @Test
    void hanging_up_is_seen_at_both_ends() throws IOException {
        try (Pair pair = new Pair(Carrier.TCP, "noise")) {
            pair.dialler.hangUp(pair.listener.peerId());
            assertThat(pair.dialler.peers()).isEmpty();
            Eventually.holds(() -> pair.listener.peers().isEmpty());
        }
    }

    /// Over QUIC it takes as long as the connection may be idle: it waits beside the others.
    @ParameterizedTest
    @MethodSource("carriersOfBoth")
    @Execution(ExecutionMode.CONCURRENT)
    void a_peer_that_dies_in_the_middle_is_noticed(Carrier carrier) throws IOException {
        HostPlan plan = HostPlan.dialler().secured("noise");
        try (Implementation mortal = startListener();
                PeerHost dialler = dialling.make(plan)) {
            PeerHost listener = mortal.make(plan.listening(carrier));
            dialler.dial(carrier.among(listener.addresses()));
            dialler.identify(listener.peerId(), Optional.empty());
            assertThat(dialler.kill(listener.peerId())).isLessThan(NOTICED);
            Eventually.holds(() -> dialler.peers().isEmpty());
        }
    }

    /// Two hosts that are connected and have identified each other.
    private final class Pair implements AutoCloseable {
        final PeerHost listener;
        final PeerHost dialler;

        Pair(Carrier carrier, String security) throws IOException {
            HostPlan plan = HostPlan.dialler().secured(security);
            listener = listening.make(plan.listening(carrier));
            dialler = dialling.make(plan);
            dialler.dial(carrier.among(listener.addresses()));
            dialler.identify(listener.peerId(), Optional.empty());
            listener.identify(dialler.peerId(), Optional.empty());
        }

        @Override
        public void close() throws IOException {
            try (PeerHost first = dialler;
                    PeerHost second = listener) {
                assertThat(first.peerId()).isNotEqualTo(second.peerId());
            }
        }
    }
}
