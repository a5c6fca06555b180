package cairn.libp2p.pnet;

import static org.assertj.core.api.Assertions.assertThat;

import cairn.multiformats.MalformedException;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;

class PrivateNetworkFuzzTest {
    @FuzzTest
    void a_file_is_a_network_or_malformed(byte @NotNull [] file) {
        try {
            assertThat(PrivateNetwork.parse(file).fingerprint()).hasSize(32);
        } catch (MalformedException e) {
            assertThat(e.getMessage()).startsWith("swarm key: ");
        }
    }
}
