package cairn.cli.repo;

import cairn.cli.console.Command;
import cairn.cli.console.CommandException;
import cairn.cli.console.Invocation;
import cairn.cli.console.Repos;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.node.NodeOptions;
import cairn.node.repo.Config;
import cairn.node.json.Json;
import cairn.node.json.JsonException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// Reads and changes one setting.
public final class ConfigCommand implements Command {
    @Override
    public Usage usage() {
        return Usage.of("config", "Read or change a setting")
                .arguments("<key> [<value>]", 1, 2)
                .flag("--bool", "The value is true or false.")
                .flag("--json", "The value is JSON, such as a number or null.")
                .explain("The settings are in the file config of the repo, under Kubo's names.")
                .explain("There are: " + String.join(", ", Config.keys()) + ".")
                .example("cairn config Import.CidVersion", "prints a setting")
                .example("cairn config --json Import.CidVersion 1", "sets a number")
                .example("cairn config --bool Datastore.HashOnRead true", "sets a truth value")
                .example("cairn config --json Import.CidVersion null", "sets the default again");
    }

    @Override
    public void run(Invocation call) throws IOException, UsageException {
        String key = call.arguments().getFirst();
        Path repo = Repos.path(call);
        NodeOptions options = Repos.options(call);
        if (call.arguments().size() == 2) {
            Json value = value(call, call.arguments().get(1));
            options.configure(repo, key, value);
            if (call.globals().json())
                printJson(key, options.config(repo).get(key).orElse(value), call);
            return;
        }
        Json value =
                options.config(repo)
                        .effective(key)
                        .orElseThrow(() -> new CommandException("the setting " + key + unset(key)));
        if (call.globals().json()) printJson(key, value, call);
        else call.out().line(value instanceof Json.Str(var text) ? text : value.indented());
    }

    /// What holds where a setting isn't set whose default is no single value.
    private static String unset(String key) {
        return switch (key) {
            case "Datastore.StorageMax" ->
                    " isn't set: the repo may take what is free on its disk, but the reserve";
            case "Datastore.StorageReserve" ->
                    " isn't set: 512MiB of the disk stay free, or a twentieth of a disk smaller"
                            + " than 10GiB";
            case "Swarm.ResourceMgr.MaxMemory" ->
                    " isn't set: connections and streams may hold a quarter of the JVM's heap";
            case "Import.Profile" -> " isn't set: it is unixfs-v1-2025";
            default ->
                    " isn't set: it is as the profile has it (Import.Profile, unixfs-v1-2025"
                            + " unless set)";
        };
    }

    private static void printJson(String key, Json value, Invocation call) throws IOException {
        Map<String, Json> members = new LinkedHashMap<>();
        members.put("Key", new Json.Str(key));
        members.put("Value", value);
        call.out().json(new Json.Obj(members));
    }

    private static Json value(Invocation call, String text)
            throws CommandException, UsageException {
        if (call.flag("--json")) {
            try {
                return Json.parse(text);
            } catch (JsonException e) {
                throw new CommandException("the value isn't JSON: " + e.getMessage(), e);
            }
        }
        if (!call.flag("--bool")) return new Json.Str(text);
        return switch (text) {
            case "true" -> new Json.Bool(true);
            case "false" -> new Json.Bool(false);
            default -> throw new UsageException("--bool takes true or false, not " + text);
        };
    }
}
