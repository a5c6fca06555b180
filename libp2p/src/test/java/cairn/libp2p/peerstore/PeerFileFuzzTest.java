package cairn.libp2p.peerstore;

import static org.assertj.core.api.Assertions.assertThat;

import cairn.multiformats.MalformedException;
import cairn.multiformats.peer.PeerId;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.SequencedMap;

class PeerFileFuzzTest {
    /// The hash at the file's end is left out: it would keep all else from being tried.
    @FuzzTest
    void peers_that_are_read_come_back_as_they_are(byte @NotNull [] bytes) throws Exception {
        SequencedMap<PeerId, StoredPeer> peers;
        try {
            peers = PeerFile.decodePeers(ByteBuffer.wrap(bytes));
        } catch (MalformedException e) {
            assertThat(e.getMessage()).isNotBlank();
            return;
        }
        assertThat(PeerFile.decode(PeerFile.encode(peers))).isEqualTo(peers);
        var store = new PeerStore(() -> Instant.EPOCH);
        store.merge(peers);
        assertThat(store.unconnectedBytes()).isNotNegative();
        for (PeerId peer : peers.keySet())
            assertThat(store.addresses(peer).size())
                    .isLessThanOrEqualTo(peers.get(peer).addresses().size());
    }
}
