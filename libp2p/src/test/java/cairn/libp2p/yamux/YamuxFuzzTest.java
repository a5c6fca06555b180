package cairn.libp2p.yamux;

import static org.assertj.core.api.Assertions.assertThat;

import cairn.libp2p.muxer.ConnectionClosedException;
import cairn.libp2p.muxer.MuxedStream;
import cairn.libp2p.muxer.StreamResetException;
import cairn.libp2p.wire.Duplex;
import cairn.libp2p.wire.Role;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

class YamuxFuzzTest {
    private static final long MEMORY = 1 << 20;

    /// Whatever comes, from a header on its own to a whole conversation: the connection ends when
    /// the bytes do, what it held stayed within the budget, and nothing is held afterwards.
    @FuzzTest
    void a_connection_survives_whatever_it_reads(byte[] bytes) throws IOException {
        CountedMemory memory = new CountedMemory(MEMORY);
        List<MuxedStream> accepted = new ArrayList<>();
        YamuxConnection connection =
                new YamuxConnection(
                        new Script(bytes),
                        Role.RESPONDER,
                        memory,
                        new FrameArrays(),
                        System::nanoTime);
        FrameReader reader =
                new FrameReader(new Demultiplexer(connection, System::nanoTime), new FrameArrays());
        connection.accepts(accepted::add);
        try {
            reader.readAll(new Script(bytes));
        } catch (ProtocolViolationException e) {
            assertThat(e).hasMessageMatching("(?s).+");
        }
        assertThat(memory.most()).isLessThanOrEqualTo(MEMORY);
        for (MuxedStream each : accepted) drain(each);
        connection.close();
        assertThat(connection.streams()).isZero();
        assertThat(memory.used()).isZero();
    }

    private static void drain(MuxedStream stream) throws IOException {
        byte[] target = new byte[1_000];
        stream.reset();
        try {
            int n = stream.read(target, 0, target.length);
            assertThat(n).isEqualTo(-1);
        } catch (StreamResetException | ConnectionClosedException e) {
            assertThat(e).hasMessageMatching("(?s).+");
        }
    }

    /// A channel on which these bytes come, and nothing is heard.
    private static final class Script implements Duplex {
        private final byte[] bytes;
        private int at;

        Script(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (at == bytes.length) return -1;
            int n = Math.min(length, bytes.length - at);
            System.arraycopy(bytes, at, target, offset, n);
            at += n;
            return n;
        }

        @Override
        public void write(byte[] source, int offset, int length) {}

        @Override
        public void close() {}
    }
}
