package cairn.node;

import cairn.node.json.Json;
import cairn.node.json.JsonException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A repo's settings: JSON under Kubo's names, where Kubo has the setting. Keys are paths such as
/// `Import.CidVersion`. What is absent or `null` has its default. Immutable.
///
/// Keys in the file that this program doesn't know are kept and passed over.
///
/// @param root all that the file holds
public record Config(Json.Obj root) {
    /// The largest file, in bytes.
    static final int MAX_BYTES = 1 << 20;

    private static final String SEPARATOR = "\\.";

    /// What a repo starts with.
    static Config initial() {
        Json.Obj empty = new Json.Obj(java.util.Map.of());
        return new Config(empty.with("Datastore", empty).with("Import", empty));
    }

    static Config read(Path file) throws IOException {
        String text;
        try {
            if (Files.size(file) > MAX_BYTES)
                throw new RepoException(file + " is larger than " + MAX_BYTES + " bytes");
            text = Files.readString(file);
        } catch (NoSuchFileException e) {
            return initial();
        } catch (CharacterCodingException e) {
            throw new RepoException(file + " isn't UTF-8", e);
        }
        // Most repos keep what they started with; a parser costs a start some milliseconds.
        Config initial = initial();
        if (text.equals(initial.text())) return initial;
        try {
            if (Json.parse(text) instanceof Json.Obj object) return new Config(object);
        } catch (JsonException e) {
            throw new RepoException(
                    "the settings in " + file + " aren't JSON, " + e.getMessage(), e);
        }
        throw new RepoException("the settings in " + file + " aren't a JSON object");
    }

    void write(Path file) throws IOException {
        RepoDirectory.replace(file, text());
    }

    private String text() {
        return root.indented() + "\n";
    }

    /// The value of a key; empty when absent.
    public Optional<Json> get(String key) {
        Optional<Json> at = Optional.of(root);
        for (String name : key.split(SEPARATOR, -1))
            at = at.flatMap(value -> value instanceof Json.Obj o ? o.get(name) : Optional.empty());
        return at;
    }

    /// These settings with one changed.
    ///
    /// @throws RepoException when there is no such setting, or it can't have this value
    public Config with(String key, Json given) throws RepoException {
        Setting setting =
                Setting.named(key)
                        .orElseThrow(
                                () ->
                                        new RepoException(
                                                "there is no setting "
                                                        + key
                                                        + "; there are: "
                                                        + Setting.names()));
        Json value = setting.fitted(given);
        setting.check(value);
        Json.Obj alone = put(initial().root, List.of(key.split(SEPARATOR)), value);
        ImportSettings.check(new Config(alone), key);
        return new Config(put(root, List.of(key.split(SEPARATOR)), value));
    }

    private static Json.Obj put(Json.Obj into, List<String> names, Json value) {
        String name = names.getFirst();
        if (names.size() == 1) return into.with(name, value);
        Json.Obj inner =
                into.get(name).orElse(null) instanceof Json.Obj o
                        ? o
                        : new Json.Obj(java.util.Map.of());
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

    private <T extends Json> Optional<T> value(String key, Class<T> type) throws RepoException {
        Optional<Json> value = get(key).filter(v -> !(v instanceof Json.Null));
        if (value.isPresent() && !type.isInstance(value.get()))
            throw new RepoException(
                    "the setting "
                            + key
                            + " can't be "
                            + value.get().compact()
                            + "; change it with: cairn config "
                            + key
                            + " VALUE");
        return value.map(type::cast);
    }
}
