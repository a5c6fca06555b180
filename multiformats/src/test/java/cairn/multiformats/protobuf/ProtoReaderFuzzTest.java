package cairn.multiformats.protobuf;

import static org.assertj.core.api.Assertions.assertThat;

import cairn.multiformats.MalformedException;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.nio.ByteBuffer;

class ProtoReaderFuzzTest {
    @FuzzTest
    void fields_lie_within_the_message(byte @NotNull [] bytes) {
        ProtoReader in = new ProtoReader("test", ByteBuffer.wrap(bytes));
        ProtoReader passing = new ProtoReader("test", ByteBuffer.wrap(bytes));
        int seen = 0;
        try {
            for (int field = in.next(); field != 0; field = in.next()) {
                assertThat(passing.next()).isEqualTo(field);
                assertThat(passing.wireType()).isEqualTo(in.wireType());
                switch (in.wireType()) {
                    case ProtoReader.VARINT -> in.number("number");
                    case ProtoReader.BYTES -> seen += in.bytes("bytes").remaining();
                    case ProtoReader.FIXED32 -> in.fixed32("fixed");
                    default -> in.skip();
                }
                passing.skip();
            }
        } catch (MalformedException e) {
            assertThat(e.getMessage()).startsWith("test: ");
        }
        assertThat(seen).isLessThanOrEqualTo(bytes.length);
    }
}
