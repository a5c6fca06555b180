package cairn.libp2p.identify;

import static org.assertj.core.api.Assertions.assertThat;

import cairn.multiformats.MalformedException;
import com.code_intelligence.jazzer.junit.FuzzTest;

final class IdentifyMessageFuzzTest {
    @FuzzTest
    void what_is_read_is_bounded_and_can_be_written_and_read_again(byte[] input) {
        IdentifyMessage read;
        try {
            read = IdentifyMessage.EMPTY.merge(input);
        } catch (MalformedException e) {
            return;
        }
        assertThat(read.listenAddresses()).hasSizeLessThanOrEqualTo(IdentifyMessage.MAX_ADDRESSES);
        assertThat(read.protocols()).hasSizeLessThanOrEqualTo(IdentifyMessage.MAX_PROTOCOLS);
        IdentifyMessage again = IdentifyMessage.EMPTY;
        try {
            for (byte[] message : read.encode(2048)) again = again.merge(message);
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
        assertThat(again.listenAddresses()).isEqualTo(read.listenAddresses());
        assertThat(again.observedAddress()).isEqualTo(read.observedAddress());
    }
}
