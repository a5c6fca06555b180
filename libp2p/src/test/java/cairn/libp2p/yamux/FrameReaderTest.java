package cairn.libp2p.yamux;

import static org.assertj.core.api.Assertions.assertThat;

import cairn.libp2p.yamux.FrameReader.Keeping;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameReaderTest {
    @ParameterizedTest
    @ValueSource(
            ints = {
                1, // every header and payload in pieces
                11, // a header less a byte
                12,
                13,
                1_000_000 // all at once
            })
    void frames_are_the_same_however_their_bytes_arrive(int piece) throws Exception {
        byte[] bytes = new byte[3 * FrameHeader.BYTES + 500];
        FrameHeader.write(bytes, 0, FrameType.DATA, FrameHeader.SYN, -1, 500);
        for (int i = 0; i < 500; i++) bytes[FrameHeader.BYTES + i] = (byte) i;
        FrameHeader.write(bytes, 512, FrameType.DATA, FrameHeader.FIN, 3, 0);
        FrameHeader.write(bytes, 524, FrameType.WINDOW_UPDATE, FrameHeader.RST, 5, -1);
        Recorded seen = new Recorded();
        FrameReader reader = new FrameReader(seen, new FrameArrays());
        for (int at = 0; at < bytes.length; at += piece)
            reader.take(bytes, at, Math.min(piece, bytes.length - at));
        assertThat(seen.frames)
                .containsExactly(
                        new FrameHeader(FrameType.DATA, FrameHeader.SYN, -1, 500),
                        new FrameHeader(FrameType.DATA, FrameHeader.FIN, 3, 0),
                        new FrameHeader(FrameType.WINDOW_UPDATE, FrameHeader.RST, 5, 0xffff_ffffL));
        assertThat(seen.ended).isEqualTo(seen.frames);
        assertThat(seen.payload.toByteArray()).isEqualTo(payloadOf(bytes));
    }

    @Test
    void an_array_is_given_away_only_when_nothing_else_of_it_is_to_be_read() throws Exception {
        byte[] bytes = new byte[2 * FrameHeader.BYTES + 1000];
        FrameHeader.write(bytes, 0, FrameType.DATA, 0, 1, 700);
        FrameHeader.write(bytes, FrameHeader.BYTES + 700, FrameType.DATA, 0, 1, 300);
        Recorded seen = new Recorded();
        FrameReader reader = new FrameReader(seen, new FrameArrays());
        reader.take(bytes, 0, bytes.length);
        reader.take(bytes, 0, FrameHeader.BYTES + 700);
        assertThat(seen.keepings).containsExactly(Keeping.SHARED, Keeping.COPY, Keeping.OWN);
    }

    private static byte[] payloadOf(byte[] bytes) {
        byte[] payload = new byte[500];
        System.arraycopy(bytes, FrameHeader.BYTES, payload, 0, 500);
        return payload;
    }

    private static final class Recorded implements FrameReader.Handler {
        private final List<FrameHeader> frames = new ArrayList<>();
        private final List<Keeping> keepings = new ArrayList<>();
        private final List<FrameHeader> ended = new ArrayList<>();
        private final ByteArrayOutputStream payload = new ByteArrayOutputStream();

        @Override
        public void frame(FrameHeader header) {
            frames.add(header);
        }

        @Override
        public boolean payload(byte[] bytes, int offset, int length, Keeping keeping) {
            keepings.add(keeping);
            payload.write(bytes, offset, length);
            return false;
        }

        @Override
        public void frameEnds(FrameHeader header) {
            ended.add(header);
        }

        @Override
        public void batchEnds() {}
    }
}
