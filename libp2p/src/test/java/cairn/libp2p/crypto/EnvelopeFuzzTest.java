package cairn.libp2p.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import cairn.multiformats.MalformedException;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;

class EnvelopeFuzzTest {
    @FuzzTest
    void an_envelope_that_is_opened_is_one_again_when_written(byte @NotNull [] bytes)
            throws Exception {
        Envelope envelope;
        try {
            envelope = Envelope.open(bytes, PeerRecord.KIND);
        } catch (MalformedException e) {
            assertThat(e.getMessage()).isNotBlank();
            return;
        }
        assertThat(Envelope.open(envelope.encode(), PeerRecord.KIND).payload())
                .isEqualTo(envelope.payload());
    }

    @FuzzTest
    void a_record_that_is_read_is_the_same_when_written(byte @NotNull [] bytes) throws Exception {
        PeerRecord peerRecord;
        try {
            peerRecord = PeerRecord.decode(bytes);
        } catch (MalformedException e) {
            assertThat(e.getMessage()).isNotBlank();
            return;
        }
        assertThat(peerRecord.addresses()).hasSizeLessThanOrEqualTo(PeerRecord.MAX_ADDRESSES);
        assertThat(PeerRecord.decode(peerRecord.encode())).isEqualTo(peerRecord);
    }
}
