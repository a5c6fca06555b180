package cairn.cli.blocks;

import cairn.cli.console.Command;
import cairn.cli.console.Invocation;
import cairn.cli.console.Repos;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.multiformats.Block;
import cairn.node.Access;
import cairn.node.CairnNode;
import java.io.IOException;

/// Tells a block's CID and size.
public final class BlockStatCommand implements Command {
    @Override
    public Usage usage() {
        return Usage.of("block stat", "Tell a block's CID and size")
                .atStore(Usage.Runs.VALUES)
                .fetches()
                .arguments("<cid>", 1, 1);
    }

    @Override
    public void run(Invocation call) throws IOException, UsageException {
        try (CairnNode node = Repos.open(call, Access.READ)) {
            Block block = Blocks.read(call.arguments().getFirst(), node);
            if (call.globals().json()) {
                call.out().json(Blocks.describe(block.cid(), block.size(), call));
                return;
            }
            call.out().line("Key: " + call.globals().text(block.cid()));
            call.out().line("Size: " + block.size());
        }
    }
}
