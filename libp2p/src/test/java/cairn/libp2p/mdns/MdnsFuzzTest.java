package cairn.libp2p.mdns;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.io.IOException;

class MdnsFuzzTest {
    @FuzzTest
    void a_datagram_is_read_within_its_limits_or_refused(byte @NotNull [] bytes) {
        MdnsMessage message;
        try {
            message = MdnsMessage.decode(bytes);
        } catch (IOException e) {
            assertThat(e).isNotNull();
            return;
        }
        if (!(message instanceof MdnsMessage.Peers(var peers))) return;
        assertThat(peers).isNotEmpty().hasSizeLessThanOrEqualTo(MdnsMessage.MAX_PEERS);
        peers.values()
                .forEach(
                        all ->
                                assertThat(all)
                                        .isNotEmpty()
                                        .hasSizeLessThanOrEqualTo(MdnsMessage.MAX_ADDRESSES));
    }
}
