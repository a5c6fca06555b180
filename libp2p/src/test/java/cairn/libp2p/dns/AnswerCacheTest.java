package cairn.libp2p.dns;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Name;
import org.xbill.DNS.Type;

class AnswerCacheTest {
    private final AnswerCache cache = new AnswerCache(Duration.ofHours(1), () -> 0);

    @Test
    void the_least_recently_used_go_when_there_are_too_many() {
        for (int i = 0; i < AnswerCache.MAX_ANSWERS; i++) cache.put(question(i), answer("x"));
        assertThat(cache.get(question(0))).isPresent();
        cache.put(question(-1), answer("x"));
        assertThat(cache.size()).isEqualTo(AnswerCache.MAX_ANSWERS);
        assertThat(cache.get(question(0))).isPresent();
        assertThat(cache.get(question(1))).isEmpty();
    }

    @Test
    void long_texts_count_by_their_length() {
        String quarter = "x".repeat(AnswerCache.MAX_CHARS / 4);
        for (int i = 0; i < 10; i++) cache.put(question(i), answer(quarter));
        assertThat(cache.size()).isEqualTo(4);
        for (int i = 0; i < 10; i++) cache.put(question(9), answer(quarter));
        assertThat(cache.size()).isEqualTo(4);
        cache.put(question(20), answer("x".repeat(AnswerCache.MAX_CHARS + 1)));
        assertThat(cache.size()).isZero();
    }

    private static AnswerReader question(int i) {
        return new AnswerReader(Name.fromConstantString("n" + i + ".test."), Type.TXT);
    }

    private static Answer<Object> answer(String text) {
        return new Answer<>(List.of(text), Duration.ofSeconds(9));
    }
}
