package cairn.libp2p.multistream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import cairn.libp2p.muxer.MuxedStream;
import cairn.libp2p.wire.Both;
import cairn.libp2p.wire.MemoryDuplex;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LazyStreamTest {
    private static final String PROTOCOL = "/echo/1";

    private final List<MemoryDuplex> ends = MemoryDuplex.pair();
    private final MemoryDuplex other = ends.getLast();
    private final MemoryStream below = new MemoryStream(ends.getFirst());
    private final MuxedStream stream = Multistream.lazy(below, PROTOCOL);

    /// Nothing, one byte, and around what goes along with the proposal.
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 16_383, 16_384, 16_385, 100_000})
    void the_proposal_goes_out_with_the_first_bytes(int size) throws Exception {
        byte[] data = new byte[size];
        for (int i = 0; i < size; i++) data[i] = (byte) i;
        stream.write(data, 0, size);
        stream.write(data, 0, size);
        assertThat(ends.getFirst().writes()).hasSize(size == 0 ? 1 : size <= 16_384 ? 2 : 3);

        assertThat(Multistream.answer(other, PROTOCOL::equals)).isEqualTo(PROTOCOL);
        for (int i = 0; i < 2; i++)
            assertThat(MultistreamTest.text(other, size).getBytes(UTF_8))
                    .isEqualTo(new String(data, UTF_8).getBytes(UTF_8));
        byte[] reply = {1, 2, 3};
        other.write(reply, 0, 3);
        assertThat(stream.read(new byte[10], 0, 10)).isEqualTo(3);
    }

    @Test
    void who_reads_first_proposes_all_the_same() throws Exception {
        var both =
                Both.of(
                        () -> MultistreamTest.text(stream, 5),
                        () -> {
                            String name = Multistream.answer(other, PROTOCOL::equals);
                            other.write("hello".getBytes(UTF_8), 0, 5);
                            return name;
                        });
        assertThat(both).isEqualTo(new Both<>("hello", PROTOCOL));
    }

    @Test
    void a_reader_and_a_writer_propose_once() throws Exception {
        var reads = Both.started(() -> MultistreamTest.text(stream, 2));
        stream.write("ab".getBytes(UTF_8), 0, 2);
        Multistream.answer(other, PROTOCOL::equals);
        assertThat(MultistreamTest.text(other, 2)).isEqualTo("ab");
        other.write("cd".getBytes(UTF_8), 0, 2);
        assertThat(Both.result(reads)).isEqualTo("cd");
    }

    @Test
    void a_refusal_is_told_at_the_first_read_and_at_each_after_it() throws Exception {
        stream.write(new byte[] {1}, 0, 1);
        Token.write(other, Token.HEADER, "na", PROTOCOL);
        for (int i = 0; i < 2; i++)
            assertThatThrownBy(() -> stream.read(new byte[1], 0, 1))
                    .isInstanceOf(UnsupportedProtocolException.class)
                    .hasMessage("the other end doesn't speak " + PROTOCOL);
    }

    @Test
    void a_close_waits_for_the_answer() throws Exception {
        stream.write(new byte[] {7}, 0, 1);
        var closed = Both.started(() -> closed(stream));
        Multistream.answer(other, PROTOCOL::equals);
        assertThat(Both.result(closed)).isTrue();
        assertThat(other.read(new byte[2], 0, 2)).isEqualTo(1);
        assertThat(other.read(new byte[2], 0, 2)).isEqualTo(-1);
        assertThat(below.wasReset()).isFalse();
    }

    @Test
    void a_close_tells_that_what_was_written_was_refused() throws Exception {
        stream.write(new byte[] {7}, 0, 1);
        Token.write(other, Token.HEADER, "na");
        assertThatThrownBy(stream::close).isInstanceOf(UnsupportedProtocolException.class);
        assertThat(below.wasReset()).isTrue();
    }

    @Test
    void a_close_waits_for_a_silent_peer_up_to_a_deadline() throws Exception {
        stream.write(new byte[] {7}, 0, 1);
        var closed = Both.started(() -> closed(stream));
        await().until(() -> below.deadline().equals(LazyStream.CLOSE_WAIT));
        below.pass();
        assertThatThrownBy(() -> Both.result(closed)).isInstanceOf(InterruptedIOException.class);
        assertThat(below.wasReset()).isTrue();
    }

    @Test
    void a_stream_that_was_read_is_closed_at_once() throws Exception {
        stream.closeWrite();
        Multistream.answer(other, PROTOCOL::equals);
        other.close();
        assertThat(stream.read(new byte[1], 0, 1)).isEqualTo(-1);
        stream.close();
        assertThat(below.deadline()).isZero();
        assertThat(below.wasReset()).isFalse();
    }

    private static boolean closed(MuxedStream stream) throws IOException {
        stream.close();
        return true;
    }
}
