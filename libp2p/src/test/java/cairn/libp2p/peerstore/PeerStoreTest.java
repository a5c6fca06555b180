package cairn.libp2p.peerstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.multiformats.MalformedException;
import cairn.multiformats.Multicodec;
import cairn.multiformats.Multihash;
import cairn.multiformats.multiaddr.Multiaddr;
import cairn.multiformats.peer.KeyType;
import cairn.multiformats.peer.PeerId;
import cairn.multiformats.peer.PublicKey;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeerStoreTest {
    /// Of a store: room for a few hundred peers that say as much as they may.
    private static final long MOST_BYTES = 8 << 20;

    /// What the rest of the process may add meanwhile.
    private static final long HEAP_SLACK = 4 << 20;

    private static final PeerId ALICE = peer(1);
    private static final PeerId BOB = peer(2);
    private static final Multiaddr ONE = address(1);
    private static final Multiaddr TWO = address(2);
    private static final Multiaddr THREE = address(3);

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final PeerStore store = new PeerStore(() -> now, MOST_BYTES);

    static PeerId peer(int number) {
        byte[] bytes = ByteBuffer.allocate(4).putInt(number).array();
        return PeerId.of(Multihash.of(Multicodec.IDENTITY, bytes));
    }

    static Multiaddr address(int number) {
        return parse("/ip4/192.0.2." + number % 256 + "/tcp/" + (1 + number / 256));
    }

    private static Multiaddr parse(String text) {
        try {
            return Multiaddr.parse(text);
        } catch (MalformedException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }

    /// What a peer takes of whom nothing is known.
    private static long emptyPeer() {
        return new PeerEntry(Instant.EPOCH).weight();
    }

    @ParameterizedTest
    @EnumSource(AddressTtl.class)
    void an_address_is_forgotten_when_its_time_is_over(AddressTtl ttl) {
        store.addAddresses(ALICE, List.of(ONE), ttl);
        pass(ttl.duration().minusNanos(1));
        assertThat(store.addresses(ALICE)).containsExactly(ONE);
        pass(Duration.ofNanos(1));
        assertThat(store.addresses(ALICE)).isEmpty();
        assertThat(store.unconnectedBytes()).isEqualTo(emptyPeer());
    }

    @Test
    void an_address_named_again_is_believed_the_longer_time() {
        store.addAddresses(ALICE, List.of(ONE), AddressTtl.PROVIDER);
        store.addAddresses(ALICE, List.of(ONE), AddressTtl.TEMPORARY);
        pass(Duration.ofHours(1));
        assertThat(store.addresses(ALICE)).containsExactly(ONE);
    }

    @Test
    void addresses_of_a_connected_peer_do_not_expire_and_stay_half_an_hour_after() {
        store.connected(ALICE);
        store.connected(ALICE);
        store.addAddresses(ALICE, List.of(ONE), AddressTtl.TEMPORARY);
        pass(Duration.ofDays(1));
        store.disconnected(ALICE);
        pass(Duration.ofDays(1));
        assertThat(store.addresses(ALICE)).containsExactly(ONE);
        store.disconnected(ALICE);
        pass(Duration.ofMinutes(29));
        assertThat(store.addresses(ALICE)).containsExactly(ONE);
        pass(Duration.ofMinutes(1));
        assertThat(store.addresses(ALICE)).isEmpty();
        assertThatThrownBy(() -> store.disconnected(ALICE))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_signed_record_replaces_what_was_known() {
        store.addAddresses(ALICE, List.of(ONE, TWO), AddressTtl.PROVIDER);
        assertThat(store.certifiedAddresses(ALICE, 5, List.of(TWO, THREE), AddressTtl.TEMPORARY))
                .isTrue();
        assertThat(store.addresses(ALICE)).containsExactlyInAnyOrder(TWO, THREE);
        store.addAddresses(ALICE, List.of(ONE), AddressTtl.PROVIDER);
        assertThat(store.certifiedAddresses(ALICE)).containsExactlyInAnyOrder(TWO, THREE);
        assertThat(store.certifiedAddresses(BOB)).isEmpty();
    }

    @Test
    void a_peer_that_comes_back_with_the_same_record_has_its_addresses_again() {
        store.connected(ALICE);
        store.certifiedAddresses(ALICE, 5, List.of(ONE), AddressTtl.RECENTLY_CONNECTED);
        store.disconnected(ALICE);
        pass(AddressTtl.RECENTLY_CONNECTED.duration());
        assertThat(store.addresses(ALICE)).isEmpty();
        store.connected(ALICE);
        assertThat(store.certifiedAddresses(ALICE, 5, List.of(ONE), AddressTtl.RECENTLY_CONNECTED))
                .isTrue();
        assertThat(store.certifiedAddresses(ALICE)).containsExactly(ONE);
    }

    @Test
    void an_older_record_does_not_replace_one() {
        store.certifiedAddresses(ALICE, 5, List.of(ONE), AddressTtl.TEMPORARY);
        assertThat(store.certifiedAddresses(ALICE, 4, List.of(TWO), AddressTtl.TEMPORARY))
                .isFalse();
        assertThat(store.addresses(ALICE)).containsExactly(ONE);
        store.certifiedAddresses(ALICE, 6, List.of(TWO), AddressTtl.TEMPORARY);
        assertThat(store.addresses(ALICE)).containsExactly(TWO);
    }

    @Test
    void the_numbers_of_records_are_unsigned() {
        long[] ascending = {0, 1, Long.MAX_VALUE, Long.MIN_VALUE, -2, -1};
        for (long sequence : ascending)
            assertThat(
                            store.certifiedAddresses(
                                    ALICE, sequence, List.of(ONE), AddressTtl.TEMPORARY))
                    .as(Long.toUnsignedString(sequence))
                    .isTrue();
        assertThat(
                        store.certifiedAddresses(
                                ALICE, Long.MAX_VALUE, List.of(TWO), AddressTtl.TEMPORARY))
                .isFalse();
    }

    @Test
    void an_old_record_is_not_taken_again_after_its_addresses_expired() {
        store.certifiedAddresses(ALICE, 5, List.of(ONE), AddressTtl.TEMPORARY);
        pass(Duration.ofHours(1));
        assertThat(store.addresses(ALICE)).isEmpty();
        assertThat(store.certifiedAddresses(ALICE, 4, List.of(TWO), AddressTtl.TEMPORARY))
                .isFalse();
    }

    @Test
    void addresses_that_the_peer_signed_for_come_first() {
        store.certifiedAddresses(ALICE, 1, List.of(ONE), AddressTtl.TEMPORARY);
        store.addAddresses(ALICE, List.of(TWO), AddressTtl.PERMANENT);
        store.addAddresses(ALICE, List.of(THREE), AddressTtl.PROVIDER);
        assertThat(store.addresses(ALICE)).containsExactly(ONE, TWO, THREE);
    }

    @Test
    void an_address_that_ends_at_another_peer_is_not_taken() {
        store.addAddresses(
                ALICE,
                List.of(ONE.withPeer(BOB), TWO.withPeer(ALICE), parse("/p2p/" + ALICE)),
                AddressTtl.TEMPORARY);
        assertThat(store.addresses(ALICE)).containsExactly(TWO);
    }

    @Test
    void a_peer_has_at_most_64_addresses_and_expired_ones_make_room() {
        List<Multiaddr> many = IntStream.range(0, 600).mapToObj(PeerStoreTest::address).toList();
        store.addAddresses(ALICE, many, AddressTtl.TEMPORARY);
        assertThat(store.addresses(ALICE)).hasSize(64);
        pass(AddressTtl.TEMPORARY.duration());
        store.addAddresses(ALICE, List.of(address(700)), AddressTtl.TEMPORARY);
        assertThat(store.addresses(ALICE)).containsExactly(address(700));
    }

    @Test
    void an_address_that_is_believed_longer_takes_the_place_of_one_named_in_passing() {
        List<Multiaddr> many = IntStream.range(0, 64).mapToObj(PeerStoreTest::address).toList();
        store.addAddresses(ALICE, many, AddressTtl.TEMPORARY);
        store.addAddresses(ALICE, List.of(address(700)), AddressTtl.TEMPORARY);
        assertThat(store.addresses(ALICE)).hasSize(64).doesNotContain(address(700));
        store.addAddresses(ALICE, List.of(address(701)), AddressTtl.PROVIDER);
        assertThat(store.addresses(ALICE)).hasSize(64).contains(address(701));
        store.certifiedAddresses(ALICE, 1, many, AddressTtl.TEMPORARY);
        store.addAddresses(ALICE, List.of(address(702)), AddressTtl.PROVIDER);
        assertThat(store.addresses(ALICE)).containsExactlyInAnyOrderElementsOf(many);
    }

    @Test
    void addresses_of_a_peer_are_bounded_in_bytes_too() {
        String name = "x".repeat(250);
        List<Multiaddr> many =
                IntStream.range(0, 500)
                        .mapToObj(i -> parse("/dns4/" + name + i + "/tcp/1"))
                        .toList();
        store.addAddresses(ALICE, many, AddressTtl.TEMPORARY);
        assertThat(store.unconnectedBytes() - emptyPeer())
                .isLessThanOrEqualTo(PeerEntry.MAX_ADDRESS_WEIGHT);
        assertThat(store.addresses(ALICE)).hasSizeBetween(40, 63);
    }

    @Test
    void what_a_peer_says_in_identify_is_bounded() {
        List<String> many = IntStream.range(0, 5000).mapToObj(i -> "/p/" + i).toList();
        store.identified(ALICE, many, "a".repeat(10_000));
        assertThat(store.protocols(ALICE)).hasSize(128);
        assertThat(store.agentVersion(ALICE).orElseThrow()).hasSize(PeerEntry.MAX_AGENT_CHARS);
        store.identified(ALICE, List.of("/long/" + "x".repeat(1 << 20), "/p"), "");
        assertThat(store.protocols(ALICE)).isEmpty();
        assertThat(store.agentVersion(ALICE)).isEmpty();
        store.identified(ALICE, List.of("/p", "/q"), "cairn/1");
        assertThat(store.protocols(ALICE)).containsExactlyInAnyOrder("/p", "/q");
        assertThat(store.agentVersion(ALICE)).contains("cairn/1");
    }

    @Test
    void unconnected_peers_are_bounded_and_the_one_longest_unheard_of_goes() {
        store.connected(ALICE);
        for (int i = 0; i <= PeerStore.MAX_UNCONNECTED; i++) {
            store.addAddresses(peer(100 + i), List.of(ONE), AddressTtl.PERMANENT);
            if (i == 1) store.seen(peer(100));
        }
        assertThat(store.peers())
                .hasSize(PeerStore.MAX_UNCONNECTED + 1)
                .contains(ALICE, peer(100))
                .doesNotContain(peer(101));
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 12, 120})
    void a_flood_of_boasting_peers_takes_no_more_heap_than_is_counted(int nameLength) {
        long before = heapInUse();
        for (int i = 0; i < 1000; i++) boast(peer(i), nameLength);
        long taken = heapInUse() - before;
        assertThat(taken).isLessThan(store.unconnectedBytes() + HEAP_SLACK);
        assertThat(store.unconnectedBytes()).isBetween(1L, MOST_BYTES);
        assertThat(store.protocols(peer(999))).isNotEmpty();
        assertThat(store.protocols(peer(0))).isEmpty();
    }

    /// Objects that are as small and as many as identify lets them be.
    private void boast(PeerId peer, int nameLength) {
        List<Multiaddr> addresses = new ArrayList<>();
        for (int i = 0; i < 500; i++) addresses.add(address(i));
        List<String> protocols = new ArrayList<>();
        for (int i = 0; i < 1024; i++)
            protocols.add(new String(Character.toChars('a' + i)).repeat(nameLength));
        store.connected(peer);
        store.identified(peer, protocols, "x");
        store.addAddresses(peer, addresses, AddressTtl.RECENTLY_CONNECTED);
        store.disconnected(peer);
    }

    private static long heapInUse() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    @Test
    void a_key_is_kept_only_where_it_is_that_peers() {
        PublicKey rsa = PublicKey.of(KeyType.RSA, new byte[300]);
        store.addPublicKey(rsa.peerId(), rsa);
        assertThat(store.publicKey(rsa.peerId())).contains(rsa);
        assertThatThrownBy(() -> store.addPublicKey(ALICE, rsa))
                .isInstanceOf(IllegalArgumentException.class);
        PublicKey inline = PublicKey.of(KeyType.ED25519, new byte[32]);
        assertThat(store.publicKey(inline.peerId())).contains(inline);
    }

    @Test
    void a_latency_is_an_average_that_follows() {
        store.roundTrip(ALICE, Duration.ofMillis(100));
        assertThat(store.latency(ALICE)).contains(Duration.ofMillis(100));
        store.roundTrip(ALICE, Duration.ofMillis(200));
        assertThat(store.latency(ALICE)).contains(Duration.ofMillis(110));
        for (int i = 0; i < 1000; i++) store.roundTrip(ALICE, Duration.ofSeconds(Long.MAX_VALUE));
        assertThat(store.latency(ALICE).orElseThrow()).isLessThan(Duration.ofMinutes(6));
    }

    @Test
    void nothing_is_known_of_a_stranger() {
        assertThat(store.addresses(BOB)).isEmpty();
        assertThat(store.protocols(BOB)).isEmpty();
        assertThat(store.latency(BOB)).isEmpty();
        assertThat(store.lastSeen(BOB)).isEmpty();
        store.forgetAddresses(BOB);
        assertThat(store.peers()).isEmpty();
    }

    @Test
    void what_was_known_earlier_does_not_replace_what_is_known_since() {
        var before = new PeerStore(() -> now);
        before.certifiedAddresses(ALICE, 5, List.of(ONE), AddressTtl.PROVIDER);
        before.identified(ALICE, List.of("/old"), "old");
        before.certifiedAddresses(BOB, 5, List.of(ONE), AddressTtl.PROVIDER);
        before.identified(BOB, List.of("/old"), "old");

        store.certifiedAddresses(ALICE, 6, List.of(TWO), AddressTtl.PROVIDER);
        store.identified(ALICE, List.of("/new"), "new");
        store.certifiedAddresses(BOB, 4, List.of(TWO), AddressTtl.PROVIDER);
        store.merge(before.records());

        assertThat(store.addresses(ALICE)).containsExactly(TWO);
        assertThat(store.protocols(ALICE)).containsExactly("/new");
        assertThat(store.addresses(BOB)).containsExactly(ONE);
        assertThat(store.protocols(BOB)).containsExactly("/old");
    }
}
