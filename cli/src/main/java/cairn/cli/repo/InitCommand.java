package cairn.cli.repo;

import cairn.cli.console.Command;
import cairn.cli.console.CommandException;
import cairn.cli.console.Invocation;
import cairn.cli.console.Repos;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.node.CairnNode;
import java.io.IOException;
import java.nio.file.Path;

/// Makes a repo.
public final class InitCommand implements Command {
    @Override
    public Usage usage() {
        return Usage.of("init", "Make a repo")
                .explain(
                        "No need to call it: the first command that writes to a repo makes it. It is"
                                + " in ~/.cairn unless CAIRN_PATH or --repo-dir say otherwise.");
    }

    @Override
    public void run(Invocation call) throws IOException, UsageException {
        Path path = Repos.path(call);
        if (CairnNode.exists(path))
            throw new CommandException(
                    "there is a repo at " + path + " already; it is left as it is");
        Repos.options(call).create(path);
    }
}
