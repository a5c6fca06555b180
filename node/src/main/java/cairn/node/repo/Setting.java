package cairn.node.repo;

import cairn.node.json.Json;
import cairn.node.json.JsonException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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
    PROFILE("Import.Profile", Kind.TEXT),
    SWARM("Addresses.Swarm", Kind.TEXTS, PublicPeers.LISTEN),
    API("Addresses.API", Kind.TEXTS, "[\"/ip4/127.0.0.1/tcp/5001\"]"),
    API_AUTHORIZATIONS("API.Authorizations", Kind.OBJECT, "{}"),
    API_TRUSTED("API.TrustedNetworks", Kind.TEXTS, "[]"),
    API_HOSTS("API.Hosts", Kind.TEXTS, "[]"),
    API_HEADERS("API.HTTPHeaders", Kind.OBJECT, "{}"),
    ANNOUNCE("Addresses.Announce", Kind.TEXTS, "[]"),
    APPEND_ANNOUNCE("Addresses.AppendAnnounce", Kind.TEXTS, "[]"),
    NO_ANNOUNCE("Addresses.NoAnnounce", Kind.TEXTS, "[]"),
    BOOTSTRAP("Bootstrap", Kind.TEXTS, PublicPeers.BOOTSTRAP),
    PEERING("Peering.Peers", Kind.OBJECTS, "[]"),
    ADDRESS_FILTERS("Swarm.AddrFilters", Kind.TEXTS, "[]"),
    NO_BANDWIDTH_METRICS("Swarm.DisableBandwidthMetrics", Kind.BOOL, "false"),
    CONNECTIONS_TYPE("Swarm.ConnMgr.Type", Kind.TEXT, "basic"),
    CONNECTIONS_LOW("Swarm.ConnMgr.LowWater", Kind.NUMBER, "32"),
    CONNECTIONS_HIGH("Swarm.ConnMgr.HighWater", Kind.NUMBER, "96"),
    CONNECTIONS_GRACE("Swarm.ConnMgr.GracePeriod", Kind.TEXT, "20s"),
    RESOURCES("Swarm.ResourceMgr.Enabled", Kind.BOOL, "true"),
    MAX_MEMORY("Swarm.ResourceMgr.MaxMemory", Kind.TEXT),
    MAX_DESCRIPTORS("Swarm.ResourceMgr.MaxFileDescriptors", Kind.NUMBER, "4096"),
    MDNS("Discovery.MDNS.Enabled", Kind.BOOL, "true"),
    RESOLVERS("DNS.Resolvers", Kind.OBJECT, "{}"),
    BITSWAP_SERVER("Bitswap.ServerEnabled", Kind.BOOL, "true"),
    HTTP_RETRIEVAL("HTTPRetrieval.Enabled", Kind.BOOL, "true"),
    HTTP_SOURCES("HTTPRetrieval.Sources", Kind.TEXTS, "[]"),
    UPLOAD("Limits.Upload", Kind.TEXT, "0"),
    DOWNLOAD("Limits.Download", Kind.TEXT, "0"),
    PEER_UPLOAD("Limits.PeerUpload", Kind.TEXT, "0"),
    PEER_DOWNLOAD("Limits.PeerDownload", Kind.TEXT, "0"),
    LIMITS_LOCAL("Limits.Local", Kind.BOOL, "false");

    private enum Kind {
        BOOL("true or false"),
        NUMBER("a whole number"),
        TEXT("a text"),
        TEXTS("a list of texts"),
        OBJECT("an object"),
        OBJECTS("a list of objects");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
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
        if (fallback.isEmpty()) return Optional.empty();
        return switch (kind) {
            case BOOL, NUMBER, TEXT -> Optional.of(fitted(new Json.Str(fallback)));
            case TEXTS, OBJECT, OBJECTS -> Optional.of(parsed(fallback));
        };
    }

    private static Json parsed(String text) {
        try {
            return Json.parse(text);
        } catch (JsonException e) {
            throw new IllegalStateException("a default that isn't JSON: " + text, e);
        }
    }

    /// Its path in the config.
    public String key() {
        return key;
    }

    static Optional<Setting> named(String key) {
        return Arrays.stream(values()).filter(s -> s.key.equals(key)).findFirst();
    }

    /// The keys that begin with a word, without it; and `Bootstrap`, which is one by itself.
    static List<String> names(String group) {
        return Arrays.stream(values())
                .map(s -> s.key)
                .filter(key -> key.startsWith(group + "."))
                .map(key -> key.substring(group.length() + 1))
                .toList();
    }

    /// The words that keys begin with.
    static Set<String> groups() {
        return Arrays.stream(values())
                .map(s -> s.key.split("\\.", 2)[0])
                .collect(Collectors.toCollection(TreeSet::new));
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
            case TEXTS -> new Json.Arr(List.of(value));
            case TEXT, OBJECT, OBJECTS -> value;
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
                            case TEXTS -> value instanceof Json.Str || holds(value, Json.Str.class);
                            case OBJECT -> value instanceof Json.Obj;
                            case OBJECTS -> holds(value, Json.Obj.class);
                        };
        if (!fits) throw wrongType(key, value);
    }

    /// What is thrown where a setting has a value of another type than it takes.
    static RepoException wrongType(String key, Json value) {
        String wanted = named(key).map(setting -> setting.kind.words).orElse("another type");
        return new RepoException(
                "the setting " + key + " takes " + wanted + ", not " + value.compact());
    }

    private static boolean holds(Json value, Class<? extends Json> type) {
        return value instanceof Json.Arr(var items) && items.stream().allMatch(type::isInstance);
    }
}
