package cairn.rpc.repo;

import cairn.libp2p.crypto.SigningKey;
import cairn.multiformats.peer.PeerId;
import cairn.node.NodeOptions;
import cairn.node.json.Json;
import cairn.node.keys.KeyException;
import cairn.node.keys.KeyName;
import cairn.node.keys.Keys;
import cairn.node.keys.NewKey;
import cairn.rpc.network.PeerIdentity;
import cairn.rpc.server.Reply;
import cairn.rpc.server.Request;
import cairn.rpc.server.RequestException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Keys with names: `key/ls`, `gen`, `rm` and `rename`. The node's own key is listed as `self`, and
/// stays what it is while the daemon runs.
final class KeyRing {
    private static final String NAME = "name";
    private static final Json.Obj EMPTY = new Json.Obj(Map.of());

    private final Path repo;
    private final NodeOptions options;

    KeyRing(Path repo, NodeOptions options) {
        this.repo = repo;
        this.options = options;
    }

    void list(Request request, Reply reply) throws IOException {
        Function<PeerId, String> form = form(request);
        Keys keys = options.keys(repo);
        List<Json> all = new ArrayList<>();
        keys.own().ifPresent(own -> all.add(object(KeyName.SELF, own, form)));
        for (KeyName name : keys.names()) all.add(object(name.text(), keys.get(name), form));
        reply.value(EMPTY.with("Keys", new Json.Arr(all)));
    }

    void generate(Request request, Reply reply) throws IOException {
        Function<PeerId, String> form = form(request);
        KeyName name = KeyName.of(request.arguments(NAME).getFirst());
        SigningKey key = NewKey.generate(request.text("type"), request.number("size"));
        options.changeKeys(
                repo,
                keys -> {
                    keys.add(name, key);
                    return key;
                });
        reply.value(object(name.text(), key, form));
    }

    void remove(Request request, Reply reply) throws IOException {
        Function<PeerId, String> form = form(request);
        List<KeyName> names = new ArrayList<>();
        for (String text : request.arguments(NAME)) names.add(KeyName.of(text));
        List<SigningKey> removed = options.changeKeys(repo, keys -> keys.remove(names));
        List<Json> objects = new ArrayList<>();
        for (int i = 0; i < removed.size(); i++)
            objects.add(object(names.get(i).text(), removed.get(i), form));
        reply.value(EMPTY.with("Keys", new Json.Arr(objects)));
    }

    void rename(Request request, Reply reply) throws IOException {
        Function<PeerId, String> form = form(request);
        List<String> names = request.arguments(NAME);
        if (names.size() < 2) throw new RequestException("argument \"newName\" is required");
        KeyName from = KeyName.of(names.get(0));
        KeyName to = KeyName.of(names.get(1));
        boolean force = request.flag("force");
        Keys.Renamed renamed = options.changeKeys(repo, keys -> keys.rename(from, to, force));
        reply.value(
                EMPTY.with("Was", new Json.Str(from.text()))
                        .with("Now", new Json.Str(to.text()))
                        .with("Id", new Json.Str(form.apply(renamed.key().peerId())))
                        .with("Overwrite", new Json.Bool(renamed.overwrote())));
    }

    private static Function<PeerId, String> form(Request request) throws KeyException {
        String base = request.text("ipns-base").orElse("base36");
        Optional<Function<PeerId, String>> form = PeerIdentity.form(base);
        if (form.isPresent()) return form.get();
        throw new KeyException("unsupported multibase encoding: " + Request.brief(base));
    }

    private static Json object(String name, SigningKey key, Function<PeerId, String> form) {
        return EMPTY.with("Name", new Json.Str(name))
                .with("Id", new Json.Str(form.apply(key.peerId())));
    }
}
