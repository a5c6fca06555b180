package cairn.libp2p.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.multiformats.MalformedException;
import cairn.multiformats.multiaddr.Multiaddr;
import cairn.multiformats.protobuf.ProtoMessage;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PeerRecordTest {
    private final SigningKey key = SigningKey.generate();

    static List<List<String>> records() throws IOException {
        return Peers.rows("records.tsv");
    }

    @ParameterizedTest
    @MethodSource("records")
    void what_go_sealed_is_opened(List<String> row) throws Exception {
        byte[] envelope = Peers.bytes(row.get(3));
        PeerRecord peerRecord = PeerRecord.open(envelope);
        assertThat(peerRecord.peer()).hasToString(row.getFirst());
        assertThat(peerRecord.sequence()).isEqualTo(Long.parseLong(row.get(1)));
        assertThat(peerRecord.addresses().stream().map(Multiaddr::toString))
                .containsExactly(row.get(2).split(" ", -1));
        assertThat(Envelope.open(envelope, PeerRecord.KIND).payload())
                .isEqualTo(peerRecord.encode());
    }

    @Test
    void what_a_peer_sealed_of_itself_is_opened() throws Exception {
        PeerRecord own = of(7, address(1), address(2));
        assertThat(PeerRecord.open(own.seal(key))).isEqualTo(own);
    }

    /// RUSTSEC-2022-0009: else anybody says where a peer listens.
    @Test
    void a_record_that_another_peer_sealed_is_refused() {
        PeerRecord own = of(7, address(1));
        byte[] sealed =
                Envelope.seal(SigningKey.generate(), PeerRecord.KIND, own.encode()).encode();
        assertThatThrownBy(() -> PeerRecord.open(sealed))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("signed by");
        assertThatThrownBy(() -> own.seal(SigningKey.generate()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void an_address_that_is_unknown_spoils_itself_alone() throws Exception {
        byte[] unknown = {(byte) 0xff, 0x7f, 1, 2};
        byte[] good = address(1).bytes();
        byte[] payload =
                new ProtoMessage()
                        .bytes(1, key.peerId().bytes())
                        .message(3, new ProtoMessage().bytes(1, unknown))
                        .message(3, new ProtoMessage())
                        .message(3, new ProtoMessage().number(1, 5))
                        .message(3, new ProtoMessage().bytes(1, good).number(2, 9))
                        .number(2, 3)
                        .encode();
        byte[] sealed = Envelope.seal(key, PeerRecord.KIND, payload).encode();
        assertThat(PeerRecord.open(sealed)).isEqualTo(of(3, address(1)));
    }

    @Test
    void no_more_than_500_addresses_are_read() throws Exception {
        ProtoMessage payload = new ProtoMessage().bytes(1, key.peerId().bytes());
        for (int i = 0; i < 501; i++)
            payload.message(3, new ProtoMessage().bytes(1, address(i).bytes()));
        PeerRecord read = PeerRecord.decode(payload.encode());
        assertThat(read.addresses()).hasSize(500).endsWith(address(499));
        assertThatThrownBy(
                        () -> new PeerRecord(key.peerId(), 1, Collections.nCopies(501, address(1))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_record_without_a_peer_id_is_refused() {
        byte[] sealed =
                Envelope.seal(key, PeerRecord.KIND, new ProtoMessage().number(2, 1).encode())
                        .encode();
        assertThatThrownBy(() -> PeerRecord.open(sealed))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("peer id");
    }

    @Test
    void the_greater_number_is_newer_and_numbers_have_no_sign() {
        assertThat(of(2).isNewerThan(of(1))).isTrue();
        assertThat(of(1).isNewerThan(of(1))).isFalse();
        assertThat(of(1).isNewerThan(of(2))).isFalse();
        assertThat(of(-1).isNewerThan(of(Long.MAX_VALUE))).isTrue();
    }

    private PeerRecord of(long sequence, Multiaddr... addresses) {
        return new PeerRecord(key.peerId(), sequence, List.of(addresses));
    }

    private static Multiaddr address(int port) {
        try {
            return Multiaddr.parse("/ip4/192.0.2.1/tcp/" + port);
        } catch (MalformedException e) {
            throw new IllegalStateException("an address", e);
        }
    }
}
