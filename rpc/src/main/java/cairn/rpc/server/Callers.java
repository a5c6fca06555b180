package cairn.rpc.server;

import cairn.node.json.Json;
import cairn.node.repo.Config;
import cairn.node.repo.RepoException;
import cairn.node.repo.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Who may call the control API: the part `API` of a config.
///
/// @param authorizations of clients that show a secret; where there are any, all must but those of
///   the unix socket and of trusted networks
/// @param trusted networks beyond this machine whose clients need no secret
/// @param hosts names besides `localhost` under which the API may be called
/// @param origins of web pages that may call it
public record Callers(
        List<Authorization> authorizations,
        List<IpNetwork> trusted,
        Set<String> hosts,
        Set<String> origins) {
    /// This machine alone, without secrets.
    public static final Callers LOCAL = new Callers(List.of(), List.of(), Set.of(), Set.of());

    private static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";
    private static final Json.Obj EMPTY = new Json.Obj(Map.of());

    public Callers {
        authorizations = List.copyOf(authorizations);
        trusted = List.copyOf(trusted);
        hosts = Set.copyOf(hosts);
        origins = Set.copyOf(origins);
    }

    /// What a config says.
    ///
    /// @throws RepoException which names the setting that can't be so
    public static Callers of(Config config) throws RepoException {
        return new Callers(
                authorizations(config),
                trusted(config),
                config.texts(Setting.API_HOSTS.key()).orElse(List.of()).stream()
                        .map(host -> host.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toSet()),
                origins(config));
    }

    private static List<Authorization> authorizations(Config config) throws RepoException {
        Json.Obj all = config.value(Setting.API_AUTHORIZATIONS.key(), Json.Obj.class).orElse(EMPTY);
        List<Authorization> authorizations = new ArrayList<>();
        for (Map.Entry<String, Json> entry : all.members().entrySet()) {
            Optional<Authorization> one =
                    entry.getValue() instanceof Json.Obj object
                                    && object.get("AuthSecret").orElse(null)
                                            instanceof Json.Str(var secret)
                            ? Authorization.of(secret, texts(object, "AllowedPaths"))
                            : Optional.empty();
            authorizations.add(
                    one.orElseThrow(
                            () ->
                                    wrong(
                                            Setting.API_AUTHORIZATIONS,
                                            "has for each user {\"AuthSecret\":"
                                                    + " \"bearer:TOKEN\" or \"basic:USER:PASSWORD\","
                                                    + " \"AllowedPaths\": [\"/api/v0\"]}; that of "
                                                    + entry.getKey()
                                                    + " isn't so")));
        }
        return authorizations;
    }

    private static List<IpNetwork> trusted(Config config) throws RepoException {
        List<IpNetwork> networks = new ArrayList<>();
        for (String text : config.texts(Setting.API_TRUSTED.key()).orElse(List.of()))
            networks.add(
                    IpNetwork.parse(text)
                            .orElseThrow(
                                    () ->
                                            wrong(
                                                    Setting.API_TRUSTED,
                                                    "takes networks such as 10.0.0.0/8, not "
                                                            + text)));
        return networks;
    }

    private static Set<String> origins(Config config) throws RepoException {
        Json.Obj headers = config.value(Setting.API_HEADERS.key(), Json.Obj.class).orElse(EMPTY);
        for (String name : headers.members().keySet())
            if (!name.startsWith("Access-Control-"))
                throw wrong(
                        Setting.API_HEADERS,
                        "takes "
                                + ALLOW_ORIGIN
                                + ", and Kubo's other Access-Control headers, not "
                                + name);
        return Set.copyOf(texts(headers, ALLOW_ORIGIN));
    }

    private static List<String> texts(Json.Obj object, String name) {
        if (!(object.get(name).orElse(null) instanceof Json.Arr(var items))) return List.of();
        return items.stream()
                .filter(Json.Str.class::isInstance)
                .map(item -> ((Json.Str) item).value())
                .toList();
    }

    private static RepoException wrong(Setting setting, String what) {
        return new RepoException("the setting " + setting.key() + " " + what);
    }

    /// Whether clients from beyond this machine get in at all.
    public boolean isOpenBeyond() {
        return !authorizations.isEmpty() || !trusted.isEmpty();
    }
}
