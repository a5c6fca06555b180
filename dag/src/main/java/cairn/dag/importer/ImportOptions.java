package cairn.dag.importer;

import cairn.dag.chunker.ChunkerSpec;
import cairn.dag.Mtime;
import cairn.multiformats.Multicodec;
import cairn.multiformats.Multihash;
import java.util.Optional;
import java.util.OptionalInt;

/// What decides the CIDs of an import, with nothing left open. Made by [#of] or a [#builder], which
/// apply Kubo's rules for what the user said and what he left unsaid.
///
/// @param hash the function; only sha2-256 with CID version 0
/// @param rawLeaves whether a file's chunks are blocks of codec raw, and not dag-pb
/// @param maxFileLinks the most links of a file's node
/// @param maxDirectoryLinks the most entries of a directory before it is sharded; 0 for no limit
/// @param hamtFanout the most links of a shard: a power of two from 8 to 1024
/// @param hamtThreshold a directory is sharded when its size is above this many bytes
/// @param hamtMeasure what that size is
/// @param inlineLimit the largest block, in bytes, that becomes an identity CID instead of a block;
///   empty when none does
/// @param mode what all files and directories get as mode: 12 bits; excludes `preserveMode`
/// @param mtime what all entries get as modification time; excludes `preserveMtime`
public record ImportOptions(
        int cidVersion,
        Multicodec hash,
        boolean rawLeaves,
        ChunkerSpec chunker,
        Layout layout,
        int maxFileLinks,
        int maxDirectoryLinks,
        int hamtFanout,
        int hamtThreshold,
        HamtMeasure hamtMeasure,
        OptionalInt inlineLimit,
        boolean preserveMode,
        boolean preserveMtime,
        OptionalInt mode,
        Optional<Mtime> mtime) {
    /// The most links of a file's node, so that the node fits into a block.
    public static final int MAX_FILE_LINKS = 16_384;

    /// The threshold of all profiles, in bytes.
    public static final int HAMT_THRESHOLD = 256 << 10;

    /// The shape of a file's nodes above its leaves.
    public enum Layout {
        /// All leaves at one depth: for seeking.
        BALANCED,
        /// Leaves first, then ever deeper subtrees: for streaming and appending.
        TRICKLE
    }

    /// How the size of a directory is counted against the threshold.
    public enum HamtMeasure {
        /// The bytes of all names and CIDs.
        LINKS,
        /// The bytes of the directory's block.
        BLOCK,
        /// Not at all: only the number of entries counts.
        NONE
    }

    public ImportOptions {
        if (cidVersion != 0 && cidVersion != 1)
            throw new IllegalArgumentException("no CID version " + cidVersion);
        if (cidVersion == 0 && !hash.equals(Multicodec.SHA2_256))
            throw new IllegalArgumentException("CID version 0 has only the hash sha2-256");
        if (maxFileLinks < 1 || maxFileLinks > MAX_FILE_LINKS)
            throw new IllegalArgumentException(
                    "links of a file node: " + maxFileLinks + " is not in 1 to " + MAX_FILE_LINKS);
        if (maxFileLinks == 1 && layout == Layout.BALANCED)
            throw new IllegalArgumentException("a balanced file needs nodes of at least 2 links");
        if (maxDirectoryLinks < 0)
            throw new IllegalArgumentException(
                    "links of a directory: " + maxDirectoryLinks + " is negative");
        if (hamtFanout < 8 || hamtFanout > 1024 || Integer.bitCount(hamtFanout) != 1)
            throw new IllegalArgumentException(
                    "HAMT fanout must be a power of two from 8 to 1024, got " + hamtFanout);
        if (hamtThreshold < 1 || hamtThreshold > 1 << 20)
            throw new IllegalArgumentException(
                    "HAMT threshold must be from 1 byte to 1 MiB, got " + hamtThreshold);
        if (inlineLimit.isPresent()
                && (inlineLimit.getAsInt() < 0
                        || inlineLimit.getAsInt() > Multihash.MAX_DIGEST_BYTES))
            throw new IllegalArgumentException(
                    "inline limit must be from 0 to "
                            + Multihash.MAX_DIGEST_BYTES
                            + " bytes, got "
                            + inlineLimit.getAsInt());
        if (mode.isPresent() && (mode.getAsInt() < 0 || mode.getAsInt() > 07777))
            throw new IllegalArgumentException(
                    "mode must be at most 07777, got 0" + Integer.toOctalString(mode.getAsInt()));
        boolean metadata = preserveMode || preserveMtime || mode.isPresent() || mtime.isPresent();
        if (metadata && rawLeaves)
            throw new IllegalArgumentException(
                    "raw leaves can't be used with mode or modification time");
        if ((preserveMode && mode.isPresent()) || (preserveMtime && mtime.isPresent()))
            throw new IllegalArgumentException("metadata both preserved and set");
    }

    /// A profile as it is.
    public static ImportOptions of(Profile profile) {
        return builder(profile).build();
    }

    /// Options to be said, where a profile decides what isn't.
    public static ImportOptionsBuilder builder(Profile profile) {
        return new ImportOptionsBuilder(profile);
    }
}
