package cairn.dag.exporter;

import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Optional;

/// The entries of a sharded directory, depth first, further shards fetched ahead.
///
/// Every entry's hash must lead to where it stands, so that no name comes twice, and a shard that
/// is linked from two places fails at the second: a small DAG can't unfold into a large listing.
final class ShardCursor implements EntryCursor {
    /// How many shards are fetched ahead on each level.
    private static final int AHEAD = 16;

    private static final class Frame {
        final Shard shard;
        final ArrayDeque<Fetch<Block>> pending = new ArrayDeque<>();
        int next;
        int ahead;

        Frame(Shard shard) {
            this.shard = shard;
        }
    }

    private final BlockFetcher fetcher;
    private final ArrayDeque<Frame> frames = new ArrayDeque<>();
    private final Fetch.Steps steps = new Fetch.Steps();
    private long held;
    private int heldLinks;

    ShardCursor(BlockFetcher fetcher, Shard root) {
        this.fetcher = fetcher;
        push(root);
    }

    private void push(Shard shard) {
        heldLinks += shard.links().size();
        held += shard.encodedSize();
        frames.push(new Frame(shard));
    }

    @Override
    public Optional<DirectoryEntry> next() throws IOException {
        return steps.take(this::step);
    }

    private Optional<DirectoryEntry> step() throws IOException {
        while (!frames.isEmpty()) {
            Frame frame = frames.peek();
            if (frame.next == frame.shard.links().size()) {
                Shard done = frames.pop().shard;
                held -= done.encodedSize();
                heldLinks -= done.links().size();
                continue;
            }
            fill(frame);
            int index = frame.next++;
            if (!frame.shard.isShard(index)) return Optional.of(frame.shard.entry(index));
            Fetch<Block> fetch = frame.pending.remove();
            push(frame.shard.child(index, fetch.await()));
        }
        return Optional.empty();
    }

    private void fill(Frame frame) {
        while (frame.pending.size() < AHEAD && frame.ahead < frame.shard.links().size()) {
            int index = frame.ahead++;
            if (frame.shard.isShard(index)) {
                Cid cid = frame.shard.links().get(index).cid();
                frame.pending.add(fetcher.start(cid, PartCursor.INNER_COST));
            }
        }
    }

    @Override
    public long heldBytes() {
        return held;
    }

    @Override
    public int heldLinks() {
        return heldLinks;
    }

    @Override
    public void close() {
        for (Frame frame : frames) frame.pending.forEach(Fetch::cancel);
        frames.clear();
    }
}
