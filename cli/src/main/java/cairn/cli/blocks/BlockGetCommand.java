package cairn.cli.blocks;

import cairn.cli.console.Command;
import cairn.cli.console.Invocation;
import cairn.cli.console.Repos;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.node.Access;
import cairn.node.CairnNode;
import java.io.IOException;

/// Writes a block to standard output, as it is stored.
public final class BlockGetCommand implements Command {
    @Override
    public Usage usage() {
        return Usage.of("block get", "Print a block as it is stored")
                .atStore(Usage.Runs.BYTES)
                .fetches()
                .arguments("<cid>", 1, 1)
                .example("cairn block get CID > block", "writes a block to a file");
    }

    @Override
    public void run(Invocation call) throws IOException, UsageException {
        try (CairnNode node = Repos.open(call, Access.READ)) {
            call.out().write(Blocks.read(call.arguments().getFirst(), node).data());
        }
    }
}
