package cairn.bench.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A tool is a program that speaks Kubo's words and keeps a repo in a folder.
///
/// @param name for the table
/// @param program its absolute path
/// @param repoVariable the environment variable that says where the repo is
/// @param initArguments what makes a repo
record Tool(String name, Path program, String repoVariable, List<String> initArguments) {

    static Tool cairn(Path launcher) {
        return new Tool("Cairn", launcher, "CAIRN_PATH", List.of("init"));
    }

    /// Kubo with its default store (flatfs, unsynced) and the chunks and CIDs that Cairn has by
    /// default.
    static Tool kubo(Path program) {
        return new Tool(
                "Kubo",
                program,
                "IPFS_PATH",
                List.of("init", "--profile=test,unixfs-v1-2025", "--empty-repo"));
    }

    /// A command on a repo.
    Command on(Path repo, List<String> arguments) {
        List<String> words = new ArrayList<>();
        words.add(program.toString());
        words.addAll(arguments);
        return new Command(words, Map.of(repoVariable, repo.toString(), "IPFS_TELEMETRY", "off"));
    }

    Command on(Path repo, String... arguments) {
        return on(repo, List.of(arguments));
    }

    void init(Path repo) throws IOException, InterruptedException {
        on(repo, initArguments).read();
    }

    /// The first line of what `version` says.
    String version(Path repo) throws IOException, InterruptedException {
        return on(repo, "version").read().lines().findFirst().orElse(name);
    }
}
