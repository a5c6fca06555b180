package cairn.cli.listing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// A listing that gets the entries of a directory in the order of their names' bytes, as Kubo
/// prints them, for a sharded directory has them in the order of their hashes.
///
/// Entries are held for that. Those of a directory with more than fit are passed on as they come.
final class SortedListing implements Listing {
    /// The most entries that are held: some megabytes.
    static final int HELD = 10_000;

    private final Listing listing;
    private final int most;
    private final List<Listed> held = new ArrayList<>();
    private boolean flowing;

    SortedListing(Listing listing, int most) {
        this.listing = listing;
        this.most = most;
    }

    @Override
    public void begin(String argument) throws IOException {
        flowing = false;
        listing.begin(argument);
    }

    @Override
    public void print(Listed entry) throws IOException {
        if (flowing) {
            listing.print(entry);
            return;
        }
        held.add(entry);
        if (held.size() <= most) return;
        release();
        flowing = true;
    }

    @Override
    public void endDirectory() throws IOException {
        held.sort(Comparator.comparing(Listed::linkName));
        release();
        listing.endDirectory();
    }

    private void release() throws IOException {
        for (Listed entry : held) listing.print(entry);
        held.clear();
    }

    @Override
    public void end() throws IOException {
        listing.end();
    }
}
