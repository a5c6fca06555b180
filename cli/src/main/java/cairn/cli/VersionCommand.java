package cairn.cli;

import cairn.cli.console.Command;
import cairn.cli.console.Invocation;
import cairn.cli.console.Output;
import cairn.cli.console.Usage;
import cairn.node.CairnNode;
import cairn.node.json.Json;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/// Says which Cairn this is.
final class VersionCommand implements Command {
    private final String version = System.getProperty("cairn.version", "development");
    private final String commit = System.getProperty("cairn.commit", "");

    @Override
    public Usage usage() {
        return Usage.of("version", "Say which Cairn this is")
                .flag("-n --number", "Only the number.")
                .flag("--commit", "With the commit that it was built from.")
                .flag("--repo", "Only the version of repos.")
                .flag("--all", "All there is to know.");
    }

    /// What `version` without options prints.
    void print(Output out) throws IOException {
        out.line("cairn version " + version);
    }

    @Override
    public void run(Invocation call) throws IOException {
        Output out = call.out();
        String system = System.getProperty("os.arch") + "/" + System.getProperty("os.name");
        String repo = Integer.toString(CairnNode.REPO_VERSION);
        if (call.globals().json()) {
            Map<String, Json> members = new LinkedHashMap<>();
            members.put("Version", new Json.Str(version));
            members.put("Commit", new Json.Str(commit));
            members.put("Repo", new Json.Str(repo));
            members.put("System", new Json.Str(system));
            members.put("Java", new Json.Str(System.getProperty("java.version")));
            out.json(new Json.Obj(members));
        } else if (call.flag("--all")) {
            out.line("Cairn version: " + version + (commit.isEmpty() ? "" : "-" + commit));
            out.line("Repo version: " + repo);
            out.line("System version: " + system);
            out.line("Java version: " + System.getProperty("java.version"));
        } else if (call.flag("--repo")) out.line(repo);
        else {
            String built = call.flag("--commit") && !commit.isEmpty() ? "-" + commit : "";
            out.line((call.flag("--number") ? "" : "cairn version ") + version + built);
        }
    }
}
