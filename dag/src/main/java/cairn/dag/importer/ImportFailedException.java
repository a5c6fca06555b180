package cairn.dag.importer;

import cairn.dag.LinkName;
import java.io.IOException;
import java.util.List;

/// Entries that couldn't be imported. Everything else was read, and its blocks are in the sink;
/// nothing of it may be taken for whole.
public final class ImportFailedException extends IOException {
    private static final long serialVersionUID = 1L;

    /// How many bad entries are kept; further ones are only counted.
    public static final int MAX_ENTRIES = 1000;

    /// An entry that couldn't be imported.
    ///
    /// @param path as bytes, as the source was named and from there down
    /// @param reason a few words, such as `permission denied`
    public record BadEntry(LinkName path, String reason) {
        @Override
        public String toString() {
            return path + ": " + reason;
        }
    }

    private final transient List<BadEntry> entries;
    private final long count;

    ImportFailedException(List<BadEntry> entries, long count) {
        super(message(entries, count));
        this.entries = List.copyOf(entries);
        this.count = count;
    }

    private static String message(List<BadEntry> entries, long count) {
        return count == 1
                ? entries.getFirst().toString()
                : count + " entries couldn't be imported, the first: " + entries.getFirst();
    }

    /// The first [#MAX_ENTRIES] bad entries, in the order of the walk.
    public List<BadEntry> entries() {
        return entries == null ? List.of() : entries;
    }

    /// How many bad entries there were.
    public long count() {
        return count;
    }
}
