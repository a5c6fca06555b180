package cairn.dag.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.dag.LinkName;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DagPathTest {
    private static final String CID = "bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e";

    private static List<String> names(String text) throws MalformedPathException {
        return DagPath.parse(text).names().stream().map(LinkName::toString).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "//"})
    void a_root_may_end_in_slashes(String end) throws MalformedPathException {
        for (String start : List.of("", "/ipfs/", "ipfs://", "IPFS://")) {
            DagPath path = DagPath.parse(start + CID + end);
            assertThat(path.root()).hasToString(CID);
            assertThat(path.names()).isEmpty();
        }
    }

    @Test
    void names_are_parted_by_slashes() throws MalformedPathException {
        assertThat(names(CID + "/a/b c/ü/")).containsExactly("a", "b c", "ü");
        assertThat(names("/ipfs/" + CID + "//a///b")).containsExactly("a", "b");
        assertThat(names(CID + "/./..")).containsExactly(".", "..");
    }

    @Test
    void only_uris_are_percent_decoded() throws MalformedPathException {
        assertThat(names("ipfs://" + CID + "/a%20b/%2F")).containsExactly("a b", "/");
        assertThat(names("/ipfs/" + CID + "/a%20b")).containsExactly("a%20b");
        assertThat(DagPath.parse("ipfs://" + CID + "/x%fFy%00").names())
                .containsExactly(LinkName.of(new byte[] {'x', (byte) 0xff, 'y', 0}));
    }

    @Test
    void a_path_is_shown_escaped() throws MalformedPathException {
        assertThat(DagPath.parse("ipfs://" + CID + "/a%0a/b"))
                .hasToString("/ipfs/" + CID + "/a\\n/b");
    }

    @ParameterizedTest
    @CsvSource({
        "'', no CID",
        "/, must begin with a CID",
        "/ipfs/, no CID",
        "/ipfs, must begin with a CID",
        "ipfs://, no CID",
        "/ipns/example.org, names (/ipns) need a network",
        "ipns://example.org/a, names (/ipns) need a network",
        "/etc/passwd, must begin with a CID",
        "hello, invalid path \"hello\"",
        "'a\u001b[2J', 'invalid path \"a\\x1b[2J\"'"
    })
    void what_is_no_path_is_told(String text, String message) {
        assertThatThrownBy(() -> DagPath.parse(text))
                .isInstanceOf(MalformedPathException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "%4", "a%", "%zz", "%+1", "%-1"})
    void a_bad_escape_is_told(String name) {
        assertThatThrownBy(() -> DagPath.parse("ipfs://" + CID + "/" + name))
                .isInstanceOf(MalformedPathException.class)
                .hasMessageContaining("two hexadecimal digits");
    }

    @Test
    void a_name_that_is_no_text_is_told() {
        assertThatThrownBy(() -> DagPath.parse(CID + "/\ud800"))
                .isInstanceOf(MalformedPathException.class)
                .hasMessageContaining("not text");
    }

    @Test
    void the_number_of_names_is_bounded() throws MalformedPathException {
        assertThat(names(CID + "/a".repeat(DagPath.MAX_NAMES))).hasSize(DagPath.MAX_NAMES);
        assertThatThrownBy(() -> names(CID + "/a".repeat(DagPath.MAX_NAMES + 1)))
                .isInstanceOf(MalformedPathException.class);
    }

    /// Any text is a path or a [MalformedPathException], and no name in a path is empty.
    @FuzzTest
    void any_text(byte[] bytes) {
        String text = new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
        for (String start : List.of("", CID + "/", "ipfs://" + CID + "/")) {
            try {
                assertThat(DagPath.parse(start + text).names()).doesNotContain(LinkName.EMPTY);
            } catch (MalformedPathException e) {
                assertThat(e).hasMessageStartingWith("invalid path");
            }
        }
    }
}
