package cairn.dag.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cairn.dag.DagException;
import cairn.dag.LinkName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Which paths an entry of a stream may have.
final class TreeEntryTest {
    @Test
    void a_path_is_names_from_the_root_down() throws DagException {
        assertThat(TreeEntry.names(LinkName.of("a/.b/...c"))).hasToString("[a, .b, ...c]");
        assertThat(TreeEntry.names(LinkName.of("..."))).hasSize(1);
        assertThat(TreeEntry.names(LinkName.EMPTY)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/a", "a/", "a//b", ".", "..", "a/./b", "a/../b", "../a", "a\0b", "\0"})
    void a_path_that_is_none_within_a_folder_is_refused(String path) {
        assertThatThrownBy(() -> TreeEntry.names(LinkName.of(path)))
                .isInstanceOf(DagException.class)
                .hasMessageContaining("is no path within a folder");
    }

    @Test
    void a_path_is_as_deep_as_a_walk_goes() throws DagException {
        assertThat(TreeEntry.names(LinkName.of("a" + "/a".repeat(TreeWalk.MAX_DEPTH - 1))))
                .hasSize(TreeWalk.MAX_DEPTH);
        assertThatThrownBy(
                        () -> TreeEntry.names(LinkName.of("a" + "/a".repeat(TreeWalk.MAX_DEPTH))))
                .hasMessageContaining("nested deeper");
    }
}
