package cairn.libp2p.multistream;

import static org.assertj.core.api.Assertions.assertThat;

import cairn.libp2p.wire.MemoryDuplex;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

class MultistreamFuzzTest {
    @FuzzTest
    void what_a_responder_reads_is_tokens_and_nothing_beyond(byte[] bytes) {
        MemoryDuplex end = MemoryDuplex.of(bytes);
        List<String> tokens = new ArrayList<>();
        tokens.add(Token.HEADER);
        try {
            String taken =
                    Multistream.answer(
                            end,
                            proposal -> {
                                tokens.add(proposal);
                                return proposal.startsWith("/a");
                            });
            assertThat(tokens.getLast()).isEqualTo(taken).startsWith("/a");
            byte[] read = Arrays.copyOf(bytes, bytes.length - end.unread());
            if (tokens.stream().noneMatch(t -> t.contains("\n") || t.contains("\ufffd")))
                assertThat(read).isEqualTo(Token.frame(tokens.toArray(String[]::new)));
        } catch (IOException e) {
            assertThat(tokens.size()).isLessThanOrEqualTo(Multistream.MAX_PROPOSALS + 1);
        }
    }

    @FuzzTest
    void an_initiator_takes_what_it_offered_or_nothing(byte[] bytes) {
        List<String> offers = List.of("/a", "/b");
        try {
            assertThat(Multistream.select(MemoryDuplex.of(bytes), offers)).isIn(offers);
        } catch (IOException e) {
            assertThat(e).hasMessageMatching("(?s).+");
        }
    }
}
