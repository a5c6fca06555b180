package cairn.dag.tree;

import static org.assertj.core.api.Assertions.assertThat;

import cairn.dag.DagException;
import cairn.dag.LinkName;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;

/// A path of any bytes is names that an entry takes, or an error.
final class TreeEntryFuzzTest {
    @FuzzTest(maxDuration = "30s")
    void names_of_any_bytes_are_ones_that_an_entry_takes(byte[] bytes) {
        try {
            List<LinkName> names = TreeEntry.names(LinkName.of(bytes));
            if (names.isEmpty()) return;
            var folder = new TreeEntry.Directory(names, Metadata.NONE);
            assertThat(folder.path().stream().reduce(LinkName::joined))
                    .hasValue(LinkName.of(bytes));
        } catch (DagException e) {
            assertThat(e.getMessage()).isNotEmpty();
        }
    }
}
