package cairn.libp2p.identify;

import static org.assertj.core.api.Assertions.assertThat;

import cairn.libp2p.crypto.PeerRecord;
import cairn.libp2p.crypto.SigningKey;
import cairn.multiformats.multiaddr.Multiaddr;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class OwnRecordsTest {
    private final SigningKey key = SigningKey.generate();
    private final OwnRecords records = new OwnRecords(key, () -> Instant.EPOCH);

    private static List<Multiaddr> addresses(int port) throws Exception {
        return List.of(Multiaddr.parse("/ip4/192.0.2.1/tcp/" + port));
    }

    private static PeerRecord open(ByteBuffer sealed) throws Exception {
        return PeerRecord.open(IdentifyMessage.bytes(sealed));
    }

    @Test
    void the_same_addresses_are_signed_for_once() throws Exception {
        ByteBuffer first = records.sealed(addresses(1));
        ByteBuffer other = records.sealed(addresses(2));
        assertThat(records.sealed(addresses(1))).isSameAs(first);
        assertThat(records.sealed(addresses(2))).isSameAs(other);
        assertThat(open(first).peer()).isEqualTo(key.peerId());
        assertThat(open(first).addresses()).isEqualTo(addresses(1));
    }

    /// Or who saw the ones between would take them for old.
    @Test
    void addresses_that_come_back_are_signed_for_anew_even_within_a_millisecond() throws Exception {
        PeerRecord before = open(records.sealed(addresses(1)));
        records.forget();
        PeerRecord between = open(records.sealed(addresses(2)));
        records.forget();
        PeerRecord after = open(records.sealed(addresses(1)));
        assertThat(between.isNewerThan(before)).isTrue();
        assertThat(after.isNewerThan(between)).isTrue();
    }

    @Test
    void few_records_are_kept() throws Exception {
        ByteBuffer first = records.sealed(addresses(1));
        for (int i = 2; i < 100; i++) records.sealed(addresses(i));
        assertThat(records.sealed(addresses(99))).isSameAs(records.sealed(addresses(99)));
        assertThat(open(records.sealed(addresses(1))).isNewerThan(open(first))).isTrue();
    }
}
