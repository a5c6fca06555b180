package cairn.cli.daemon;

import cairn.cli.console.Invocation;
import cairn.cli.console.Repos;
import cairn.cli.console.UsageException;
import cairn.dag.exporter.ReadAhead;
import cairn.dag.exporter.UnixFsReader;
import cairn.multiformats.Cid;
import cairn.node.Access;
import cairn.node.CairnNode;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/// What a command that writes to the caller's disk reads: the repo's store, and what isn't there
/// from the repo's daemon; or a daemon alone, where the call names one.
public final class ReadableDags implements Closeable {
    private final Optional<CairnNode> node;
    private final DaemonBlocks blocks;

    private ReadableDags(Optional<CairnNode> node, DaemonBlocks blocks) {
        this.node = node;
        this.blocks = blocks;
    }

    /// Opens what a call reads from.
    public static ReadableDags open(Invocation call) throws IOException, UsageException {
        if (call.globals().api().isPresent())
            return new ReadableDags(
                    Optional.empty(),
                    DaemonBlocks.of(call, _ -> Optional.empty(), CairnNode.knownHashes()));
        CairnNode node = Repos.open(call, Access.READ);
        boolean open = false;
        try {
            var blocks = DaemonBlocks.of(call, node.local(), node.hashes());
            open = true;
            return new ReadableDags(Optional.of(node), blocks);
        } finally {
            if (!open) node.close();
        }
    }

    public UnixFsReader reader() {
        return new UnixFsReader(blocks, ReadAhead.LOCAL);
    }

    /// Says which DAG will be read.
    public void expect(Cid root) {
        blocks.expect(root);
    }

    /// How many peers the daemon has some of it from.
    public int sources() {
        return blocks.fetched().have();
    }

    @Override
    public void close() throws IOException {
        blocks.close();
        if (node.isPresent()) node.get().close();
    }
}
