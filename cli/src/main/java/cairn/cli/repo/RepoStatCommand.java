package cairn.cli.repo;

import cairn.cli.console.ByteSizes;
import cairn.cli.console.Command;
import cairn.cli.console.Invocation;
import cairn.cli.console.Repos;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.node.Access;
import cairn.node.CairnNode;
import cairn.node.json.Json;
import cairn.node.repo.RepoStat;
import cairn.node.text.RawText;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/// Shows how much the repo holds.
public final class RepoStatCommand implements Command {
    private final String name;

    /// @param name one of its two names
    public RepoStatCommand(String name) {
        this.name = name;
    }

    @Override
    public Usage usage() {
        return Usage.of(name, "Show how many blocks there are and what they take")
                .atStore(Usage.Runs.VALUES)
                .flag("-s --size-only", "Only RepoSize and StorageMax.")
                .flag("-H --human", "Sizes as people read them, such as 3.0 MB.")
                .explain(
                        "NumObjects is the number of blocks, exact, and RepoSize the bytes of the"
                                + " store's files, which StorageMax limits, with what a collection"
                                + " would give back. What damaged stores take that repairs have kept"
                                + " is told beside. StorageMax is the setting Datastore.StorageMax; where that isn't"
                                + " set, what the repo takes and what is free on its disk but the"
                                + " reserve, Datastore.StorageReserve.")
                .example("cairn repo stat -H", "shows sizes for people")
                .example("cairn repo stat -s --enc=json", "shows them for programs");
    }

    @Override
    public void run(Invocation call) throws IOException, UsageException {
        boolean sizeOnly = call.flag("--size-only");
        RepoStat stat;
        try (CairnNode node = Repos.open(call, Access.READ)) {
            stat = node.stat();
        }
        if (stat.beside() > 0)
            call.messages()
                    .say(
                            "cairn: damaged stores that repairs have kept take "
                                    + ByteSizes.decimal(stat.beside())
                                    + " more (store.damaged-* in the repo's folder); remove them"
                                    + " when nothing in them is needed");
        String path = RawText.of(stat.path());
        String version = RepoVersionCommand.text(stat.version());
        if (call.globals().json()) {
            Map<String, Json> members = new LinkedHashMap<>();
            members.put("RepoSize", Json.Num.of(stat.bytes()));
            members.put("StorageMax", Json.Num.of(stat.storageMax()));
            members.put("NumObjects", Json.Num.of(sizeOnly ? 0 : stat.blocks()));
            members.put("RepoPath", new Json.Str(sizeOnly ? "" : path));
            members.put("Version", new Json.Str(sizeOnly ? "" : version));
            call.out().json(new Json.Obj(members));
            return;
        }
        if (!sizeOnly) call.out().line("NumObjects: " + stat.blocks());
        call.out().line("RepoSize:   " + size(call, stat.bytes()));
        call.out().line("StorageMax: " + size(call, stat.storageMax()));
        if (sizeOnly) return;
        call.out().line("RepoPath:   " + path);
        call.out().line("Version:    " + version);
    }

    private static String size(Invocation call, long bytes) {
        return call.flag("--human") ? ByteSizes.humanized(bytes) : String.valueOf(bytes);
    }
}
