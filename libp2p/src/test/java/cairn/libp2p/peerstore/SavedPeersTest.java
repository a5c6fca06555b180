package cairn.libp2p.peerstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import cairn.multiformats.MalformedException;
import cairn.multiformats.peer.PeerId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class SavedPeersTest {
    private static final PeerId ALICE = PeerStoreTest.peer(1);
    private static final PeerId BOB = PeerStoreTest.peer(2);

    @TempDir private Path folder;
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    private Path file() {
        return folder.resolve("peers");
    }

    static byte[] written(SequencedMap<PeerId, StoredPeer> peers) throws IOException {
        var out = new ByteArrayOutputStream();
        PeerFile.write(peers, out);
        return out.toByteArray();
    }

    private static SequencedMap<PeerId, StoredPeer> read(byte[] file) throws IOException {
        return read(file, Long.MAX_VALUE);
    }

    static SequencedMap<PeerId, StoredPeer> read(byte[] file, long maxWeight) throws IOException {
        return PeerFile.read(new ByteArrayInputStream(file), file.length, maxWeight);
    }

    private PeerStore filled() {
        var store = new PeerStore(() -> now);
        store.addAddresses(BOB, List.of(PeerStoreTest.address(2)), AddressTtl.PROVIDER);
        store.connected(ALICE);
        store.certifiedAddresses(ALICE, 7, List.of(PeerStoreTest.address(1)), AddressTtl.TEMPORARY);
        store.identified(ALICE, List.of("/p", "/q"), "cairn/1");
        store.roundTrip(ALICE, Duration.ofMillis(12));
        return store;
    }

    private PeerStore restarted() throws InterruptedException {
        var store = new PeerStore(() -> now);
        try (var saved = new SavedPeers(store, file())) {
            saved.awaitLoaded();
        }
        return store;
    }

    @Test
    void what_was_known_is_known_after_a_restart() throws Exception {
        new SavedPeers(filled(), file()).close();
        now = now.plus(Duration.ofHours(1));
        PeerStore store = restarted();
        assertThat(store.addresses(ALICE)).containsExactly(PeerStoreTest.address(1));
        assertThat(store.addresses(BOB)).containsExactly(PeerStoreTest.address(2));
        assertThat(store.protocols(ALICE)).containsExactlyInAnyOrder("/p", "/q");
        assertThat(store.agentVersion(ALICE)).contains("cairn/1");
        assertThat(store.latency(ALICE)).contains(Duration.ofMillis(12));
        assertThat(store.lastSeen(ALICE)).contains(now.minus(Duration.ofHours(1)));
        assertThat(store.certifiedAddresses(ALICE, 6, List.of(), AddressTtl.TEMPORARY)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, Long.MAX_VALUE, Long.MIN_VALUE, -1})
    void the_number_of_a_record_outlives_a_restart_whatever_it_is(long sequence) throws Exception {
        PeerStore before = filled();
        before.certifiedAddresses(
                BOB, sequence, List.of(PeerStoreTest.address(3)), AddressTtl.PROVIDER);
        new SavedPeers(before, file()).close();
        PeerStore store = restarted();
        assertThat(store.addresses(ALICE)).isNotEmpty();
        assertThat(store.addresses(BOB)).containsExactly(PeerStoreTest.address(3));
        if (sequence != 0)
            assertThat(store.certifiedAddresses(BOB, sequence - 1, List.of(), AddressTtl.PROVIDER))
                    .isFalse();
    }

    @Test
    void a_peer_that_can_t_be_read_is_left_out_alone() throws Exception {
        byte[] file = written(filled().records());
        int head = "cairn peers 2\n".length();
        byte[] nobody = {0, 0, 0, 3, 1, 2, 3};
        var out = new ByteArrayOutputStream();
        out.write(file, 0, head);
        out.write(nobody);
        out.write(file, head, file.length - head - 32);
        out.write(MessageDigest.getInstance("SHA-256").digest(out.toByteArray()));
        assertThat(read(out.toByteArray())).containsOnlyKeys(ALICE, BOB);
    }

    @Test
    void what_expired_while_the_host_was_off_is_forgotten() throws Exception {
        new SavedPeers(filled(), file()).close();
        now = now.plus(Duration.ofDays(2));
        PeerStore store = restarted();
        assertThat(store.peers()).isEmpty();
        assertThat(store.unconnectedBytes()).isZero();
    }

    @Test
    void the_store_is_written_while_the_host_runs() throws Exception {
        try (var saved = new SavedPeers(filled(), file(), Duration.ofMillis(10))) {
            await().until(() -> Files.exists(file()));
            assertThat(read(Files.readAllBytes(file()))).containsOnlyKeys(ALICE, BOB);
            saved.awaitLoaded();
        }
        assertThat(folder).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void a_file_with_any_bit_wrong_is_not_read() throws Exception {
        byte[] bytes = written(filled().records());
        for (int i = 0; i < bytes.length; i++) {
            byte[] wrong = bytes.clone();
            wrong[i] ^= 1;
            assertThatThrownBy(() -> read(wrong))
                    .isInstanceOfAny(MalformedException.class, EOFException.class);
        }
    }

    @Test
    void of_a_file_that_is_too_much_for_the_heap_those_last_heard_of_are_read() throws Exception {
        SequencedMap<PeerId, StoredPeer> peers = filled().records();
        long one = peers.get(ALICE).weight();
        assertThat(read(written(peers), one)).containsOnlyKeys(ALICE);
        assertThat(read(written(peers), one - 1)).isEmpty();
        assertThat(read(written(peers), one + peers.get(BOB).weight())).isEqualTo(peers);
    }

    @Test
    void a_broken_file_starts_an_empty_store_and_is_replaced() throws Exception {
        Files.writeString(file(), "cairn peers 2\nnothing of use, and more than a hash of it");
        assertThat(restarted().peers()).isEmpty();
        assertThat(read(Files.readAllBytes(file()))).isEmpty();
    }

    @Test
    void the_order_of_who_was_heard_of_outlives_a_restart() throws Exception {
        var before = new PeerStore(() -> now);
        for (int i = 0; i < 5; i++)
            before.addAddresses(
                    PeerStoreTest.peer(i), List.of(PeerStoreTest.address(i)), AddressTtl.PROVIDER);
        new SavedPeers(before, file()).close();
        assertThat(restarted().records().keySet())
                .containsExactlyElementsOf(before.records().keySet());
    }
}
