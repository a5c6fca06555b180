package cairn.cli.files;

import cairn.cli.console.Command;
import cairn.cli.console.Invocation;
import cairn.cli.console.Repos;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.multiformats.Cid;
import cairn.multiformats.Multicodec;
import cairn.node.Access;
import cairn.node.CairnNode;
import java.io.IOException;

/// Lists all blocks, under one of the two names that it has.
public final class RefsLocalCommand implements Command {
    private final String name;

    /// @param name `refs local` or `repo ls`
    public RefsLocalCommand(String name) {
        this.name = name;
    }

    @Override
    public Usage usage() {
        return Usage.of(name, "List all blocks of the repo")
                .atStore(Usage.Runs.VALUES)
                .arguments("", 0, 0)
                .explain(
                        "Blocks are shown as raw CIDs of version 1, as the repo keeps them without"
                                + " a codec, in the order of their hashes.")
                .example(
                        "cairn " + name + " | wc -l",
                        "counts the blocks; \"cairn repo stat\" knows their number too");
    }

    @Override
    public void run(Invocation call) throws IOException, UsageException {
        try (CairnNode node = Repos.open(call, Access.READ)) {
            node.blocks()
                    .forEach(
                            (hash, _) -> {
                                Cid cid = Cid.v1(Multicodec.RAW, hash);
                                RefsCommand.print(call.globals().text(cid), call);
                                return true;
                            });
        }
    }
}
