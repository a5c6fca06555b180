package cairn.cli.files;

import cairn.cli.console.Invocation;
import cairn.cli.console.Usage;
import cairn.cli.console.UsageException;
import cairn.dag.Mtime;
import cairn.dag.chunker.ChunkerSpec;
import cairn.dag.ignore.IgnoreRules;
import cairn.dag.importer.ImportOptions.Layout;
import cairn.dag.importer.ImportOptions;
import cairn.dag.importer.ImportOptionsBuilder;
import cairn.dag.importer.Profile;
import cairn.dag.tree.TreeOptions;
import cairn.multiformats.Hashes;
import cairn.multiformats.Multicodec;
import cairn.node.repo.Config;
import cairn.node.repo.ImportSettings;
import cairn.node.text.RawText;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// The flags of `add` that say what is imported and how.
record AddFlags(Invocation call) {
    private static final int INLINE_LIMIT = 32;

    /// The options that say which entries of the caller's folders are taken.
    static final Set<String> OF_TREE =
            Set.of(
                    "recursive",
                    "hidden",
                    "ignore",
                    "ignore-rules-path",
                    "empty-dirs",
                    "dereference-symlinks",
                    "dereference-args",
                    "stdin-name");

    static void addTo(Usage usage) {
        usage.text("--profile", "profile", "unixfs-v1-2025 (default) or unixfs-v0-2015.")
                .number("--cid-version", "0|1", "The version of CIDs. 1 implies raw leaves.")
                .text("--hash", "hash", "The hash function. Default: sha2-256.")
                .flag("--raw-leaves", "Leaves are raw blocks.")
                .text("-s --chunker", "chunker", "size-N, rabin[-AVG|-MIN-AVG-MAX] or buzhash.")
                .flag("-t --trickle", "Lay files out for streaming, not for seeking.")
                .number("--max-file-links", "n", "The most links of a file's node.")
                .number("--max-directory-links", "n", "The most entries before sharding.")
                .number("--max-hamt-fanout", "n", "The most links of a shard, a power of two.")
                .flag("--inline", "Put small blocks into their CIDs.")
                .number("--inline-limit", "bytes", "The most to inline. Default: 32; at most 128.")
                .flag("--preserve-mode", "Keep POSIX permissions. No raw leaves then.")
                .flag("--preserve-mtime", "Keep modification times. No raw leaves then.")
                .text("--mode", "mode", "POSIX permissions for all, such as 0644.")
                .text("--mtime", "seconds", "A modification time for all, since 1970.")
                .number("--mtime-nsecs", "n", "Nanoseconds of that time.")
                .flag("-H --hidden", "Add files too whose name begins with a dot.")
                .list("--ignore", "rule", "Leave out what a .gitignore rule names.")
                .text("--ignore-rules-path", "file", "Leave out what a .gitignore file names.")
                .flag("-E --empty-dirs", "Add empty folders too. Default: true.")
                .flag("--dereference-symlinks", "Add what symbolic links lead to.")
                .flag("--dereference-args", "The same for the paths given, not below them.");
    }

    /// @throws UsageException when a rule of `--ignore` can't be one
    TreeOptions tree() throws IOException, UsageException {
        try {
            return new TreeOptions(
                    call.flag("--recursive"),
                    call.flag("--hidden"),
                    ignored(),
                    call.flagIfGiven("--empty-dirs").orElse(true),
                    call.flag("--dereference-symlinks"),
                    call.flag("--dereference-args"));
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    /// What is taken of folders that were sent: the sender has chosen already.
    TreeOptions uploadedTree() {
        return TreeOptions.DEFAULT.withEmptyDirectories(
                call.flagIfGiven("--empty-dirs").orElse(true));
    }

    private IgnoreRules ignored() throws IOException {
        List<String> rules = call.list("--ignore");
        Optional<String> file = call.text("--ignore-rules-path");
        return file.isPresent()
                ? IgnoreRules.read(RawText.path(file.get()), rules)
                : IgnoreRules.of(rules);
    }

    /// Looks at each flag that [#format] takes, before there is a repo whose settings could bear on
    /// them.
    void check() throws IOException, UsageException {
        Profile profile =
                ImportSettings.profile(
                        call.text("--profile").orElse(Profile.UNIXFS_V1_2025.toString()));
        try {
            say(ImportOptions.builder(profile));
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    ImportOptions format(Config config) throws IOException, UsageException {
        Optional<String> profile = call.text("--profile");
        ImportOptionsBuilder builder =
                profile.isPresent()
                        ? ImportOptions.builder(ImportSettings.profile(profile.get()))
                        : ImportSettings.of(config);
        try {
            say(builder);
            return builder.build();
        } catch (IllegalArgumentException e) {
            String flaw = String.valueOf(e.getMessage());
            throw new UsageException(
                    profile.isPresent() || isSound(config)
                            ? flaw
                            : flaw + "; \"cairn config show\" lists the settings that say so");
        }
    }

    private static boolean isSound(Config config) throws IOException {
        try {
            ImportOptions _ = ImportSettings.of(config).build();
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private void say(ImportOptionsBuilder builder) throws IOException, UsageException {
        call.number("--cid-version", 0, 1).ifPresent(v -> builder.cidVersion((int) v));
        Optional<String> hash = call.text("--hash");
        if (hash.isPresent()) builder.hash(hash(hash.get()));
        call.flagIfGiven("--raw-leaves").ifPresent(builder::rawLeaves);
        call.text("--chunker")
                .filter(c -> !c.isEmpty())
                .map(ChunkerSpec::parse)
                .ifPresent(builder::chunker);
        call.flagIfGiven("--trickle")
                .ifPresent(t -> builder.layout(t ? Layout.TRICKLE : Layout.BALANCED));
        number("--max-file-links").ifPresent(n -> builder.maxFileLinks((int) n));
        number("--max-directory-links").ifPresent(n -> builder.maxDirectoryLinks((int) n));
        number("--max-hamt-fanout").ifPresent(n -> builder.hamtFanout((int) n));
        if (call.flag("--inline"))
            builder.inline((int) number("--inline-limit").orElse(INLINE_LIMIT));
        builder.preserveMode(call.flag("--preserve-mode"));
        builder.preserveMtime(call.flag("--preserve-mtime"));
        Optional<String> mode = call.text("--mode");
        if (mode.isPresent()) builder.mode((int) integer("--mode", mode.get(), 0, 07777));
        OptionalLong nanos = call.number("--mtime-nsecs", 0, 999_999_999);
        Optional<String> mtime = call.text("--mtime");
        long seconds =
                mtime.isPresent()
                        ? integer("--mtime", mtime.get(), Long.MIN_VALUE, Long.MAX_VALUE)
                        : 0;
        if (mtime.isPresent() || nanos.isPresent())
            builder.mtime(new Mtime(seconds, (int) nanos.orElse(0)));
    }

    private static Multicodec hash(String name) throws IOException, UsageException {
        Multicodec hash = ImportSettings.hash(name);
        if (!Hashes.isAllowed(hash))
            throw new UsageException(
                    "peers refuse what the hash function " + hash + " names; use another --hash");
        return hash;
    }

    private OptionalLong number(String option) throws UsageException {
        return call.number(option, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    /// A whole number as Go reads it: 0x, 0o, 0b or 0 before it say its base.
    private static long integer(String option, String text, long least, long most)
            throws UsageException {
        boolean negative = text.startsWith("-");
        String digits = negative ? text.substring(1) : text;
        int base = 10;
        if (digits.startsWith("0x")) base = 16;
        else if (digits.startsWith("0o")) base = 8;
        else if (digits.startsWith("0b")) base = 2;
        if (base != 10) digits = digits.substring(2);
        else if (digits.startsWith("0") && digits.length() > 1) base = 8;
        try {
            long value = Long.parseLong((negative ? "-" : "") + digits, base);
            if (value >= least && value <= most) return value;
        } catch (NumberFormatException e) {
            throw new UsageException(
                    "invalid value for option " + option + ": '" + text + "' is no number");
        }
        throw new UsageException("invalid value for option " + option + ": " + text);
    }
}
