package cairn.node.pins;

import static org.assertj.core.api.Assertions.assertThat;

import cairn.dag.walk.Visited;
import cairn.dag.walk.Visited.Meeting;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import cairn.multiformats.Hashes;
import cairn.multiformats.Multicodec;
import cairn.multiformats.Multihash;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class VisitedHereAndElsewhereTest {
    private final Map<Multihash, Long> here = new HashMap<>();
    private final Visited visited =
            new VisitedHereAndElsewhere(
                    hash ->
                            here.containsKey(hash)
                                    ? OptionalLong.of(here.get(hash))
                                    : OptionalLong.empty());

    private static Cid cid(int content) {
        byte[] bytes = {(byte) content};
        return Block.hashed(
                        1,
                        Multicodec.RAW,
                        Hashes.jdk().find(Multicodec.SHA2_256).orElseThrow(),
                        bytes)
                .cid();
    }

    @Test
    void what_is_here_is_met_once() throws Exception {
        here.put(cid(1).hash(), 7L);
        assertThat(visited.contains(cid(1))).isFalse();
        assertThat(visited.meet(cid(1))).isEqualTo(Meeting.FIRST_AND_THERE);
        assertThat(visited.meet(cid(1))).isEqualTo(Meeting.AGAIN);
        assertThat(visited.contains(cid(1))).isTrue();
    }

    @Test
    void what_is_missing_is_met_once() throws Exception {
        assertThat(visited.meet(cid(2))).isEqualTo(Meeting.FIRST);
        assertThat(visited.meet(cid(2))).isEqualTo(Meeting.AGAIN);
        assertThat(visited.contains(cid(2))).isTrue();
    }

    @Test
    void what_was_missing_when_it_was_met_and_has_come_is_not_met_anew() throws Exception {
        assertThat(visited.meet(cid(3))).isEqualTo(Meeting.FIRST);
        here.put(cid(3).hash(), 8L);
        assertThat(visited.meet(cid(3))).isEqualTo(Meeting.AGAIN);
    }
}
