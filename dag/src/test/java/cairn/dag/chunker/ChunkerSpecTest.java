package cairn.dag.chunker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkerSpecTest {
    @ParameterizedTest
    @CsvSource({
        "size-1,size-1",
        "size-2096896,size-2096896",
        "rabin,rabin-87381-262144-393216",
        "rabin-1000,rabin-333-1000-1500",
        "rabin-16-17-18,rabin-16-17-18",
        "rabin-min:16-avg:100-max:2096896,rabin-16-100-2096896",
        "buzhash,buzhash",
        "default,size-262144",
        "buzhash-anything,buzhash",
    })
    void what_kubo_takes_is_read(String text, String meaning) {
        assertThat(ChunkerSpec.parse(text)).hasToString(meaning);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "size",
                "size-",
                "size-0",
                "size--1",
                "size-1-2",
                "size-2096897",
                "size-99999999999",
                "size-1k",
                "rabin-0",
                "rabin-1397932", // one and a half times of it is above the largest chunk
                "rabin-1-2",
                "rabin-15-20-30",
                "rabin-20-20-30",
                "rabin-20-30-30",
                "rabin-20-30-2096897",
                "rabin-max:20-avg:30-max:40",
                "rabin-20-30-40-50",
                "fastcdc",
            })
    void what_is_no_chunker_is_refused(String text) {
        assertThatThrownBy(() -> ChunkerSpec.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching(".+");
    }

    @Test
    void a_refusal_names_the_text_and_what_was_expected() {
        assertThatThrownBy(() -> ChunkerSpec.parse("size-1k"))
                .hasMessage("chunker 'size-1k': '1k' is not a number of bytes");
    }
}
