package cairn.node.repo;

import cairn.dag.chunker.ChunkerSpec;
import cairn.dag.importer.ImportOptions.HamtMeasure;
import cairn.dag.importer.ImportOptions.Layout;
import cairn.dag.importer.ImportOptions;
import cairn.dag.importer.ImportOptionsBuilder;
import cairn.dag.importer.Profile;
import cairn.multiformats.Hashes;
import cairn.multiformats.Multicodec;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The settings `Import.*` as options of an import.
public final class ImportSettings {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,9})\\s*(|B|KB|KiB|MB|MiB)");

    private ImportSettings() {}

    /// What a repo's settings say, for more to be said.
    public static ImportOptionsBuilder of(Config config) throws RepoException {
        Optional<String> profile = config.text(Setting.PROFILE.key());
        return of(config, profile.isPresent() ? profile(profile.get()) : Profile.UNIXFS_V1_2025);
    }

    /// Looks whether imports could go by what a setting of `Import.*` says, the others at their
    /// defaults.
    static void check(Config alone, String key) throws RepoException {
        try {
            ImportOptions _ = of(alone).build();
        } catch (IllegalArgumentException e) {
            throw new RepoException("the setting " + key + ": " + e.getMessage(), e);
        }
    }

    /// The same, on top of a profile.
    public static ImportOptionsBuilder of(Config config, Profile profile) throws RepoException {
        ImportOptionsBuilder builder = ImportOptions.builder(profile);
        number(config, Setting.CID_VERSION).ifPresent(builder::cidVersion);
        Optional<String> hash = config.text(Setting.HASH_FUNCTION.key());
        try {
            if (hash.isPresent()) builder.hash(hash(hash.get()));
        } catch (RepoException e) {
            throw new RepoException(
                    "the setting " + Setting.HASH_FUNCTION.key() + ": " + e.getMessage(), e);
        }
        config.bool(Setting.RAW_LEAVES.key()).ifPresent(builder::rawLeaves);
        Optional<String> chunker = config.text(Setting.CHUNKER.key());
        try {
            chunker.filter(c -> !c.isEmpty()).map(ChunkerSpec::parse).ifPresent(builder::chunker);
        } catch (IllegalArgumentException e) {
            throw new RepoException(
                    "the setting " + Setting.CHUNKER.key() + ": " + e.getMessage(), e);
        }
        Optional<String> layout = config.text(Setting.LAYOUT.key());
        if (layout.isPresent()) builder.layout(layout(layout.get()));
        number(config, Setting.FILE_MAX_LINKS).ifPresent(builder::maxFileLinks);
        number(config, Setting.DIRECTORY_MAX_LINKS).ifPresent(builder::maxDirectoryLinks);
        number(config, Setting.HAMT_MAX_FANOUT).ifPresent(builder::hamtFanout);
        threshold(config, profile, builder);
        return builder;
    }

    private static Optional<Integer> number(Config config, Setting setting) throws RepoException {
        Optional<Long> number = config.number(setting.key());
        try {
            return number.map(Math::toIntExact);
        } catch (ArithmeticException e) {
            throw new RepoException(
                    "the setting "
                            + setting.key()
                            + " can't be "
                            + number.orElseThrow()
                            + ": that is too large a number",
                    e);
        }
    }

    private static void threshold(Config config, Profile profile, ImportOptionsBuilder builder)
            throws RepoException {
        Optional<String> size = config.text(Setting.HAMT_THRESHOLD.key());
        Optional<String> estimation = config.text(Setting.HAMT_ESTIMATION.key());
        if (size.isEmpty() && estimation.isEmpty()) return;
        HamtMeasure measure =
                switch (profile) {
                    case UNIXFS_V1_2025 -> HamtMeasure.BLOCK;
                    case UNIXFS_V0_2015, KUBO_DEFAULT -> HamtMeasure.LINKS;
                };
        if (estimation.isPresent())
            measure =
                    switch (estimation.get()) {
                        case "links" -> HamtMeasure.LINKS;
                        case "block" -> HamtMeasure.BLOCK;
                        case "disabled" -> HamtMeasure.NONE;
                        default ->
                                throw wrong(
                                        Setting.HAMT_ESTIMATION,
                                        estimation.get(),
                                        "links, block or disabled");
                    };
        builder.hamtThreshold(
                size.isPresent() ? bytes(size.get()) : ImportOptions.HAMT_THRESHOLD, measure);
    }

    private static int bytes(String text) throws RepoException {
        Matcher size = SIZE.matcher(text);
        if (!size.matches()) throw wrong(Setting.HAMT_THRESHOLD, text, "a size such as 256KiB");
        long unit =
                switch (size.group(2).toLowerCase(Locale.ROOT)) {
                    case "kb" -> 1000;
                    case "kib" -> 1 << 10;
                    case "mb" -> 1_000_000;
                    case "mib" -> 1 << 20;
                    default -> 1;
                };
        return (int) Math.min(Integer.MAX_VALUE, Long.parseLong(size.group(1)) * unit);
    }

    /// The profile of a name.
    public static Profile profile(String name) throws RepoException {
        if (name.equals("legacy-cid-v0")) return Profile.UNIXFS_V0_2015;
        return Arrays.stream(Profile.values())
                .filter(p -> p.toString().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new RepoException(
                                        "unknown profile \""
                                                + name
                                                + "\"; there are "
                                                + Arrays.toString(Profile.values())));
    }

    /// The hash function of a name such as `sha2-256`, in capitals or not, for new blocks. Like
    /// Kubo, `sha3` means `sha3-512`.
    ///
    /// @throws RepoException in Kubo's words, when there is no such function, or peers refuse what
    ///   it names
    public static Multicodec hash(String name) throws RepoException {
        String known = name.toLowerCase(Locale.ROOT);
        Multicodec function =
                Multicodec.named(known.equals("sha3") ? "sha3-512" : known)
                        .orElseThrow(
                                () ->
                                        new RepoException(
                                                "unrecognized hash function: \"" + name + "\""));
        if (!Hashes.isAllowed(function))
            throw new RepoException(
                    "potentially insecure hash functions not allowed: \"" + name + "\"");
        return function;
    }

    private static Layout layout(String text) throws RepoException {
        return switch (text) {
            case "balanced" -> Layout.BALANCED;
            case "trickle" -> Layout.TRICKLE;
            default -> throw wrong(Setting.LAYOUT, text, "balanced or trickle");
        };
    }

    private static RepoException wrong(Setting setting, String text, String wanted) {
        return new RepoException(
                "the setting " + setting.key() + " can't be \"" + text + "\"; it takes " + wanted);
    }
}
