package cairn.cli.repo;

import cairn.cli.console.Command;
import cairn.cli.console.Invocation;
import cairn.cli.console.Repos;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.node.json.Json;
import java.io.IOException;
import java.util.Map;

/// Shows the version of the repo's layout.
public final class RepoVersionCommand implements Command {
    @Override
    public Usage usage() {
        return Usage.of("repo version", "Show the version of the repo's layout")
                .served(Usage.Runs.VALUES)
                .flag("-q --quiet", "Only the version.")
                .explain(
                        "It is the version that the repo has now. A repo of an older version is"
                                + " brought up to date when it is first written to.")
                .example("cairn repo version -q", "prints fs-repo@2");
    }

    @Override
    public void run(Invocation call) throws IOException, UsageException {
        int version = Repos.options(call).version(Repos.path(call));
        if (call.globals().json())
            call.out().json(new Json.Obj(Map.of("Version", new Json.Str(String.valueOf(version)))));
        else call.out().line((call.flag("--quiet") ? "" : "ipfs repo version ") + text(version));
    }

    /// A version in Kubo's words.
    static String text(int version) {
        return "fs-repo@" + version;
    }
}
