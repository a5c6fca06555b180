package cairn.node.repo;

import cairn.node.json.Json;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/// The settings that a repo's config may hold, and what each may be. All may be `null`: the
/// default.
public enum Setting {
    HASH_ON_READ("Datastore.HashOnRead", Kind.BOOL, "false"),
    STORAGE_MAX("Datastore.StorageMax", Kind.TEXT),
    STORAGE_RESERVE("Datastore.StorageReserve", Kind.TEXT),
    AUTO_GC("Datastore.AutoGC", Kind.BOOL, "false"),
    STORAGE_GC_WATERMARK(
            "Datastore.StorageGCWatermark", Kind.NUMBER, "" + StorageSettings.WATERMARK),
    GC_PERIOD("Datastore.GCPeriod", Kind.TEXT, StorageSettings.PERIOD),
    CID_VERSION("Import.CidVersion", Kind.NUMBER),
    RAW_LEAVES("Import.UnixFSRawLeaves", Kind.BOOL),
    CHUNKER("Import.UnixFSChunker", Kind.TEXT),
    HASH_FUNCTION("Import.HashFunction", Kind.TEXT),
    LAYOUT("Import.UnixFSDAGLayout", Kind.TEXT),
    FILE_MAX_LINKS("Import.UnixFSFileMaxLinks", Kind.NUMBER),
    DIRECTORY_MAX_LINKS("Import.UnixFSDirectoryMaxLinks", Kind.NUMBER),
    HAMT_MAX_FANOUT("Import.UnixFSHAMTDirectoryMaxFanout", Kind.NUMBER),
    HAMT_THRESHOLD("Import.UnixFSHAMTDirectorySizeThreshold", Kind.TEXT),
    HAMT_ESTIMATION("Import.UnixFSHAMTDirectorySizeEstimation", Kind.TEXT),
    PROFILE("Import.Profile", Kind.TEXT);

    private enum Kind {
        BOOL,
        NUMBER,
        TEXT
    }

    private final String key;
    private final Kind kind;
    private final String fallback;

    /// @param fallback what it is where it isn't set
    Setting(String key, Kind kind, String fallback) {
        this.key = key;
        this.kind = kind;
        this.fallback = fallback;
    }

    /// A setting whose default hangs on the disk or on the profile.
    Setting(String key, Kind kind) {
        this(key, kind, "");
    }

    /// What it is where it isn't set, if that is always the same.
    Optional<Json> fallback() {
        return fallback.isEmpty() ? Optional.empty() : Optional.of(fitted(new Json.Str(fallback)));
    }

    /// Its path in the config.
    public String key() {
        return key;
    }

    static Optional<Setting> named(String key) {
        return Arrays.stream(values()).filter(s -> s.key.equals(key)).findFirst();
    }

    static String names() {
        return Arrays.stream(values()).map(s -> s.key).collect(Collectors.joining(", "));
    }

    /// A text as what the setting takes: a truth value or a number where it takes one.
    Json fitted(Json value) {
        if (!(value instanceof Json.Str(String text))) return value;
        return switch (kind) {
            case BOOL ->
                    switch (text) {
                        case "true" -> new Json.Bool(true);
                        case "false" -> new Json.Bool(false);
                        default -> value;
                    };
            case NUMBER -> text.matches("-?\\d{1,9}") ? new Json.Num(text) : value;
            case TEXT -> value;
        };
    }

    /// @throws RepoException when the setting can't have this value
    void check(Json value) throws RepoException {
        boolean fits =
                value instanceof Json.Null
                        || switch (kind) {
                            case BOOL -> value instanceof Json.Bool;
                            case NUMBER ->
                                    value instanceof Json.Num n && n.digits().matches("-?\\d{1,9}");
                            case TEXT -> value instanceof Json.Str;
                        };
        if (!fits)
            throw new RepoException(
                    "the setting "
                            + key
                            + " takes "
                            + switch (kind) {
                                case BOOL -> "true or false";
                                case NUMBER -> "a whole number";
                                case TEXT -> "a text";
                            }
                            + ", not "
                            + value.compact());
    }
}
