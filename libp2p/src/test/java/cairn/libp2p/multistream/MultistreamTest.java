package cairn.libp2p.multistream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.libp2p.muxer.StreamResetException;
import cairn.libp2p.wire.Both;
import cairn.libp2p.wire.Duplex;
import cairn.libp2p.wire.MemoryDuplex;
import cairn.libp2p.wire.Messages;
import cairn.multiformats.MalformedException;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultistreamTest {
    private static final String HEADER = "/multistream/1.0.0";

    private final List<MemoryDuplex> ends = MemoryDuplex.pair();
    private final MemoryDuplex initiator = ends.getFirst();
    private final MemoryDuplex responder = ends.getLast();

    @Test
    void the_first_offer_that_the_responder_speaks_is_taken() throws Exception {
        var both =
                Both.of(
                        () -> Multistream.select(initiator, List.of("/a", "/b", "/c")),
                        () -> Multistream.answer(responder, Set.of("/c", "/b")::contains));
        assertThat(both).isEqualTo(new Both<>("/b", "/b"));
    }

    @Test
    void a_first_offer_that_is_taken_costs_each_end_one_write() throws Exception {
        Token.write(initiator, HEADER, "/a");
        assertThat(Multistream.answer(responder, "/a"::equals)).isEqualTo("/a");
        assertThat(responder.writes()).hasSize(1);
        assertThat(text(initiator, 24)).isEqualTo("\u0013/multistream/1.0.0\n\u0003/a\n");
    }

    @Test
    void the_header_is_answered_before_a_proposal_has_come() throws Exception {
        var answered = Both.started(() -> Multistream.answer(responder, "/a"::equals));
        Token.write(initiator, HEADER);
        assertThat(text(initiator, 20)).isEqualTo("\u0013/multistream/1.0.0\n");
        Token.write(initiator, "/a");
        assertThat(text(initiator, 4)).isEqualTo("\u0003/a\n");
        assertThat(Both.result(answered)).isEqualTo("/a");
    }

    @Test
    void where_no_offer_is_spoken_all_are_named() {
        assertThatThrownBy(
                        () ->
                                Both.of(
                                        () -> {
                                            try {
                                                return Multistream.select(
                                                        initiator, List.of("/a", "/b"));
                                            } finally {
                                                initiator.finish();
                                            }
                                        },
                                        () -> Multistream.answer(responder, p -> false)))
                .isInstanceOf(UnsupportedProtocolException.class)
                .hasMessage("the other end doesn't speak /a, /b");
    }

    @Test
    void what_follows_the_last_token_is_left_to_the_protocol() throws Exception {
        byte[] tokens = Token.frame(HEADER, "ls", "/a");
        byte[] more = "and more".getBytes(UTF_8);
        initiator.write(tokens, 0, tokens.length);
        initiator.write(more, 0, more.length);
        assertThat(Multistream.answer(responder, "/a"::equals)).isEqualTo("/a");
        assertThat(text(responder, more.length)).isEqualTo("and more");

        var both = MemoryDuplex.pair();
        byte[] answers = Token.frame(HEADER, "na", "/b");
        both.getLast().write(answers, 0, answers.length);
        both.getLast().write(more, 0, more.length);
        assertThat(Multistream.select(both.getFirst(), List.of("/a", "/b"))).isEqualTo("/b");
        assertThat(text(both.getFirst(), more.length)).isEqualTo("and more");
    }

    /// One of the longest length, and of one more.
    @Test
    void a_token_has_at_most_1024_bytes() throws Exception {
        String longest = "/" + "x".repeat(1022);
        assertThat(
                        Both.of(
                                () -> Multistream.select(initiator, List.of(longest)),
                                () -> Multistream.answer(responder, longest::equals)))
                .isEqualTo(new Both<>(longest, longest));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Multistream.select(initiator, List.of(longest + "x")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Multistream.select(initiator, List.of("/a\n/b")));

        byte[] tooLong = Messages.frame((longest + "x\n").getBytes(UTF_8));
        assertThatThrownBy(() -> Multistream.answer(after(HEADER, tooLong), p -> true))
                .isInstanceOf(MalformedException.class)
                .hasMessage("a token has 1025 bytes; at most 1024 are read");
    }

    @Test
    void proposals_without_end_are_refused() {
        String[] tokens =
                IntStream.range(0, Multistream.MAX_PROPOSALS + 2)
                        .mapToObj(i -> i == 0 ? HEADER : "/" + i)
                        .toArray(String[]::new);
        assertThatThrownBy(
                        () -> Multistream.answer(MemoryDuplex.of(Token.frame(tokens)), p -> false))
                .isInstanceOf(MalformedException.class)
                .hasMessage("more than 64 protocols were proposed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", // no line feed
                "\u0002ab", // another last character
                "\u0080\u0000", // a length that is not minimal
                "\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff" // without end
            })
    void malformed_tokens_are_refused(String raw) {
        byte[] bytes = raw.isEmpty() ? new byte[] {0} : raw.getBytes(ISO_8859_1);
        assertThatThrownBy(() -> Multistream.answer(after(HEADER, bytes), p -> true))
                .isInstanceOf(MalformedException.class);
    }

    @Test
    void another_protocol_is_told_at_once() throws Exception {
        byte[] http = "GET / HTTP/1.1\r\n".getBytes(UTF_8);
        initiator.write(http, 0, http.length); // shorter than the header, and nothing follows
        assertThatThrownBy(() -> Multistream.answer(responder, p -> true))
                .isInstanceOf(MalformedException.class)
                .hasMessageContainingAll("doesn't speak multistream-select", "swarm.key");
        assertThat(responder.writes()).isEmpty();
    }

    @Test
    void an_answer_that_says_neither_is_refused() {
        assertThatThrownBy(
                        () ->
                                Multistream.select(
                                        MemoryDuplex.of(Token.frame(HEADER, "/evil\u0007")),
                                        List.of("/a")))
                .isInstanceOf(MalformedException.class)
                .hasMessage("answered to /a is '/evil?', which says neither");
    }

    @Test
    void an_end_that_finishes_early_is_told() {
        assertThatThrownBy(() -> Multistream.answer(MemoryDuplex.of(new byte[0]), p -> true))
                .isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> Multistream.answer(after(HEADER, new byte[] {5, 'a'}), p -> true))
                .isInstanceOf(EOFException.class);
    }

    @Test
    void who_reads_no_answer_is_still_heard() throws Exception {
        var deaf =
                new Duplex() {
                    private final MemoryDuplex in = MemoryDuplex.of(Token.frame(HEADER, "/a"));

                    @Override
                    public int read(byte[] target, int offset, int length) throws IOException {
                        return in.read(target, offset, length);
                    }

                    @Override
                    public void write(byte[] source, int offset, int length) throws IOException {
                        throw new StreamResetException("reads no more");
                    }

                    @Override
                    public void close() {}
                };
        assertThat(Multistream.answer(deaf, "/a"::equals)).isEqualTo("/a");
    }

    private static MemoryDuplex after(String header, byte[] bytes) {
        byte[] head = Token.frame(header);
        byte[] all = Arrays.copyOf(head, head.length + bytes.length);
        System.arraycopy(bytes, 0, all, head.length, bytes.length);
        return MemoryDuplex.of(all);
    }

    static String text(Duplex in, int bytes) throws IOException {
        byte[] read = new byte[bytes];
        Messages.readFully(in, read, 0, bytes);
        return new String(read, UTF_8);
    }
}
