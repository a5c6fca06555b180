package cairn.dag.importer;

import cairn.dag.chunker.ChunkerSpec;
import cairn.dag.Mtime;
import cairn.dag.importer.ImportOptions.HamtMeasure;
import cairn.dag.importer.ImportOptions.Layout;
import cairn.multiformats.Multicodec;
import java.util.Optional;
import java.util.OptionalInt;

/// Takes what the user says about an import, and fills in the rest by Kubo's rules:
/// - What the user doesn't say, the profile says; the IPIP-499 profiles say everything.
/// - With [Profile#KUBO_DEFAULT], a hash other than sha2-256 implies CID version 1, and CID version
///   1 implies raw leaves.
/// - Mode and modification time turn raw leaves off, unless the user asked for them.
/// - An explicit mode or time goes before the preserved one; mode 0 and time 0 are none.
///
/// What contradicts these is an error of [#build].
public final class ImportOptionsBuilder {
    private static final int LEGACY_FILE_LINKS = 174;
    private static final int FILE_LINKS = 1024;

    private final Profile profile;
    private OptionalInt cidVersion = OptionalInt.empty();
    private Multicodec hash = Multicodec.SHA2_256;
    private Optional<Boolean> rawLeaves = Optional.empty();
    private Optional<ChunkerSpec> chunker = Optional.empty();
    private Layout layout = Layout.BALANCED;
    private int maxFileLinks;
    private int maxDirectoryLinks;
    private int hamtFanout = 256;
    private int hamtThreshold = ImportOptions.HAMT_THRESHOLD;
    private HamtMeasure hamtMeasure;
    private OptionalInt inlineLimit = OptionalInt.empty();
    private boolean preserveMode;
    private boolean preserveMtime;
    private int mode;
    private Mtime mtime = new Mtime(0, 0);

    ImportOptionsBuilder(Profile profile) {
        this.profile = profile;
        switch (profile) {
            case UNIXFS_V1_2025 -> {
                maxFileLinks = FILE_LINKS;
                hamtMeasure = HamtMeasure.BLOCK;
            }
            case UNIXFS_V0_2015, KUBO_DEFAULT -> {
                maxFileLinks = LEGACY_FILE_LINKS;
                hamtMeasure = HamtMeasure.LINKS;
            }
        }
    }

    public ImportOptionsBuilder cidVersion(int version) {
        cidVersion = OptionalInt.of(version);
        return this;
    }

    public ImportOptionsBuilder hash(Multicodec function) {
        hash = function;
        return this;
    }

    public ImportOptionsBuilder rawLeaves(boolean raw) {
        rawLeaves = Optional.of(raw);
        return this;
    }

    public ImportOptionsBuilder chunker(ChunkerSpec spec) {
        chunker = Optional.of(spec);
        return this;
    }

    public ImportOptionsBuilder layout(Layout shape) {
        layout = shape;
        return this;
    }

    /// The most links of a file's node; 0 and below for 174, as Kubo has it.
    public ImportOptionsBuilder maxFileLinks(int links) {
        maxFileLinks = links <= 0 ? LEGACY_FILE_LINKS : links;
        return this;
    }

    /// The most entries of a directory before it is sharded; 0 and below for no limit.
    public ImportOptionsBuilder maxDirectoryLinks(int links) {
        maxDirectoryLinks = Math.max(links, 0);
        return this;
    }

    public ImportOptionsBuilder hamtFanout(int links) {
        hamtFanout = links;
        return this;
    }

    public ImportOptionsBuilder hamtThreshold(int bytes, HamtMeasure measure) {
        hamtThreshold = bytes;
        hamtMeasure = measure;
        return this;
    }

    /// Puts blocks of at most so many bytes into their CIDs; none with a negative limit.
    public ImportOptionsBuilder inline(int limit) {
        inlineLimit = limit < 0 ? OptionalInt.empty() : OptionalInt.of(limit);
        return this;
    }

    public ImportOptionsBuilder preserveMode(boolean preserve) {
        preserveMode = preserve;
        return this;
    }

    public ImportOptionsBuilder preserveMtime(boolean preserve) {
        preserveMtime = preserve;
        return this;
    }

    /// The mode of all files and directories; 0 for none.
    public ImportOptionsBuilder mode(int bits) {
        mode = bits;
        return this;
    }

    /// The modification time of all entries; seconds of 0 for none.
    public ImportOptionsBuilder mtime(Mtime time) {
        mtime = time;
        return this;
    }

    /// The options, complete.
    ///
    /// @throws IllegalArgumentException when a value is out of bounds, or what was said contradicts
    ///   itself; the message is for the user
    public ImportOptions build() {
        if (mtime.seconds() == 0 && mtime.nanos() != 0)
            throw new IllegalArgumentException(
                    "nanoseconds of a modification time need its seconds");
        int version = cidVersion.orElseGet(this::impliedVersion);
        boolean metadata = preserveMode || preserveMtime || mode != 0 || mtime.seconds() != 0;
        boolean raw = rawLeaves.orElseGet(() -> !metadata && impliedRawLeaves(version));
        return new ImportOptions(
                version,
                hash,
                raw,
                chunker.orElseGet(this::profileChunker),
                layout,
                maxFileLinks,
                maxDirectoryLinks,
                hamtFanout,
                hamtThreshold,
                hamtMeasure,
                inlineLimit,
                preserveMode && mode == 0,
                preserveMtime && mtime.seconds() == 0,
                mode == 0 ? OptionalInt.empty() : OptionalInt.of(mode),
                mtime.seconds() == 0 ? Optional.empty() : Optional.of(mtime));
    }

    private int impliedVersion() {
        return switch (profile) {
            case UNIXFS_V1_2025 -> 1;
            case UNIXFS_V0_2015 -> 0;
            case KUBO_DEFAULT -> hash.equals(Multicodec.SHA2_256) ? 0 : 1;
        };
    }

    private boolean impliedRawLeaves(int version) {
        return switch (profile) {
            case UNIXFS_V1_2025 -> true;
            case UNIXFS_V0_2015 -> false;
            case KUBO_DEFAULT -> version == 1;
        };
    }

    private ChunkerSpec profileChunker() {
        return switch (profile) {
            case UNIXFS_V1_2025 -> new ChunkerSpec.Size(1 << 20);
            case UNIXFS_V0_2015, KUBO_DEFAULT -> new ChunkerSpec.Size(256 << 10);
        };
    }
}
