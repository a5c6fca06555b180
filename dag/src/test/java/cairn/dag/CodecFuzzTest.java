package cairn.dag;

import static org.assertj.core.api.Assertions.assertThat;

import cairn.multiformats.MalformedException;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;

/// Any bytes are a node or a [MalformedException]; a node that is read is written and read again to
/// the same.
class CodecFuzzTest {
    @FuzzTest
    void nodes(byte[] bytes) throws MalformedException {
        PbNode node;
        try {
            node = PbNode.decode(ByteBuffer.wrap(bytes));
        } catch (MalformedException _) {
            return;
        }
        PbNode again = PbNode.decode(ByteBuffer.wrap(node.encode()));
        assertThat(again.links()).isEqualTo(node.links());
        assertThat(again.data()).isEqualTo(node.data());
    }

    @FuzzTest
    void unixFs(byte[] bytes) throws MalformedException {
        UnixFs data;
        try {
            data = UnixFs.decode(ByteBuffer.wrap(bytes));
        } catch (MalformedException _) {
            return;
        }
        assertThat(UnixFs.decode(ByteBuffer.wrap(data.encode()))).isEqualTo(data);
    }

    @FuzzTest
    void names(byte[] bytes) {
        assertThat(LinkName.of(bytes).quoted()).doesNotContain("\n", "\u001b", "\u202e");
    }
}
