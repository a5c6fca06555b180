package cairn.dag.exporter;

import cairn.dag.BlockSource;
import cairn.dag.IdentityBlocks;
import cairn.dag.MissingBlockException;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import java.io.IOException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Fetches blocks on threads of its own, which start when first needed. Safe for use by many
/// threads at once.
final class BlockFetcher implements AutoCloseable {
    private final BlockSource source;
    private final ReadAhead readAhead;
    private final ThreadPoolExecutor threads;

    BlockFetcher(BlockSource source, ReadAhead readAhead) {
        this.source = IdentityBlocks.over(source);
        this.readAhead = readAhead;
        this.threads =
                new ThreadPoolExecutor(
                        Math.max(1, readAhead.threads()),
                        Math.max(1, readAhead.threads()),
                        10,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        Thread.ofPlatform().daemon().name("read-ahead-", 0).factory());
        this.threads.allowCoreThreadTimeOut(true);
    }

    ReadAhead readAhead() {
        return readAhead;
    }

    /// The block, fetched by the caller.
    Block get(Cid cid) throws IOException {
        return source.get(cid).orElseThrow(() -> new MissingBlockException(cid));
    }

    /// A fetch that a thread takes up when one is free, or whoever awaits it first.
    Fetch start(Cid cid) {
        Fetch fetch = new Fetch(() -> get(cid));
        if (readAhead.threads() > 0 && !threads.isShutdown()) threads.execute(fetch::run);
        return fetch;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
