package cairn.cli.repo;

import cairn.cli.console.Command;
import cairn.cli.console.CommandException;
import cairn.cli.console.Invocation;
import cairn.cli.console.Repos;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.node.CairnNode;
import cairn.node.NodeOptions;
import java.io.IOException;
import java.nio.file.Path;

/// Brings the repo to another version of its layout.
public final class RepoMigrateCommand implements Command {
    @Override
    public Usage usage() {
        return Usage.of("repo migrate", "Bring the repo to another version of its layout")
                .number(
                        "--to",
                        "version",
                        "The version, from 1. Default: " + CairnNode.REPO_VERSION + ", the newest.")
                .flag("--allow-downgrade", "Go back to an older version too.")
                .explain(
                        "No need to call it to go on: the first command that writes to a repo of an"
                                + " older version brings it up to date. Version 2 keeps the number of"
                                + " blocks; version 1 doesn't. A migration that is broken off leaves a"
                                + " whole repo; call it again.")
                .example("cairn repo migrate", "brings the repo up to date now")
                .example(
                        "cairn repo migrate --to=1 --allow-downgrade",
                        "goes back, for a Cairn that knows only version 1");
    }

    @Override
    public void run(Invocation call) throws IOException, UsageException {
        int to = (int) call.number("--to", 1, Integer.MAX_VALUE).orElse(CairnNode.REPO_VERSION);
        Path path = Repos.path(call);
        NodeOptions options = Repos.options(call);
        int from = options.version(path);
        if (from == to) {
            call.out().line("Repository is already at version " + to + ".");
            return;
        }
        if (to < from && !call.flag("--allow-downgrade"))
            throw new CommandException(
                    "downgrade from version "
                            + from
                            + " to "
                            + to
                            + " requires --allow-downgrade flag");
        if (to > CairnNode.REPO_VERSION)
            throw new CommandException(
                    "there is no version "
                            + to
                            + ": the newest that this Cairn knows is "
                            + CairnNode.REPO_VERSION);
        call.out().line("Migrating repository from version " + from + " to " + to + "...");
        options.migrate(path, to);
        call.out().line("Repository successfully migrated to version " + to + ".");
        if (to < CairnNode.REPO_VERSION)
            call.out()
                    .line(
                            "WARNING: After downgrading, use a Cairn that knows this version; this"
                                    + " one migrates the repo again when it writes to it.");
    }
}
