package cairn.rpc.repo;

import cairn.node.NodeOptions;
import cairn.node.json.Json;
import cairn.node.json.JsonException;
import cairn.node.repo.RepoException;
import cairn.node.repo.Setting;
import cairn.rpc.server.Reply;
import cairn.rpc.server.Request;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Settings: `config` and `config/show`. A change holds from the daemon's next start on.
final class Configs {
    private final Path repo;
    private final NodeOptions options;

    Configs(Path repo, NodeOptions options) {
        this.repo = repo;
        this.options = options;
    }

    void show(Reply reply) throws IOException {
        reply.value(options.config(repo).withoutSecrets());
    }

    void getOrSet(Request request, Reply reply) throws IOException {
        List<String> arguments = request.arguments("key");
        String key = Request.brief(arguments.getFirst());
        if (isSecret(key))
            throw new RepoException(
                    "the API tells nobody who may call it, and doesn't change it: use \"cairn config\""
                            + " on the node's machine");
        if (arguments.size() > 1) options.configure(repo, key, value(request, arguments.get(1)));
        Json value =
                options.config(repo)
                        .effective(key)
                        .orElseThrow(() -> new RepoException("the setting " + key + " isn't set"));
        reply.value(new Json.Obj(Map.of()).with("Key", new Json.Str(key)).with("Value", value));
    }

    /// Whether a setting has secrets in it, or is above or below one that has.
    private static boolean isSecret(String key) {
        String secret = Setting.API_AUTHORIZATIONS.key();
        return key.equals("API") || key.equals(secret) || key.startsWith(secret + ".");
    }

    private static Json value(Request request, String text) throws IOException {
        if (request.flag("bool")) return new Json.Bool(text.equals("true"));
        if (!request.flag("json")) return new Json.Str(text);
        try {
            return Json.parse(text);
        } catch (JsonException e) {
            throw new RepoException("the value isn't JSON: " + e.getMessage(), e);
        }
    }
}
