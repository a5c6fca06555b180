package cairn.libp2p.peerstore;

import static org.assertj.core.api.Assertions.assertThat;

import cairn.multiformats.MalformedException;
import cairn.multiformats.peer.PeerId;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.time.Instant;
import java.util.SequencedMap;

class PeerFileFuzzTest {
    private static final long MOST_WEIGHT = 1 << 20;

    /// The hash at the file's end is left out: it would keep all else from being tried.
    @FuzzTest
    void peers_that_are_read_come_back_as_they_are(byte @NotNull [] bytes) throws Exception {
        SequencedMap<PeerId, StoredPeer> peers;
        try {
            var in = new DataInputStream(new ByteArrayInputStream(bytes));
            peers = PeerFile.readPeers(in, bytes.length, MOST_WEIGHT);
        } catch (MalformedException e) {
            assertThat(e.getMessage()).isNotBlank();
            return;
        }
        assertThat(SavedPeersTest.read(SavedPeersTest.written(peers), MOST_WEIGHT))
                .isEqualTo(peers);
        var store = new PeerStore(() -> Instant.EPOCH);
        store.merge(peers);
        assertThat(store.unconnectedBytes()).isNotNegative();
        for (PeerId peer : peers.keySet())
            assertThat(store.addresses(peer).size())
                    .isLessThanOrEqualTo(peers.get(peer).addresses().size());
    }
}
