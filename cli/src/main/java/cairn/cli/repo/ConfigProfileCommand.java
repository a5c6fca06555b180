package cairn.cli.repo;

import cairn.cli.console.Command;
import cairn.cli.console.Invocation;
import cairn.cli.console.Repos;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.dag.importer.Profile;
import cairn.node.NodeOptions;
import cairn.node.json.Json;
import cairn.node.repo.Config;
import cairn.node.repo.ImportSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// Sets all settings that a profile is about.
public final class ConfigProfileCommand implements Command {
    @Override
    public Usage usage() {
        return Usage.of("config profile apply", "Set all settings that a profile is about")
                .arguments("<profile>", 1, 1)
                .served(Usage.Runs.VALUES)
                .flag("--dry-run", "Show what would change, and change nothing.")
                .explain(
                        "The profiles say which CIDs imports give: unixfs-v1-2025, the default;"
                                + " unixfs-v0-2015, also called legacy-cid-v0, which gives what plain"
                                + " \"ipfs add\" gives; kubo-default, with which --cid-version=1"
                                + " turns raw leaves on. Other settings of imports go back to their"
                                + " defaults. What was there before is kept in the repo as"
                                + " config.old.")
                .explain("Profiles of Kubo that are about networks come with the network.")
                .example("cairn config profile apply unixfs-v0-2015", "has add give Qm...")
                .example(
                        "cairn config profile apply unixfs-v1-2025 --dry-run",
                        "shows what it would change");
    }

    @Override
    public void run(Invocation call) throws IOException, UsageException {
        Profile profile = ImportSettings.profile(call.arguments().getFirst());
        Path repo = Repos.path(call);
        NodeOptions options = Repos.options(call);
        Config before = options.configOrInitial(repo);
        Config after = before.with(profile);
        if (!call.flag("--dry-run"))
            options.replaceConfig(repo, text -> Config.parse(text, "the repo").with(profile));
        if (call.globals().json()) {
            Map<String, Json> members = new LinkedHashMap<>();
            members.put("OldCfg", before.withoutSecrets());
            members.put("NewCfg", after.withoutSecrets());
            call.out().json(new Json.Obj(members));
            return;
        }
        Map<String, String> old = before.values();
        Map<String, String> now = after.values();
        for (Map.Entry<String, String> setting : old.entrySet())
            if (!setting.getValue().equals(now.get(setting.getKey())))
                call.out().line("- " + setting.getKey() + ": " + setting.getValue());
        for (Map.Entry<String, String> setting : now.entrySet())
            if (!setting.getValue().equals(old.get(setting.getKey())))
                call.out().line("+ " + setting.getKey() + ": " + setting.getValue());
    }
}
