package cairn.libp2p.yamux;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;

class FrameReaderFuzzTest {
    @FuzzTest
    void frames_are_the_same_however_their_bytes_are_cut(byte[] bytes) throws IOException {
        if (bytes.length == 0) return;
        int piece = 1 + (bytes[0] & 0x3f);
        assertThat(told(bytes, piece)).isEqualTo(told(bytes, bytes.length));
    }

    /// What a handler is told, as text; a payload counts by its length and the sum of its bytes.
    private static String told(byte[] bytes, int piece) throws IOException {
        Told told = new Told();
        FrameReader reader = new FrameReader(told, new FrameArrays());
        try {
            for (int at = 0; at < bytes.length; at += piece)
                reader.take(bytes, at, Math.min(piece, bytes.length - at));
        } catch (ProtocolViolationException e) {
            told.text.append(e.getMessage());
        }
        return told.text + " " + told.payload + " " + told.sum;
    }

    private static final class Told implements FrameReader.Handler {
        private final StringBuilder text = new StringBuilder();
        private long payload;
        private long sum;

        @Override
        public void frame(FrameHeader header) {
            text.append(header);
        }

        @Override
        public boolean payload(byte[] bytes, int offset, int length, FrameReader.Keeping keeping) {
            payload += length;
            for (int i = 0; i < length; i++) sum = 31 * sum + bytes[offset + i];
            return false;
        }

        @Override
        public void frameEnds(FrameHeader header) {
            text.append('.');
        }

        @Override
        public void batchEnds() {}
    }
}
