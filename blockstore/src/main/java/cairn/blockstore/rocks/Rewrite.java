package cairn.blockstore.rocks;

import cairn.blockstore.database.TableFile;

import java.util.ArrayList;
import java.util.List;

/// Files of `blocks` next to one another that are rewritten in one piece, as what is live in them
/// fits into one.
///
/// @param first the least number in them
/// @param last the greatest
/// @param bytes of what is live in them
record Rewrite(long first, long last, long bytes) {
    /// What a file should have, in bytes: as much as one that a session filled.
    private static final long TARGET = BulkWriter.Sizes.DEFAULT.file();

    /// Files with less are rewritten along with a neighbour.
    private static final long SMALL = TARGET / 4;

    /// So many small neighbours are worth a rewrite by themselves.
    private static final int MANY = 8;

    /// Which files are to be rewritten: those that are worth it, with small neighbours, and small
    /// ones where there are many. None that has numbers from the horizon on.
    ///
    /// @param files by their numbers
    /// @param room what files that are rewritten together may take, unless one alone takes more
    static List<Rewrite> plan(List<TableFile> files, Live live, Horizon horizon, long room) {
        long most = Math.min(room, TARGET);
        List<Rewrite> rewrites = new ArrayList<>();
        List<TableFile> group = new ArrayList<>();
        long bytes = 0;
        for (TableFile file : files) {
            long alive = live.bytes(file);
            boolean fits = alive <= SMALL || Space.isWorthIt(file.bytes(), alive);
            if (!fits || file.last() >= horizon.bulk() || bytes + alive > most) {
                close(group, live, bytes, rewrites);
                bytes = 0;
            }
            if (!fits || file.last() >= horizon.bulk()) continue;
            group.add(file);
            bytes += alive;
        }
        close(group, live, bytes, rewrites);
        return rewrites;
    }

    private static void close(
            List<TableFile> group, Live live, long bytes, List<Rewrite> rewrites) {
        boolean worth = group.size() >= MANY;
        for (TableFile file : group) worth |= Space.isWorthIt(file.bytes(), live.bytes(file));
        if (worth)
            rewrites.add(new Rewrite(group.getFirst().first(), group.getLast().last(), bytes));
        group.clear();
    }

    @Override
    public String toString() {
        return "blocks " + first + " to " + last;
    }
}
