package cairn.cli.listing;

import static org.assertj.core.api.Assertions.assertThat;

import cairn.dag.LinkName;
import cairn.dag.exporter.DirectoryEntry;
import cairn.multiformats.Cid;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SortedListingTest {
    private final List<String> printed = new ArrayList<>();
    private final SortedListing sorted = new SortedListing(new Recorder(), 3);

    @Test
    void entries_that_fit_come_in_the_order_of_their_names_bytes() throws Exception {
        // U+FB01 comes after U+1F600 by UTF-16, and before it by bytes.
        list("\ud83d\ude00", "\ufb01", "a");
        assertThat(printed).containsExactly("a", "\ufb01", "\ud83d\ude00", "end");
    }

    @Test
    void more_than_fit_come_as_they_are_read() throws Exception {
        list("d", "b", "c", "a");
        assertThat(printed).containsExactly("d", "b", "c", "a", "end");
    }

    @Test
    void each_directory_is_sorted_by_itself() throws Exception {
        list("b", "a", "d", "c");
        list("z", "y");
        assertThat(printed).containsExactly("b", "a", "d", "c", "end", "y", "z", "end");
    }

    private void list(String... names) throws Exception {
        Cid cid = Cid.parse("bafkqaaa");
        sorted.begin("dir");
        for (String name : names)
            sorted.print(
                    Listed.unresolved(
                            new DirectoryEntry(
                                    LinkName.of(name.getBytes(StandardCharsets.UTF_8)), cid, 0)));
        sorted.endDirectory();
    }

    private final class Recorder implements Listing {
        @Override
        public void begin(String argument) {}

        @Override
        public void print(Listed entry) {
            printed.add(entry.name());
        }

        @Override
        public void endDirectory() throws IOException {
            printed.add("end");
        }

        @Override
        public void end() {}
    }
}
