package cairn.bitswap.client;

import cairn.bitswap.session.BlockTaker;
import cairn.multiformats.Block;
import cairn.multiformats.Cid;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/// A taker that a thread waits for.
public final class OneBlock implements BlockTaker {
    private final CompletableFuture<Block> block = new CompletableFuture<>();

    @Override
    public void arrived(Block arrived, String source) {
        block.complete(arrived);
    }

    @Override
    public void failed(Cid cid, IOException why) {
        block.completeExceptionally(why);
    }

    /// Waits for the block.
    ///
    /// @throws IOException when it can't be had
    public Block await() throws IOException, InterruptedException {
        try {
            return block.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException why) throw why;
            throw new IllegalStateException(e.getCause());
        }
    }
}
