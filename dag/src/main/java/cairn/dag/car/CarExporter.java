package cairn.dag.car;

import cairn.dag.BlockSource;
import cairn.dag.IdentityBlocks;
import cairn.dag.MissingBlockException;
import cairn.dag.walk.Visited;
import cairn.multiformats.Cid;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.List;
import java.util.function.Supplier;

/// Writes DAGs to archives: the roots in the header, then the blocks depth first, each before what
/// it links to, in the order of links; several roots one after another. The same DAG gives the same
/// bytes, and they are those of Kubo's `dag export`.
///
/// **Limits:** those of the walk (see [cairn.dag.walk.DagWalk]), and 32 MiB of blocks that are read
/// ahead.
public final class CarExporter {
    private final BlockSource source;
    private final ExportOptions options;
    private final Supplier<Visited> visited;

    /// An export that remembers what it wrote on the heap.
    public CarExporter(BlockSource source, ExportOptions options) {
        this(source, options, Visited::onHeap);
    }

    /// @param visited makes what remembers the blocks of one archive
    public CarExporter(BlockSource source, ExportOptions options, Supplier<Visited> visited) {
        this.source = IdentityBlocks.over(source);
        this.options = options;
        this.visited = visited;
    }

    /// Writes what is below roots. Nothing is written when a root is missing; whatever fails later
    /// leaves an archive that is cut short.
    ///
    /// @throws MissingBlockException when a root is not there, or, unless blocks may be left out,
    ///   another block; it names it
    /// @throws cairn.dag.DagException when a block is malformed, of a codec whose links can't be
    ///   read, or too deep
    /// @throws java.io.InterruptedIOException when the thread is interrupted
    public Exported export(List<Cid> roots, WritableByteChannel out) throws IOException {
        for (Cid root : roots) if (!source.has(root)) throw new MissingBlockException(root);
        CarWriter writer = new CarWriter(out, roots);
        try (ExportRun run = new ExportRun(source, options, visited.get(), writer)) {
            for (Cid root : roots) run.write(root);
            return run.finish();
        }
    }
}
