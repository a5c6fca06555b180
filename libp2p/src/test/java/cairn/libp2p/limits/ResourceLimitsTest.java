package cairn.libp2p.limits;

import static cairn.libp2p.limits.Direction.INBOUND;
import static cairn.libp2p.limits.Direction.OUTBOUND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.multiformats.Multicodec;
import cairn.multiformats.Multihash;
import cairn.multiformats.peer.PeerId;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceLimitsTest {
    private static final long GIB = 1 << 30;
    private static final long MIB = 1 << 20;
    private static final PeerId ALICE = peer(1);
    private static final PeerId BOB = peer(2);

    private final AtomicLong nanos = new AtomicLong();
    private final ResourceLimits limits = new ResourceLimits(Limits.of(GIB, 1024), nanos::get);

    static PeerId peer(int number) {
        return PeerId.of(Multihash.of(Multicodec.IDENTITY, new byte[] {(byte) number}));
    }

    private static InetAddress ip(String text) throws UnknownHostException {
        return InetAddress.getByName(text);
    }

    private ConnectionScope local(Direction direction) throws Exception {
        return limits.openConnection(direction, ip("127.0.0.1"), true);
    }

    private ConnectionScope of(PeerId peer) throws Exception {
        ConnectionScope connection = local(OUTBOUND);
        connection.setPeer(peer);
        return connection;
    }

    private void assertNothingInUse() {
        ResourceSnapshot now = limits.snapshot();
        assertThat(now.system().usage()).isEqualTo(ScopeUsage.NONE);
        assertThat(now.transientScope().usage()).isEqualTo(ScopeUsage.NONE);
        assertThat(now.peers()).isEmpty();
        assertThat(now.protocols()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0, 128", "1, 256", "2, 384", "8, 1152"})
    void the_host_takes_128_connections_and_128_more_for_each_gib(int gib, int connections) {
        assertThat(Limits.of(gib * GIB, 1024).system().connections()).isEqualTo(connections);
    }

    @Test
    void a_connection_is_transient_until_its_peer_is_known() throws Exception {
        ConnectionScope connection = local(INBOUND);
        connection.reserve(100);
        assertThat(limits.snapshot().transientScope().usage())
                .isEqualTo(new ScopeUsage(1, 0, 0, 0, 100, 1));

        connection.setPeer(ALICE);
        ResourceSnapshot then = limits.snapshot();
        assertThat(then.transientScope().usage()).isEqualTo(ScopeUsage.NONE);
        assertThat(then.peers().get(ALICE).usage()).isEqualTo(new ScopeUsage(1, 0, 0, 0, 100, 1));
        assertThat(then.system().usage()).isEqualTo(new ScopeUsage(1, 0, 0, 0, 100, 1));

        connection.close();
        assertNothingInUse();
    }

    @Test
    void those_who_say_nothing_leave_room_for_others() throws Exception {
        int transients = limits.limits().transientScope().inboundConnections();
        for (int i = 0; i < transients; i++) local(INBOUND);
        assertThatExceptionOfType(LimitExceededException.class)
                .isThrownBy(() -> local(INBOUND))
                .withMessageContaining("what isn't negotiated yet");
        local(OUTBOUND).setPeer(ALICE);
    }

    @Test
    void a_peer_has_at_most_eight_connections_and_the_ninth_stays_transient() throws Exception {
        for (int i = 0; i < 8; i++) of(ALICE);
        ConnectionScope ninth = local(OUTBOUND);
        assertThatExceptionOfType(LimitExceededException.class)
                .isThrownBy(() -> ninth.setPeer(ALICE))
                .withMessageContaining(ALICE.toString())
                .withMessageContaining("8 connections");
        assertThat(limits.snapshot().transientScope().usage().connections()).isEqualTo(1);
        ninth.close();
        of(BOB);
    }

    @Test
    void a_peer_has_at_most_512_streams_over_all_its_connections() throws Exception {
        List<ConnectionScope> connections = List.of(of(ALICE), of(ALICE), of(ALICE));
        for (int i = 0; i < 512; i++)
            connections.get(i % 3).openStream(OUTBOUND).setProtocol("/p/" + i % 8);
        assertThatThrownBy(() -> connections.getFirst().openStream(OUTBOUND))
                .isInstanceOf(LimitExceededException.class)
                .hasMessageContaining("512 streams");
        of(BOB).openStream(OUTBOUND);
    }

    @Test
    void a_stream_moves_to_its_protocol_once_that_is_agreed_on() throws Exception {
        StreamScope stream = of(ALICE).openStream(INBOUND);
        stream.reserve(10);
        assertThat(limits.snapshot().transientScope().usage())
                .isEqualTo(new ScopeUsage(0, 0, 1, 0, 10, 0));
        stream.setProtocol("/echo");
        ResourceSnapshot now = limits.snapshot();
        assertThat(now.transientScope().usage()).isEqualTo(ScopeUsage.NONE);
        assertThat(now.protocols().get("/echo").usage())
                .isEqualTo(new ScopeUsage(0, 0, 1, 0, 10, 0));
        assertThat(stream.protocol()).contains("/echo");
        stream.close();
        assertThat(limits.snapshot().protocols()).isEmpty();
    }

    private static int opened(ConnectionScope connection) {
        for (int count = 0; ; count++) {
            try {
                connection.openStream(INBOUND);
            } catch (LimitExceededException e) {
                return count;
            }
        }
    }

    @Test
    void a_peer_takes_half_of_the_streams_that_say_nothing_over_all_its_connections()
            throws Exception {
        int all = limits.limits().transientScope().inboundStreams();
        int taken = Math.min(all / 2, limits.limits().peer().inboundStreams());
        assertThat(opened(of(ALICE)) + opened(of(ALICE))).isEqualTo(taken);
        assertThat(opened(of(BOB))).isEqualTo((all - taken) / 2);
    }

    @ParameterizedTest
    @ValueSource(longs = {16 * MIB, 72 * MIB, GIB})
    void a_peer_may_begin_two_hundred_streams_at_once(long memory) throws Exception {
        var some = new ResourceLimits(Limits.of(memory, 1024), nanos::get);
        ConnectionScope eager = some.openConnection(OUTBOUND, ip("127.0.0.1"), true);
        eager.setPeer(ALICE);
        for (int i = 0; i < 200; i++) eager.openStream(INBOUND);
    }

    @Test
    void however_many_peers_open_streams_and_say_nothing_each_other_still_opens_a_few()
            throws Exception {
        for (int i = 3; i < 120; i++)
            assertThat(opened(of(peer(i))))
                    .isGreaterThanOrEqualTo(ResourceLimits.UNDECIDED_OF_EACH_PEER);
        ConnectionScope bob = of(BOB);
        for (int i = 0; i < 200; i++) bob.openStream(INBOUND).setProtocol("/echo");
    }

    @Test
    void one_peer_cannot_take_all_the_streams_of_a_protocol() throws Exception {
        ConnectionScope greedy = of(ALICE);
        int each = limits.limits().peerProtocol().inboundStreams();
        for (int i = 0; i < each; i++) greedy.openStream(INBOUND).setProtocol("/echo");
        assertThatThrownBy(() -> greedy.openStream(INBOUND).setProtocol("/echo"))
                .isInstanceOf(LimitExceededException.class);
        of(BOB).openStream(INBOUND).setProtocol("/echo");
    }

    @Test
    void memory_that_is_refused_anywhere_is_reserved_nowhere() throws Exception {
        ConnectionScope one = of(ALICE);
        one.reserve(40 * MIB);
        ConnectionScope two = of(ALICE);
        assertThatThrownBy(() -> two.reserve(40 * MIB))
                .isInstanceOf(LimitExceededException.class)
                .hasMessageContaining(ALICE.toString());
        assertThat(two.usage().memory()).isZero();
        assertThat(limits.snapshot().system().usage().memory()).isEqualTo(40 * MIB);
        two.reserve(24 * MIB);
    }

    @Test
    void spare_memory_is_refused_above_half_of_any_scope() throws Exception {
        ConnectionScope connection = of(ALICE);
        assertThat(connection.tryReserveSpare(32 * MIB)).isTrue();
        assertThat(connection.tryReserveSpare(1)).isFalse();
        connection.reserve(1);
        assertThat(connection.usage().memory()).isEqualTo(32 * MIB + 1);
        assertThat(of(BOB).tryReserveSpare(1)).isTrue();
    }

    @Test
    void a_stream_may_grow_its_window_to_16_mib() throws Exception {
        StreamScope stream = of(ALICE).openStream(INBOUND);
        assertThat(stream.tryReserveSpare(16 * MIB)).isTrue();
    }

    @Test
    void closing_gives_everything_back_once_whatever_was_forgotten() throws Exception {
        ConnectionScope connection = of(ALICE);
        ConnectionScope other = of(BOB);
        connection.reserve(5);
        StreamScope stream = connection.openStream(INBOUND);
        stream.setProtocol("/echo");
        stream.reserve(7);
        connection.close();
        connection.close();
        stream.close();
        stream.release(7);
        connection.release(5);
        assertThat(limits.snapshot().system().usage()).isEqualTo(new ScopeUsage(0, 1, 0, 0, 0, 1));
        other.close();
        assertNothingInUse();
    }

    @Test
    void nothing_can_be_taken_once_closed() throws Exception {
        ConnectionScope connection = of(ALICE);
        StreamScope stream = connection.openStream(INBOUND);
        connection.close();
        assertThatThrownBy(() -> connection.reserve(1)).isInstanceOf(LimitExceededException.class);
        assertThatThrownBy(() -> connection.openStream(INBOUND))
                .isInstanceOf(LimitExceededException.class);
        assertThatThrownBy(() -> stream.setProtocol("/echo"))
                .isInstanceOf(LimitExceededException.class);
        assertThat(stream.tryReserveSpare(1)).isFalse();
        assertNothingInUse();
    }

    @Test
    void giving_back_more_than_was_reserved_is_a_bug_that_is_told() throws Exception {
        ConnectionScope connection = of(ALICE);
        connection.openStream(INBOUND).reserve(10);
        connection.reserve(1);
        assertThatThrownBy(() -> connection.release(2)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> connection.reserve(-1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> connection.reserve(Long.MAX_VALUE))
                .isInstanceOf(LimitExceededException.class);
        assertThat(connection.usage().memory()).isEqualTo(11);
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "2001:db8::1", "10.0.0.1"})
    void an_address_has_at_most_eight_connections(String address) throws Exception {
        List<ConnectionScope> eight = new ArrayList<>();
        for (int i = 0; i < 8; i++) eight.add(limits.openConnection(INBOUND, ip(address), true));
        assertThatThrownBy(() -> limits.openConnection(INBOUND, ip(address), true))
                .isInstanceOf(LimitExceededException.class)
                .hasMessageContaining("8 connections");
        limits.openConnection(INBOUND, ip("192.0.2.2"), true);
        eight.getFirst().close();
        eight.getFirst().close();
        limits.openConnection(INBOUND, ip(address), true);
        assertThatThrownBy(() -> limits.openConnection(INBOUND, ip(address), true))
                .isInstanceOf(LimitExceededException.class);
    }

    @Test
    void ipv6_addresses_of_one_household_share_their_places() throws Exception {
        for (int i = 0; i < 8; i++)
            limits.openConnection(INBOUND, ip("2001:db8:0:" + i + "::1"), true);
        assertThatThrownBy(() -> limits.openConnection(INBOUND, ip("2001:db8:0:ff::1"), true))
                .isInstanceOf(LimitExceededException.class);
        limits.openConnection(INBOUND, ip("2001:db8:0:100::1"), true);
    }

    @Test
    void an_address_opens_16_connections_at_once_and_then_one_in_five_seconds() throws Exception {
        InetAddress address = ip("192.0.2.1");
        for (int i = 0; i < 16; i++) limits.openConnection(INBOUND, address, true).close();
        assertThatThrownBy(() -> limits.openConnection(INBOUND, address, true))
                .isInstanceOf(LimitExceededException.class)
                .hasMessageContaining("192.0.2.1");
        nanos.addAndGet(4_900_000_000L);
        assertThatThrownBy(() -> limits.openConnection(INBOUND, address, true))
                .isInstanceOf(LimitExceededException.class);
        nanos.addAndGet(200_000_000L);
        limits.openConnection(INBOUND, address, true).close();
        limits.openConnection(OUTBOUND, address, true).close();
        assertThatThrownBy(() -> limits.openConnection(INBOUND, address, true))
                .isInstanceOf(LimitExceededException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"})
    void the_own_machine_has_no_limit_per_address(String address) throws Exception {
        for (int i = 0; i < 40; i++) {
            ConnectionScope connection = limits.openConnection(INBOUND, ip(address), true);
            connection.setPeer(peer(i));
        }
    }

    @Test
    void addresses_whose_rate_is_remembered_are_bounded() throws Exception {
        AddressLimits addresses = new AddressLimits(nanos::get);
        for (int i = 0; i < AddressLimits.MAX_REMEMBERED + 10; i++)
            addresses.enter(
                    INBOUND, ip("10." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255)), 8);
        assertThat(addresses.remembered()).isEqualTo(AddressLimits.MAX_REMEMBERED);
    }

    @Test
    void limits_change_while_in_use_and_what_is_above_them_stays() throws Exception {
        ConnectionScope connection = of(ALICE);
        connection.reserve(50 * MIB);
        limits.change(Limits.of(32 * MIB, 16));
        assertThatThrownBy(() -> connection.reserve(1)).isInstanceOf(LimitExceededException.class);
        connection.openStream(OUTBOUND).close();
        connection.release(40 * MIB);
        connection.reserve(1);
        limits.change(Limits.of(GIB, 16));
        connection.reserve(50 * MIB);
    }

    @Test
    void sockets_are_counted_and_those_that_quic_shares_are_not() throws Exception {
        limits.change(Limits.of(GIB, 8));
        limits.openConnection(INBOUND, ip("::1"), true);
        limits.openConnection(INBOUND, ip("::1"), true);
        assertThatThrownBy(() -> limits.openConnection(INBOUND, ip("::1"), true))
                .isInstanceOf(LimitExceededException.class)
                .hasMessageContaining("2 file descriptors");
        limits.openConnection(INBOUND, ip("::1"), false);
    }
}
