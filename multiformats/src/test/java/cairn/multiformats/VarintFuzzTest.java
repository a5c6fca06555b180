package cairn.multiformats;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.Arrays;

class VarintFuzzTest {
    @FuzzTest
    void what_is_read_is_what_would_be_written(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        long value;
        try {
            value = Varint.read(in);
        } catch (MalformedException e) {
            assertThat(in.position()).isLessThanOrEqualTo(Varint.MAX_BYTES);
            return;
        }
        assertThat(value).isNotNegative();
        ByteBuffer out = ByteBuffer.allocate(Varint.size(value));
        Varint.write(value, out);
        assertThat(out.array()).isEqualTo(Arrays.copyOf(bytes, in.position()));
    }
}
