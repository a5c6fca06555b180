package cairn.dag.exporter;

import cairn.dag.DagException;
import cairn.dag.MissingBlockException;
import cairn.multiformats.Block;
import cairn.multiformats.Multicodec;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Optional;

/// The entries of a directory and the nodes that they name, in order, their blocks fetched ahead.
/// For one thread.
public final class ChildCursor implements AutoCloseable {
    private record Pending(DirectoryEntry entry, Optional<Fetch<Block>> fetch, int cost) {}

    private final BlockFetcher fetcher;
    private final EntryCursor entries;
    private final boolean raws;
    private final ArrayDeque<Pending> window = new ArrayDeque<>();
    private final Fetch.Steps steps = new Fetch.Steps();
    private long budget;
    private boolean ended;

    ChildCursor(BlockFetcher fetcher, EntryCursor entries, boolean raws) {
        this.fetcher = fetcher;
        this.entries = entries;
        this.raws = raws;
        this.budget = fetcher.readAhead().bytes() / 4;
    }

    /// The next entry and its node; empty at the end. When a call fails, all further ones fail the
    /// same way.
    public Optional<Child> next() throws IOException {
        return steps.take(this::step);
    }

    private Optional<Child> step() throws IOException {
        fill();
        Pending head = window.poll();
        if (head == null) return Optional.empty();
        budget += head.cost;
        return Optional.of(new Child(head.entry, node(head)));
    }

    /// The bytes of the directory's nodes that are held now, as blocks. What is fetched ahead is
    /// not among them: a reader bounds that for all its cursors together.
    public long heldBytes() {
        return entries.heldBytes();
    }

    /// The links of those nodes.
    public int heldLinks() {
        return entries.heldLinks();
    }

    private UnixFsNode node(Pending head) throws IOException {
        DirectoryEntry entry = head.entry;
        try {
            return head.fetch.isPresent()
                    ? Nodes.of(head.fetch.get().await(), fetcher)
                    : Nodes.unread(entry, fetcher);
        } catch (MissingBlockException e) {
            throw e;
        } catch (DagException e) {
            throw new DagException(entry.name().quoted() + ": " + e.getMessage(), e);
        }
    }

    private void fill() throws IOException {
        while (!ended
                && window.size() < fetcher.readAhead().blocks()
                && (budget > 0 || window.isEmpty())) {
            Optional<DirectoryEntry> entry = entries.next();
            if (entry.isPresent()) add(entry.get());
            else ended = true;
        }
    }

    private void add(DirectoryEntry entry) {
        boolean fetched = raws || !entry.cid().codec().equals(Multicodec.RAW);
        int cost = fetched ? Math.clamp(entry.tsize(), 0, Block.MAX_BYTES) : 0;
        budget -= cost;
        window.add(
                new Pending(
                        entry,
                        fetched ? Optional.of(fetcher.start(entry.cid(), cost)) : Optional.empty(),
                        cost));
    }

    @Override
    public void close() {
        for (Pending pending : window) pending.fetch.ifPresent(Fetch::cancel);
        window.clear();
        entries.close();
    }
}
