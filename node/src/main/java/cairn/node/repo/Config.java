package cairn.node.repo;

import cairn.dag.importer.Profile;
import cairn.node.json.Json;
import cairn.node.json.JsonException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A repo's settings: JSON under Kubo's names, where Kubo has the setting. Keys are paths such as
/// `Import.CidVersion`. What is absent or `null` has its default. Immutable.
///
/// Keys in the file that this program doesn't know are kept and passed over.
///
/// @param root all that the file holds
public record Config(Json.Obj root) {
    /// The largest file, in bytes.
    public static final int MAX_BYTES = 1 << 20;

    private static final String IMPORT = "Import";
    private static final Json.Obj EMPTY = new Json.Obj(Map.of());
    private static final String SEPARATOR = "\\.";

    /// What a repo starts with.
    public static Config initial() {
        return new Config(EMPTY.with("Datastore", EMPTY).with(IMPORT, EMPTY));
    }

    /// The settings of a repo. Their values aren't looked at.
    ///
    /// @throws RepoException when the file isn't a JSON object; it says how to mend it
    public static Config read(Path file) throws IOException {
        try {
            return parse(readText(file), file.toString());
        } catch (AccessDeniedException e) {
            throw new RepoDirectory(file.toAbsolutePath().getParent()).denied(e);
        } catch (RepoException e) {
            throw new RepoException(
                    e.getMessage()
                            + ". Mend it with \"cairn config edit\", or put whole settings in its"
                            + " place with \"cairn config replace FILE\"",
                    e);
        }
    }

    /// What settings must be for some purpose.
    @FunctionalInterface
    public interface Requirement {
        /// @throws RepoException which names the setting that isn't so
        void check(Config config) throws RepoException;
    }

    /// The settings of a repo, which must be fit for a purpose.
    ///
    /// @throws RepoException which names the file and the first setting that isn't
    public static Config read(Path file, Requirement requirement) throws IOException {
        Config config = read(file);
        // Most repos keep what they started with.
        if (config.equals(initial())) return config;
        try {
            requirement.check(config);
        } catch (RepoException e) {
            throw new RepoException(
                    "wrong settings in "
                            + file
                            + ": "
                            + e.getMessage()
                            + ". Mend it with \"cairn config edit\" or \"cairn config KEY VALUE\"",
                    e);
        }
        return config;
    }

    /// What a file of settings holds, right or wrong; where there is none, what a repo starts with.
    public static String readText(Path file) throws IOException {
        try {
            if (Files.size(file) > MAX_BYTES)
                throw new RepoException(file + " is larger than " + MAX_BYTES + " bytes");
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            return initial().text();
        } catch (CharacterCodingException e) {
            throw new RepoException(file + " isn't UTF-8", e);
        }
    }

    /// The settings that a text holds. Their values aren't looked at, see [#check].
    ///
    /// @param source of the text, for messages
    /// @throws RepoException when it isn't a JSON object
    public static Config parse(String text, String source) throws RepoException {
        // Most repos keep what they started with; a parser costs a start some milliseconds.
        Config initial = initial();
        if (text.equals(initial.text())) return initial;
        try {
            if (Json.parse(text) instanceof Json.Obj object) return new Config(object);
        } catch (JsonException e) {
            throw new RepoException(
                    "the settings in " + source + " aren't JSON, " + e.getMessage(), e);
        }
        throw new RepoException("the settings in " + source + " aren't a JSON object");
    }

    /// Looks whether every setting has a value that it can have, and whether imports could go by
    /// all of them.
    ///
    /// @throws RepoException which names the first that hasn't
    public void check() throws RepoException {
        for (Setting setting : Setting.values()) {
            for (int end = setting.key().indexOf('.');
                    end > 0;
                    end = setting.key().indexOf('.', end + 1))
                checkSection(setting.key().substring(0, end));
            Optional<Json> value = get(setting.key());
            if (value.isPresent()) check(setting, value.get());
        }
        ImportSettings.check(this, "Import.*");
        StorageSettings.of(this);
        NetworkSettings.of(this);
    }

    private void checkSection(String section) throws RepoException {
        Json inner = get(section).orElse(new Json.Null());
        if (!(inner instanceof Json.Obj) && !(inner instanceof Json.Null))
            throw new RepoException(
                    "the setting "
                            + section
                            + " takes an object of settings, not "
                            + inner.compact());
    }

    private static void check(Setting setting, Json value) throws RepoException {
        setting.check(value);
        List<String> names = List.of(setting.key().split(SEPARATOR, -1));
        try {
            Config alone = new Config(put(besides(setting), names, value));
            ImportSettings.check(alone, setting.key());
            StorageSettings.of(alone);
            NetworkSettings.of(alone);
        } catch (RepoException e) {
            if (e.getMessage().contains(setting.key())) throw e;
            throw new RepoException("the setting " + setting.key() + ": " + e.getMessage(), e);
        }
    }

    /// What a setting is looked at together with: nothing, but for those that bound each other.
    private static Json.Obj besides(Setting setting) {
        return switch (setting) {
            case CONNECTIONS_LOW -> put(Setting.CONNECTIONS_HIGH, Integer.MAX_VALUE);
            case CONNECTIONS_HIGH -> put(Setting.CONNECTIONS_LOW, 0);
            default -> initial().root;
        };
    }

    private static Json.Obj put(Setting setting, long number) {
        List<String> names = List.of(setting.key().split(SEPARATOR, -1));
        return put(initial().root, names, Json.Num.of(number));
    }

    /// The keys of all settings that there are.
    public static List<String> keys() {
        return Arrays.stream(Setting.values()).map(Setting::key).toList();
    }

    /// The keys that are set and that this program doesn't know.
    public List<String> unknownKeys() {
        List<String> unknown = new ArrayList<>(values().keySet());
        unknown.removeAll(keys());
        return unknown;
    }

    /// All values that are set, as JSON by their keys.
    public Map<String, String> values() {
        Map<String, String> values = new LinkedHashMap<>();
        collect(root, "", values);
        return values;
    }

    private static void collect(Json.Obj object, String prefix, Map<String, String> values) {
        for (Map.Entry<String, Json> member : object.members().entrySet()) {
            String key = prefix + member.getKey();
            switch (member.getValue()) {
                case Json.Obj inner -> {
                    if (Setting.named(key).isPresent()) values.put(key, inner.compact());
                    else collect(inner, key + ".", values);
                }
                case Json.Null _ -> {}
                case Json.Arr _, Json.Bool _, Json.Num _, Json.Str _ ->
                        values.put(key, member.getValue().compact());
            }
        }
    }

    /// These settings with imports as a profile has them: it is set, and what would change it is
    /// not.
    public Config with(Profile profile) {
        Json.Obj section = get(IMPORT).orElse(null) instanceof Json.Obj o ? o : EMPTY;
        Map<String, Json> members = new LinkedHashMap<>(section.members());
        for (Setting setting : Setting.values())
            if (setting.key().startsWith(IMPORT + "."))
                members.remove(setting.key().substring(IMPORT.length() + 1));
        Config cleared = new Config(root.with(IMPORT, new Json.Obj(members)));
        List<String> names = List.of(Setting.PROFILE.key().split(SEPARATOR, -1));
        return new Config(put(cleared.root, names, new Json.Str(profile.toString())));
    }

    public void write(Path file) throws IOException {
        RepoDirectory.replace(file, text());
    }

    /// As it is written.
    public String text() {
        return root.indented() + "\n";
    }

    /// The value of a key; empty when absent.
    public Optional<Json> get(String key) {
        Optional<Json> at = Optional.of(root);
        for (String name : key.split(SEPARATOR, -1))
            at = at.flatMap(value -> value instanceof Json.Obj o ? o.get(name) : Optional.empty());
        return at;
    }

    /// The value that a key has in effect: what it is set to, else its default. Empty when the
    /// default is no single value.
    ///
    /// @throws RepoException when there is no such setting or part
    public Optional<Json> effective(String key) throws RepoException {
        Optional<Json> set = get(key).filter(value -> !(value instanceof Json.Null));
        return set.isPresent() ? set : named(key).fallback();
    }

    private static Setting named(String key) throws RepoException {
        Optional<Setting> named = Setting.named(key);
        if (named.isPresent()) return named.get();
        String group = key.split(SEPARATOR, 2)[0];
        List<String> near = Setting.names(group);
        throw new RepoException(
                "there is no setting "
                        + key
                        + (near.isEmpty()
                                ? "; they begin with: " + String.join(", ", Setting.groups())
                                : "; of " + group + " there are: " + String.join(", ", near)));
    }

    /// These settings with one changed.
    ///
    /// @throws RepoException when there is no such setting, or it can't have this value
    public Config with(String key, Json given) throws RepoException {
        Setting setting = named(key);
        Json value = setting.fitted(given);
        check(setting, value);
        Config next = new Config(put(root, List.of(key.split(SEPARATOR, -1)), value));
        if (setting == Setting.CONNECTIONS_LOW || setting == Setting.CONNECTIONS_HIGH)
            NetworkSettings.checkWatermarks(next);
        return next;
    }

    private static Json.Obj put(Json.Obj into, List<String> names, Json value) {
        String name = names.getFirst();
        if (names.size() == 1) return into.with(name, value);
        Json.Obj inner = into.get(name).orElse(null) instanceof Json.Obj o ? o : EMPTY;
        return into.with(name, put(inner, names.subList(1, names.size()), value));
    }

    /// The text of a setting that holds one.
    ///
    /// @throws RepoException when it holds something else
    public Optional<String> text(String key) throws RepoException {
        return value(key, Json.Str.class).map(Json.Str::value);
    }

    /// The truth of a setting that holds one.
    public Optional<Boolean> bool(String key) throws RepoException {
        return value(key, Json.Bool.class).map(Json.Bool::value);
    }

    /// The whole number of a setting that holds one.
    public Optional<Long> number(String key) throws RepoException {
        Optional<Json.Num> number = value(key, Json.Num.class);
        try {
            return number.map(n -> Long.valueOf(n.digits()));
        } catch (NumberFormatException e) {
            throw new RepoException("the setting " + key + " isn't a whole number", e);
        }
    }

    /// The texts of a setting that holds a list of them; a text alone is a list of one.
    public Optional<List<String>> texts(String key) throws RepoException {
        if (get(key).orElse(null) instanceof Json.Str(String text))
            return Optional.of(List.of(text));
        Optional<Json.Arr> list = value(key, Json.Arr.class);
        if (list.isEmpty()) return Optional.empty();
        List<String> texts = new ArrayList<>();
        for (Json item : list.get().items()) {
            if (!(item instanceof Json.Str(String text)))
                throw new RepoException(
                        "the setting " + key + " takes a list of texts, not " + item.compact());
            texts.add(text);
        }
        return Optional.of(List.copyOf(texts));
    }

    /// All settings, but the secrets of the API's clients.
    public Json.Obj withoutSecrets() {
        if (!(root.get("API").orElse(null) instanceof Json.Obj api)) return root;
        Map<String, Json> members = new LinkedHashMap<>(api.members());
        if (members.remove("Authorizations") == null) return root;
        return root.with("API", new Json.Obj(members));
    }

    /// These settings with the secrets of others, which whoever wrote these wasn't told.
    ///
    /// @throws RepoException when these have secrets of their own
    public Config withSecretsOf(Config others) throws RepoException {
        String key = Setting.API_AUTHORIZATIONS.key();
        if (get(key).isPresent())
            throw new RepoException(
                    "the API doesn't change "
                            + key
                            + ": use \"cairn config\" on the node's machine");
        Optional<Json> secrets = others.get(key);
        return secrets.isPresent() ? with(key, secrets.get()) : this;
    }

    /// The value of a setting, which must be of a type; empty where it isn't set.
    public <T extends Json> Optional<T> value(String key, Class<T> type) throws RepoException {
        Optional<Json> value = get(key).filter(v -> !(v instanceof Json.Null));
        if (value.isPresent() && !type.isInstance(value.get()))
            throw Setting.wrongType(key, value.get());
        return value.map(type::cast);
    }
}
